/**
 * Ids the store makes: UUIDv7 (RFC 9562 §5.7), each greater than the one before.
 *
 * The 12 bits after the time count within one millisecond (§6.2, method 1), so that ids made in one process sort
 * in the order they were made, also when the clock stands still or goes back. 62 bits stay random.
 */
import { randomUUID } from 'node:crypto'

const COUNTS = 0x1000

/** Returns a function that makes ids. `now` is in milliseconds since the epoch. */
export function monotonicUuids(now: () => number): () => string {
  let time = 0
  let count = 0
  let stamp = ''
  return () => {
    const moment = Math.floor(now())
    count += 1
    if (moment > time || count === COUNTS) {
      time = Math.max(moment, time + 1)
      count = 0
      const hex = time.toString(16).padStart(12, '0')
      stamp = `${hex.slice(0, 8)}-${hex.slice(8)}-7`
    }
    return stamp + count.toString(16).padStart(3, '0') + randomTail()
  }
}

/** The variant and 62 random bits: the same in version 4 as in version 7. */
function randomTail(): string {
  return randomUUID().slice(18)
}
