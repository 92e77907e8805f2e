/**
 * Group commit: writes that arrive together share one transaction, and one flush to disk. A group waits as long as each
 * turn of the event loop brings another write, and no longer: a write that is alone waits for nothing.
 *
 * They run one after another. What one of them does is undone alone when it throws or is refused; none is answered
 * before the transaction is committed, because what it saw may be another's uncommitted work; and when the commit
 * fails, all fail. A lock held by another process is asked for again and again, never waited for.
 */
import type { Eventually, Transaction } from '../../server/storage.ts'
import { faultOf, unavailable } from './fault.ts'
import { Job } from './job.ts'
import type { Queued } from './job.ts'
import { LOCK_MS, pause } from './patience.ts'
import type { Change, SqlTransaction } from './transaction.ts'

/** What a group is written to. */
export interface Ledger {
  /** Takes the lock and begins; throws when either cannot be. */
  begin(): void
  transaction(): SqlTransaction
  /** False when SQLite has undone the whole transaction by itself. */
  whole(): boolean
  commit(changes: readonly Change[]): void
  rollback(): void
  /** Takes note of an error, and returns what the caller is to be thrown. */
  failed(error: unknown): unknown
}

const GROUP_WRITES = 500
/** So long at most more writes are waited for: about what the flush takes that they will share. */
const GATHER_MS = 2
/** A group ends when it has held the event loop this long: others are waiting, to be answered and to be read. */
const GROUP_MS = 10

export class GroupCommit {
  readonly #ledger: Ledger
  readonly #idle: (() => void)[] = []
  #queue: Queued[] = []
  #active = false

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  /** True from the arrival of a write until the answers of its group. */
  get active(): boolean {
    return this.#active
  }

  add<T>(work: (tx: Transaction) => Eventually<T>, refused: ((result: T) => boolean) | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#queue.push(new Job(work, refused, resolve, reject))
      if (!this.#active) this.#schedule()
    })
  }

  /** Resolves when nothing is queued or under way. */
  async drained(): Promise<void> {
    if (this.#active) await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  #schedule(): void {
    this.#active = true
    this.#gather(0, performance.now() + GATHER_MS)
  }

  #gather(queued: number, until: number): void {
    setImmediate(() => {
      const { length } = this.#queue
      const more = length > queued && length < GROUP_WRITES && performance.now() < until
      if (more) this.#gather(length, until)
      else void this.#turn()
    })
  }

  async #turn(): Promise<void> {
    if (await this.#begin()) await this.#group()
    if (this.#queue.length > 0) {
      this.#schedule()
      return
    }
    this.#active = false
    for (const resolve of this.#idle.splice(0)) resolve()
  }

  /** False when nothing is left to be written. */
  async #begin(): Promise<boolean> {
    for (let attempt = 0; this.#queue.length > 0; attempt += 1) {
      try {
        this.#ledger.begin()
        return true
      } catch (error) {
        const locked = faultOf(error) === 'busy'
        const thrown = this.#ledger.failed(error)
        const patient = performance.now() - LOCK_MS
        const [waiting, failing] = partition(this.#queue, (job) => locked && job.since > patient)
        this.#queue = waiting
        for (const job of failing) job.fail(thrown)
      }
      if (this.#queue.length > 0) await pause(attempt)
    }
    return false
  }

  async #group(): Promise<void> {
    const ledger = this.#ledger
    const group: Queued[] = []
    const changes: Change[] = []
    const start = performance.now()
    let failure: unknown
    try {
      for (const job of this.#queue) {
        group.push(job)
        const tx = ledger.transaction()
        const running = job.run(tx, ledger)
        if (running !== undefined) await running
        if (!ledger.whole()) {
          failure = job.error ?? unavailable('the transaction was undone')
          break
        }
        for (const change of tx.changes) changes.push(change)
        if (group.length === GROUP_WRITES || performance.now() - start > GROUP_MS) break
      }
      if (ledger.whole()) ledger.commit(changes)
    } catch (error) {
      failure = this.#undone(error)
    }
    this.#queue = this.#queue.slice(group.length)
    for (const job of group) {
      if (failure === undefined) job.settle()
      else job.fail(failure)
    }
  }

  /** Whatever it is that went wrong, the group fails and the next one has its turn. */
  #undone(error: unknown): unknown {
    try {
      return this.#ledger.failed(error)
    } catch (failure) {
      return unavailable('a write failed, and so did finding out why', failure)
    } finally {
      this.#ledger.rollback()
    }
  }
}

function partition<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  const passed: Item[] = []
  const rest: Item[] = []
  for (const item of items) (test(item) ? passed : rest).push(item)
  return [passed, rest]
}
