import { describe, expect, test } from 'vitest'
import { answersRange, partOf } from './range.ts'

describe('partOf (RFC 9110 §14.1.2): of ten octets', () => {
  test.each<[string, [number, number] | undefined]>([
    ['bytes=0-1', [0, 2]],
    ['bytes=0-0', [0, 1]],
    ['Bytes=9-9', [9, 10]],
    ['bytes=4-', [4, 10]],
    ['bytes=4-99', [4, 10]],
    ['bytes=-3', [7, 10]],
    ['bytes=-99', [0, 10]],
    ['bytes=-0', undefined],
    ['bytes=10-', undefined],
    ['bytes=5-4', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,4-5', undefined],
    ['bytes=a-b', undefined],
    ['lines=0-1', undefined],
    ['', undefined],
  ])('%s', (range, expected) => expect(partOf(range, 200, 10)).toEqual(expected))

  test('of nothing, nothing', () => expect(partOf('bytes=0-', 200, 0)).toBeUndefined())
  test('only of 200 (§14.2)', () => expect(partOf('bytes=0-1', 404, 10)).toBeUndefined())
})

describe('whether what is kept can answer (RFC 9110 §14.2, §15.3.7): ten octets', () => {
  test.each<[number, string | undefined, boolean]>([
    [200, undefined, true],
    [404, undefined, true],
    [206, 'bytes=0-1', true],
    [200, 'bytes=0-1', true],
    [200, 'bytes=20-', false],
    [404, 'bytes=0-1', false],
  ])('%i, Range: %s: %s', (status, range, expected) => expect(answersRange(status, 10, range)).toBe(expected))
})
