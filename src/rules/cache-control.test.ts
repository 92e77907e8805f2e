import { expect, expectTypeOf, test } from 'vitest'
import { parseCacheControl } from './cache-control.ts'

test.each([
  ['', {}],
  ['no-store', { 'no-store': true }],
  ['No-Store, MAX-AGE=60', { 'no-store': true, 'max-age': 60 }],
  ['max-age="60"', { 'max-age': 60 }],
  ['max-age = 60', { 'max-age': 60 }],
  ['max-age=60, max-age=0', { 'max-age': 60 }],
  ['max-age=99999999999', { 'max-age': 2 ** 31 }],
  ['max-age=1.5', { 'max-age': 0 }],
  ['max-age=-1', { 'max-age': 0 }],
  ['max-age', { 'max-age': 0 }],
  ['max-age=', { 'max-age': 0 }],
  [
    's-maxage=10, public, must-revalidate, immutable',
    { 's-maxage': 10, public: true, 'must-revalidate': true, immutable: true },
  ],
  ['stale-while-revalidate=5, stale-if-error=x', { 'stale-while-revalidate': 5, 'stale-if-error': 0 }],
  ['max-stale', { 'max-stale': Number.POSITIVE_INFINITY }],
  ['max-stale=10, min-fresh=3', { 'max-stale': 10, 'min-fresh': 3 }],
  ['max-stale="', { 'max-stale': 0 }],
  ['no-cache', { 'no-cache': true }],
  ['no-cache="Set-Cookie, X-A"', { 'no-cache': ['set-cookie', 'x-a'] }],
  ['no-cache=Set-Cookie', { 'no-cache': ['set-cookie'] }],
  ['no-cache=""', { 'no-cache': true }],
  ['no-cache="Set-Cookie', { 'no-cache': true }],
  ['private="a", private', { private: true }],
  ['private, private="a"', { private: true }],
  ['private="a", private="b"', { private: ['a'] }],
  ['no-store=1', { 'no-store': true }],
  ['foo=1, "bar", __proto__, toString, max-age=60', { 'max-age': 60 }],
])('RFC 9111 §5.2: %j is %j', (text, directives) => {
  expect(parseCacheControl(text)).toEqual(directives)
})

test('directives have the types of their values', () => {
  const directives = parseCacheControl('')
  expectTypeOf(directives['max-age']).toEqualTypeOf<number | undefined>()
  expectTypeOf(directives['no-cache']).toEqualTypeOf<true | readonly string[] | undefined>()
  expectTypeOf(directives['no-store']).toEqualTypeOf<true | undefined>()
})
