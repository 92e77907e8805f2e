/** Lets so many through at once, so many wait in order of arrival, and turns the rest away. */
import { Unavailable } from '../fault.ts'

export interface GateOptions {
  readonly atOnce: number
  readonly waiting: number
  /** Seconds after which somebody turned away may try again. */
  readonly retryAfter: number
}

export class Gate {
  readonly #options: GateOptions
  readonly #waiting: (() => void)[] = []
  #inside = 0

  constructor(options: GateOptions) {
    this.#options = options
  }

  /** Throws `Unavailable` when too many wait already. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter()
    try {
      return await work()
    } finally {
      this.#leave()
    }
  }

  #enter(): Promise<void> | undefined {
    const { atOnce, waiting, retryAfter } = this.#options
    if (this.#inside < atOnce) {
      this.#inside++
      return undefined
    }
    if (this.#waiting.length >= waiting) throw new Unavailable('too many wait', { retryAfter })
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** The place is handed to whoever waits longest, so nobody can slip in between. */
  #leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#inside--
    else next()
  }
}
