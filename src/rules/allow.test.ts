import { expect, test } from 'vitest'
import { formatAllow } from './allow.ts'

test.each([
  [[], ''],
  [['GET'], 'GET'],
  [['DELETE', 'HEAD', 'GET', 'OPTIONS', 'GET'], 'GET, HEAD, DELETE, OPTIONS'],
  [['QUERY', 'GET'], 'GET, QUERY'],
])('RFC 9110 §10.2.1: %j is %j', (methods, text) => {
  expect(formatAllow(methods)).toBe(text)
})
