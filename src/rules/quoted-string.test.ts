import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endOfQuotedString, formatQuotedString, parseQuotedString } from './quoted-string.ts'

describe('parseQuotedString', () => {
  test.each([
    ['""', ''],
    ['"a b"', 'a b'],
    [String.raw`"a\"b\\c"`, String.raw`a"b\c`],
    [String.raw`"\a"`, 'a'],
    ['"\t"', '\t'],
    ['"é"', 'é'],
    ['a', undefined],
    ['', undefined],
    ['"', undefined],
    ['"a', undefined],
    [String.raw`"a\"`, undefined],
    ['"a"b', undefined],
    ['"a\n"', undefined],
    ['"a\u007f"', undefined],
    ['"€"', undefined],
  ])('RFC 9110 §5.6.4: %j is %j', (text, value) => {
    expect(parseQuotedString(text)).toBe(value)
  })
})

test('what is formatted reads back', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab "\\,;=\té') }), (text) => {
      expect(parseQuotedString(formatQuotedString(text))).toBe(text)
    }),
  )
})

test.each(['a\r\nSet-Cookie: x', '\0', '\u007f', '€'])('nothing is written that a field cannot hold: %j', (text) => {
  expect(() => formatQuotedString(text)).toThrow(TypeError)
})

test('a long text without a closing quote is refused in one pass', () => {
  expect(endOfQuotedString(`"${'\\a'.repeat(8000)}`, 0)).toBeUndefined()
})
