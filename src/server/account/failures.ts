/**
 * Failed logins: so many a minute for an account from an address, whether or not the account exists.
 *
 * Counted when an attempt begins and forgiven when it succeeds, so that a hundred attempts at once
 * are not a hundred guesses. In memory, because a restart that forgives is no help to an attacker:
 * the hashing itself lets only a few attempts a second through. For the same reason there is no
 * bound on an account as a whole, which would let strangers lock its owner out.
 */
import { networkOf } from '../network.ts'
import { digest } from './token.ts'

const MINUTE = 60_000
/** How many pairs of account and address are kept in mind; the oldest are forgotten first. */
const KEPT = 10_000

interface Count {
  failed: number
  /** Milliseconds since the epoch; never later than now, though the clock may have been set back. */
  since: number
}

export class LoginFailures {
  /** Oldest first: a count is never renewed in place. */
  readonly #counts = new Map<string, Count>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  /** May one more attempt be made now? `retryAfter` in seconds. */
  mayTry(account: string, address: string, now: number): { readonly allowed: boolean; readonly retryAfter: number } {
    const count = this.#counts.get(pair(account, address))
    const left = count === undefined ? 0 : leftOf(count, now)
    if (count === undefined || left <= 0 || count.failed < this.#most) return { allowed: true, retryAfter: 0 }
    return { allowed: false, retryAfter: Math.ceil(left / 1000) }
  }

  /** Counts an attempt as failed; returns how to take that back. */
  begin(account: string, address: string, now: number): () => void {
    this.#forget(now)
    const key = pair(account, address)
    const count = this.#counts.get(key) ?? { failed: 0, since: now }
    count.failed++
    this.#counts.set(key, count)
    return () => {
      count.failed--
      // What did not come to a guess (no room to hash it, say) must not push out the counts of guesses.
      if (count.failed === 0 && this.#counts.get(key) === count) this.#counts.delete(key)
    }
  }

  #forget(now: number): void {
    for (const [key, count] of this.#counts) {
      if (leftOf(count, now) > 0 && this.#counts.size < KEPT) return
      this.#counts.delete(key)
    }
  }
}

/** Milliseconds that a count still stands. One that began in the future begins now: it would stand for ever. */
function leftOf(count: Count, now: number): number {
  if (count.since > now) count.since = now
  return count.since + MINUTE - now
}

/** A digest, so that its size does not depend on what is sent. */
function pair(account: string, address: string): string {
  return digest(`${account.toLowerCase()}\n${networkOf(address)}`)
}
