import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endOfToken, isToken, skipSpace } from './token.ts'

describe('isToken', () => {
  test.each([
    ['a', true],
    ["!#$%&'*+-.^_`|~09azAZ", true],
    ['', false],
    ['a b', false],
    ['a,b', false],
    ['"a"', false],
    ['a/b', false],
    ['é', false],
    ['\u{1F600}', false],
    ['a\0', false],
  ])('RFC 9110 §5.6.2: %j is %j', (text, answer) => {
    expect(isToken(text)).toBe(answer)
  })

  test('agrees with the grammar on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(isToken(text)).toBe(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text))
      }),
    )
  })
})

test('endOfToken stops at the first other character', () => {
  expect(endOfToken('ab;c', 0)).toBe(2)
  expect(endOfToken(';c', 0)).toBe(0)
  expect(endOfToken('ab', 2)).toBe(2)
})

test('RFC 9110 §5.6.3: white space is space and tab', () => {
  expect(skipSpace(' \t x', 0)).toBe(3)
  expect(skipSpace('\u00a0x', 0)).toBe(0)
  expect(skipSpace('  ', 0)).toBe(2)
})
