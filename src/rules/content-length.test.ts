import { expect, test } from 'vitest'
import { parseContentLength } from './content-length.ts'

test.each([
  ['0', 0],
  ['42', 42],
  ['007', 7],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ['9007199254740992', Number.POSITIVE_INFINITY],
  ['9'.repeat(400), Number.POSITIVE_INFINITY],
  ['', undefined],
  ['-1', undefined],
  ['+1', undefined],
  ['1.0', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['5, 5', undefined],
  [' 5', undefined],
  ['٣', undefined],
])('RFC 9110 §8.6: %j is %j', (text, length) => {
  expect(parseContentLength(text)).toBe(length)
})
