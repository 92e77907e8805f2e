/**
 * What development adds to a running engine: why the last requests got their codes, and faults on
 * demand. Production has none of it.
 */
import type { Exchange } from '../engine/exchange.ts'
import { type Explanation, explanationOf } from './explanation.ts'
import { Unavailable } from '../fault.ts'
import type { Page } from './page.ts'
import type { Reply } from '../engine/incoming.ts'

/** Where the aids are. */
export const AIDS = '/.tenfour/'

/** A failure that can be asked for: a bug in a handler, or a database that cannot be reached. */
export type StagedFault = 'throw' | 'database-down'

const KEPT = 200

export class Development {
  /** The explorer, if there is one to serve. */
  readonly page: Page | undefined
  /** Oldest first. */
  readonly #explanations = new Map<string, Explanation>()
  #staged: StagedFault | undefined

  constructor(page?: Page) {
    this.page = page
  }

  /** Keeps why an exchange ended as it did; the aids themselves are left out. */
  record(x: Exchange, reply: Reply): void {
    if (x.path.startsWith(AIDS)) return
    const [oldest] = this.#explanations.keys()
    if (oldest !== undefined && this.#explanations.size >= KEPT) this.#explanations.delete(oldest)
    this.#explanations.set(x.reference, explanationOf(x, reply))
  }

  find(reference: string): Explanation | undefined {
    return this.#explanations.get(reference)
  }

  /** The next request that it concerns meets this fault; undefined takes it back. */
  stage(fault: StagedFault | undefined): void {
    this.#staged = fault
  }

  /** What is to be thrown in place of an answer. A request that needs no database does not notice that it is away. */
  faultFor(x: Exchange): Error | undefined {
    if (this.#staged === undefined || x.path.startsWith(AIDS)) return undefined
    if (this.#staged === 'database-down' && !x.plan.facts.has('store')) return undefined
    const fault = this.#staged
    this.#staged = undefined
    return FAULTS[fault]()
  }
}

const STAGED = 'staged by POST /.tenfour/faults'

const FAULTS: Readonly<Record<StagedFault, () => Error>> = {
  throw: () => new Error(`a bug in a handler, ${STAGED}`),
  'database-down': () => new Unavailable(`the database cannot be reached, ${STAGED}`, { retryAfter: 1 }),
}
