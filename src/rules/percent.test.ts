import { expect, test } from 'vitest'
import { decodePercent, decodeUnreserved, escapeQuery, escapesWellFormed } from './percent.ts'

const UNRESERVED = /[A-Za-z0-9\-._~]/

test.each(Array.from({ length: 256 }, (_, code) => code))(
  'RFC 3986 §6.2.2.2: octet %i is decoded if and only if it is unreserved',
  (code) => {
    const digits = code.toString(16).padStart(2, '0')
    for (const escape of [`%${digits}`, `%${digits.toUpperCase()}`]) {
      const character = String.fromCharCode(code)
      expect(decodeUnreserved(escape)).toBe(UNRESERVED.test(character) ? character : escape)
    }
  },
)

test.each([
  ['/a/b', '/a/b'],
  ['/a%7Eb', '/a~b'],
  ['/a%2Fb', '/a%2Fb'],
  ['/%2541', '/%2541'],
  ['/%zz', '/%zz'],
])('RFC 3986 §6.2.2.2: %s is %s', (text, decoded) => {
  expect(decodeUnreserved(text)).toBe(decoded)
})

test.each([
  ['%C3%A9', 'é'],
  ['%2F', '/'],
  ['%C3', undefined],
  ['%', undefined],
])('RFC 3986 §2.1: %s decodes to %s', (text, decoded) => {
  expect(decodePercent(text)).toBe(decoded)
})

test.each([
  ["?a-._~!$&'()*+,;=:@/%41", "?a-._~!$&'()*+,;=:@/%41"],
  ['?<%>\t\xe9', '?%3C%25%3E%09%E9'],
])('RFC 3986 §3.4: %j as a query is %s', (text, query) => {
  expect(escapeQuery(text)).toBe(query)
})

test.each([
  ['', true],
  ['%41', true],
  ['%c3%A9', true],
  ['%', false],
  ['%4', false],
  ['%4g', false],
  ['%%41', false],
])('RFC 3986 §2.1: the escapes of %s are well formed: %s', (text, answer) => {
  expect(escapesWellFormed(text)).toBe(answer)
})
