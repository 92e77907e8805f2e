/**
 * Content-Length (RFC 9110 §8.6): decimal digits and nothing else. No sign, no list, no exponent.
 */

/** Octets. What a number cannot hold exactly is Infinity, so that it exceeds every limit. */
export function parseContentLength(text: string): number | undefined {
  if (!DIGITS.test(text)) return undefined
  const length = Number(text)
  return Number.isSafeInteger(length) ? length : Number.POSITIVE_INFINITY
}

const DIGITS = /^\d+$/
