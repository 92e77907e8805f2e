/**
 * What development adds to a running engine: why the last requests got their codes, a page that shows
 * it, and faults on demand.
 */
import type { Exchange } from '../engine/exchange.ts'
import { Unavailable } from '../fault.ts'
import { isAid } from './address.ts'
import type { Page } from './page.ts'
import { Traces } from './traces.ts'

/** A failure that can be asked for: a bug in a handler, or a database that cannot be reached. */
export type StagedFault = 'throw' | 'database-down'

export class Development {
  /** The explorer, if there is one to serve. */
  readonly page: Page | undefined
  readonly traces = new Traces()
  #staged: StagedFault | undefined

  constructor(page?: Page) {
    this.page = page
  }

  /** The next request that it concerns meets this fault; undefined takes it back. */
  stage(fault: StagedFault | undefined): void {
    this.#staged = fault
  }

  /** What is to be thrown in place of an answer. A request that needs no database does not notice that it is away. */
  faultFor(x: Exchange): Error | undefined {
    if (this.#staged === undefined || isAid(x.path)) return undefined
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
