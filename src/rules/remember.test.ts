import { expect, test, vi } from 'vitest'
import { remember } from './remember.ts'

test('parses a text once, whatever the result', () => {
  const parse = vi.fn<(text: string) => object | undefined>((text) => (text === '' ? undefined : { text }))
  const parseOnce = remember(parse)
  expect(parseOnce('a')).toBe(parseOnce('a'))
  expect([parseOnce(''), parseOnce('')]).toEqual([undefined, undefined])
  expect(parse).toHaveBeenCalledTimes(2)
})

test('holds no more than it may', () => {
  const parse = vi.fn<(text: string) => string>((text) => text)
  const parseOnce = remember(parse, 2)
  for (const text of ['a', 'b', 'c', 'a']) expect(parseOnce(text)).toBe(text)
  expect(parse).toHaveBeenCalledTimes(4)
})

test('keeps no long text', () => {
  const parse = vi.fn<(text: string) => number>((text) => text.length)
  const parseOnce = remember(parse)
  const long = 'x'.repeat(513)
  expect([parseOnce(long), parseOnce(long)]).toEqual([513, 513])
  expect(parse).toHaveBeenCalledTimes(2)
})
