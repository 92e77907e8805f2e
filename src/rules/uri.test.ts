import { expect, test } from 'vitest'
import { splitUri } from './uri.ts'

test.each([
  ['http://a.example/b?c', 'http', 'a.example', '/b?c'],
  ['HTTPS://A.example:8443/%62?c=d/e?f', 'HTTPS', 'A.example:8443', '/%62?c=d/e?f'],
  ['http://[::1]:80', 'http', '[::1]:80', ''],
  ['http://a?b', 'http', 'a', '?b'],
  ['http://u@a/b#c?d', 'http', 'u@a', '/b'],
  ['http://a#/b', 'http', 'a', ''],
  ['coap+tcp:///b', 'coap+tcp', '', '/b'],
])('RFC 3986 §3: the parts of %j', (uri, scheme, authority, rest) => {
  expect(splitUri(uri)).toEqual({ scheme, authority, rest })
})

test.each(['', '/a', 'a.example', 'a.example:80', 'mailto:a@b.example', '://a', '1http://a', ' http://a'])(
  'RFC 3986 §3: %j is no URI with an authority',
  (text) => {
    expect(splitUri(text)).toBeUndefined()
  },
)
