/**
 * Whoever is told of an exchange once its answer is made: the log of what is our fault, those who keep its path, those
 * who watch. None of them can take the answer back, and one that throws keeps nothing from the others.
 */
import { readTrace, statusRow, thrownAt } from '../../rules/index.ts'
import { lineOf } from '../development/record.ts'
import type { Traces } from '../development/traces.ts'
import type { InnerOptions } from './engine.ts'
import type { Exchange } from './exchange.ts'
import type { Reply } from './incoming.ts'
import type { Log } from '../operation.ts'

export class Onlookers {
  readonly #log: Log
  readonly #traces: Traces | undefined
  readonly #watch: InnerOptions['watch']
  readonly #observe: InnerOptions['observe']
  readonly #now: () => number
  readonly #isWatched: boolean
  #warned = -Infinity

  constructor({ log, watch, observe }: InnerOptions, traces: Traces | undefined, now: () => number) {
    this.#log = log
    this.#traces = traces
    this.#watch = watch
    this.#observe = observe
    this.#now = now
    this.#isWatched = [traces, watch, observe].some((looks) => looks !== undefined)
  }

  see(x: Exchange, reply: Reply): void {
    if (statusRow(reply.status).fault === 'server') this.#apart(x, () => this.#tell(x, reply))
    if (this.#isWatched) this.#apart(x, () => this.#show(x, reply))
  }

  #apart({ reference }: Exchange, look: () => void): void {
    try {
      look()
    } catch (err) {
      try {
        this.#log.error({ reference, err }, 'observer failed')
      } catch {
        // A log that is broken has nobody to tell.
      }
    }
  }

  #show(x: Exchange, reply: Reply): void {
    const line = this.#traces?.record(x, reply)
    this.#watch?.(x, reply)
    this.#observe?.(line ?? lineOf(x, reply, this.#now() - x.now))
  }

  /** Whatever is our fault is logged under the reference that the client was given. */
  #tell({ reference, method, path, thrown, trace }: Exchange, { status }: Reply): void {
    if (thrown === undefined) {
      // What is never taken is the client's to send as often as it likes: the log is not its own.
      if (statusRow(status).retry === 'never' && !this.#isRare()) return
      this.#log.warn({ reference, status, method, path }, 'request refused')
      return
    }
    const at = thrownAt(readTrace(trace))
    const row = at !== undefined && { at }
    this.#log.error({ reference, status, method, path, ...row, err: thrown }, 'request failed')
  }

  /** Once a second. */
  #isRare(): boolean {
    const now = performance.now()
    if (now - this.#warned < 1_000) return false
    this.#warned = now
    return true
  }
}
