/**
 * When to send again: what the server asks for, else exponentially later with jitter, within a budget.
 *
 * Never earlier than Retry-After (RFC 9110 §10.2.3): longer than the cap or the deadline is giving up.
 */
import type { FieldReader } from '../rules/freshness.ts'
import { parseRetryAfter } from '../rules/retry-after.ts'
import type { RetryOptions } from './reaction-options.ts'

export interface Retry {
  /** Counts a request: what succeeds often may be retried more often. */
  earn(): void
  /** Milliseconds to wait after `tries` further tries, the answer to the last having these fields; or why not. */
  judge(tries: number, field: FieldReader, deadline: number): number | 'tries' | 'budget' | 'wait' | 'deadline'
}

export function createRetry({ tries: most = 2, wait = 300, maxWait = 30_000, budget = 10 }: RetryOptions = {}): Retry {
  let left = budget
  return {
    earn() {
      left = Math.min(budget, left + EARNED)
    },
    judge(tries, field, deadline) {
      const asked = parseRetryAfter(field('retry-after') ?? '', Date.now())
      const backoff = Math.min(maxWait, wait * 2 ** tries) * (0.5 + Math.random() / 2)
      const ms = asked === undefined ? backoff : asked + Math.random() * wait
      if (tries >= most) return 'tries'
      if (left < 1) return 'budget'
      if ((asked ?? 0) > maxWait) return 'wait'
      if (Date.now() + ms >= deadline) return 'deadline'
      left--
      return ms
    },
  }
}

const EARNED = 0.1
