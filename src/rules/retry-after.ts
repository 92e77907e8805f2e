/**
 * Retry-After (RFC 9110 §10.2.3): whole seconds, or a date in any of the three forms. Nothing else is one.
 */
import { parseDate } from './date.ts'

/** Milliseconds to wait from `now` on, not below 0. May be longer than a timer can take: the caller has a cap. */
export function parseRetryAfter(text: string, now: number): number | undefined {
  if (DIGITS.test(text)) return Number(text) * 1000
  const date = parseDate(text, now)
  return date === undefined ? undefined : Math.max(0, date - now)
}

/** Seconds, rounded up: who comes back early is refused again. Throws a RangeError for what is no time to wait. */
export function formatRetryAfter(seconds: number): string {
  if (!(seconds >= 0 && seconds <= Number.MAX_SAFE_INTEGER)) throw new RangeError('Retry-After is seconds, 0 or more')
  return String(Math.ceil(seconds))
}

const DIGITS = /^\d+$/
