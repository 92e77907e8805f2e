import { expect, test } from 'vitest'
import { statusRow } from './status.ts'
import { cachedWords, clause } from './words.ts'

test.each([
  ['RFC 9110 §15.1', 200, 'unless its fields forbid it'],
  ['RFC 9111 §3', 409, 'only if its fields allow it'],
  ['RFC 6585 §4', 429, 'never'],
] as const)('what may be kept: %s, %i', (_, code, words) => {
  expect(cachedWords(statusRow(code))).toBe(words)
})

test.each([
  ['9110 §15.5.4', 'RFC 9110 §15.5.4'],
  ['Idempotency-Key §2.6', 'Idempotency-Key §2.6'],
])('the clause %s', (rfc, words) => {
  expect(clause(rfc)).toBe(words)
})
