/**
 * When to send again: what the server asks for, else exponentially later with jitter, within a budget.
 *
 * Never earlier than Retry-After (RFC 9110 §10.2.3): longer than the cap or the deadline is giving up.
 */
import { parseRetryAfter } from '../rules/retry-after.ts'
import type { RetryOptions } from './reaction-options.ts'

export type Verdict = { readonly wait: number } | { readonly why: 'tries' | 'budget' | 'wait' | 'deadline' }

export class Retry {
  readonly #options: Required<RetryOptions>
  #budget: number

  constructor(options: RetryOptions) {
    this.#options = { tries: 2, wait: 300, maxWait: 30_000, budget: 10, ...options }
    this.#budget = this.#options.budget
  }

  /** Counts a request: what succeeds often may be retried more often. */
  earn(): void {
    this.#budget = Math.min(this.#options.budget, this.#budget + EARNED)
  }

  /** What to do after `tries` further tries, the answer to the last being this; undefined if there was none. */
  judge(tries: number, response: Response | undefined, deadline: number): Verdict {
    const { wait, maxWait } = this.#options
    if (tries >= this.#options.tries) return { why: 'tries' }
    if (this.#budget < 1) return { why: 'budget' }
    const asked = retryAfter(response?.headers)
    const backoff = Math.min(maxWait, wait * 2 ** tries) * (0.5 + Math.random() / 2)
    const ms = asked === undefined ? backoff : asked + Math.random() * wait
    if ((asked ?? 0) > maxWait) return { why: 'wait' }
    if (Date.now() + ms >= deadline) return { why: 'deadline' }
    this.#budget--
    return { wait: ms }
  }
}

const EARNED = 0.1

/** Milliseconds; undefined if it says nothing that can be read. */
export function retryAfter(fields: Headers | undefined): number | undefined {
  const field = fields?.get('retry-after')
  return field === null || field === undefined ? undefined : parseRetryAfter(field, Date.now())
}
