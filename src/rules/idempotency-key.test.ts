import { expect, test } from 'vitest'
import { parseIdempotencyKey } from './idempotency-key.ts'

test.each([
  ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
  ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
  ['urn:uuid:1', 'urn:uuid:1'],
  ['q+/A==', 'q+/A=='],
  [' "a b" ', 'a b'],
  [String.raw`"a\"b\\"`, String.raw`a"b\ `.trim()],
  ['x'.repeat(255), 'x'.repeat(255)],
  [`"${'x'.repeat(255)}"`, 'x'.repeat(255)],
  ['x'.repeat(256), undefined],
  [`"${'x'.repeat(256)}"`, undefined],
  ['""', undefined],
  ['', undefined],
  ['a b', undefined],
  ['"a', undefined],
  ['a"', undefined],
  ['"a"b"', undefined],
  [String.raw`"\a"`, undefined],
  ['"é"', undefined],
  ['é', undefined],
  ['"a", "b"', undefined],
  ['a, b', undefined],
])('Idempotency-Key §2.1, RFC 8941 §3.3.3: %j is %j', (text, key) => {
  expect(parseIdempotencyKey(text)).toBe(key)
})
