import { describe, expect, test } from 'vitest'
import { identityAcceptable, parseAccept, preferred } from './accept.ts'

const JSON_FIRST = ['application/json', 'text/html']

describe('preferred', () => {
  test.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['text/html', 'text/html'],
    ['TEXT/HTML', 'text/html'],
    ['text/*', 'text/html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['application/json, text/plain, */*', 'application/json'],
    ['text/html, application/json', 'application/json'],
    ['application/json;q=0.5, text/html', 'text/html'],
    ['application/json;q=0, */*', 'text/html'],
    ['text/html;q=0', undefined],
    ['*/*;q=0', undefined],
    ['*/*;q=0, text/html;q=0.1', 'text/html'],
    ['image/png', undefined],
    ['text/*;q=0.1, */*;q=0.2', 'application/json'],
    ['*/*, text/*;q=0.1, text/html;q=0', 'application/json'],
    ['application/json;q=0.1;v=1, text/html;q=0.2', 'text/html'],
    ['application/json; charset=utf-8', 'application/json'],
    ['application/json;v=1', undefined],
  ])('RFC 9110 §12.5.1: %j prefers %j', (field, type) => {
    expect(preferred(field, JSON_FIRST)).toBe(type)
  })

  test.each(['', ' , ', 'nonsense', 'text/html;q=2', 'text/html;q=0.1234', 'text/html;q=-1', '*/html', 'a/b;q="x'])(
    'RFC 9110 §12.4.1: %j is disregarded',
    (field) => {
      expect(preferred(field, JSON_FIRST)).toBe('application/json')
    },
  )

  test.each([
    ['text/html;level=1', 1],
    ['text/html', 0.7],
    ['text/plain', 0.3],
    ['image/jpeg', 0.5],
    ['text/html;level=2', 0.4],
    ['text/html;level=3', 0.7],
  ])('RFC 9110 §12.5.1, the example: %s has the weight %d', (type, weight) => {
    const field = 'text/*;q=0.3, text/html;q=0.7, text/html;level=1, text/html;level=2;q=0.4, */*;q=0.5'
    const lower = `x/y;q=${weight - 0.001}`
    const upper = `x/y;q=${Math.min(1, weight + 0.001)}`
    expect(preferred(`${field}, ${lower}`, ['x/y', type])).toBe(type)
    expect(preferred(`${field}, ${upper}`, ['x/y', type])).toBe('x/y')
  })

  test('a charset is compared without case, and only with one that is there', () => {
    expect(preferred('text/html;charset=UTF-8', ['text/html; charset=utf-8'])).toBe('text/html; charset=utf-8')
    expect(preferred('text/html;charset=utf-16', ['text/html; charset=utf-8'])).toBeUndefined()
  })

  test('nothing offered, nothing preferred', () => {
    expect(preferred(undefined, [])).toBeUndefined()
    expect(preferred('text/html', [])).toBeUndefined()
  })

  test('offering what is no media type is a mistake of the programmer', () => {
    expect(() => preferred('text/html', ['json'])).toThrow(TypeError)
  })
})

test('RFC 9110 §12.5.1: any parameter named q is the weight, wherever it stands', () => {
  expect(parseAccept('a/b;q=0.5;v=1, c/d')?.map((range) => range.weight)).toEqual([0.5, 1])
})

describe('identityAcceptable', () => {
  test.each([
    [undefined, true],
    ['', true],
    ['gzip', true],
    ['br;q=1, gzip', true],
    ['identity;q=0', false],
    ['Identity;q=0.0', false],
    ['*;q=0', false],
    ['*;q=0, identity;q=0.5', true],
    ['identity, *;q=0', true],
    ['gzip, *;q=0', false],
    ['*', true],
    ['identity;q=2', true],
    ['*;q=x', true],
  ])('RFC 9110 §12.5.3: %j is %j', (field, acceptable) => {
    expect(identityAcceptable(field)).toBe(acceptable)
  })
})
