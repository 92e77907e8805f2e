/**
 * Where versions and ids come from. A version grows with every change, whatever the wall clock does, and no version
 * of a row that was removed here is given to a row made under its id within the same millisecond. Another process knows
 * nothing of it: it could give that version again, within that millisecond, under an id that the client chooses.
 */
import { monotonicUuids } from '../uuid.ts'

export class Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** A new id, greater than the one before. */
  readonly id: () => string
  #retired = 0

  constructor(now: () => number) {
    this.now = now
    this.id = monotonicUuids(now)
  }

  /** The version after `previous`, or of a new row. */
  version(previous = this.#retired): number {
    return Math.max(previous + 1, this.now())
  }

  /** The row with this version is gone. */
  retire(version: number): void {
    this.#retired = Math.max(this.#retired, version)
  }
}
