/**
 * Expect (RFC 9110 §10.1.1). One expectation is defined, 100-continue; every other is for a 417.
 */
import { parseList } from './list.ts'

/** Undefined when nothing is expected. */
export function parseExpect(text: string): 'continue' | 'other' | undefined {
  const expectations = parseList(text)
  if (expectations.length === 0) return undefined
  return expectations.every((expectation) => expectation.toLowerCase() === '100-continue') ? 'continue' : 'other'
}
