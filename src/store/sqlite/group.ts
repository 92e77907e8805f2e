/**
 * Group commit: the writes that arrive in one turn of the event loop share one transaction, and one flush to disk.
 *
 * They run one after another. What one of them does is undone alone when it throws or is refused; none is answered
 * before the transaction is committed, because what it saw may be another's uncommitted work; and when the commit
 * fails, all fail. A lock held by another process is asked for again and again, never waited for.
 */
import type { Eventually, Transaction } from '../../server/storage.ts'
import { faultOf, unavailable } from './fault.ts'
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
/** A group ends when it has held the event loop this long: others are waiting, to be answered and to be read. */
const GROUP_MS = 10
const WORK_MS = 10_000

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
    setImmediate(() => void this.#turn())
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
    this.#queue = this.#queue.slice(group.length)
    try {
      if (ledger.whole()) ledger.commit(changes)
    } catch (error) {
      failure = ledger.failed(error)
      ledger.rollback()
    }
    for (const job of group) {
      if (failure === undefined) job.settle()
      else job.fail(failure)
    }
  }
}

interface Queued {
  /** When it arrived, by the monotonic clock. */
  readonly since: number
  /** What the caller is to be thrown, when the work threw. */
  readonly error: unknown
  /** Runs the work and keeps or undoes it; returns a promise only if the work did. */
  run(tx: SqlTransaction, ledger: Ledger): Promise<void> | undefined
  /** Answers with what the work came to. */
  settle(): void
  fail(error: unknown): void
}

class Job<T> implements Queued {
  readonly since = performance.now()
  error: unknown
  readonly #work: (tx: Transaction) => Eventually<T>
  readonly #refused: ((result: T) => boolean) | undefined
  readonly #resolve: (result: T) => void
  readonly #reject: (error: unknown) => void
  #outcome: (() => void) | undefined

  constructor(
    work: (tx: Transaction) => Eventually<T>,
    refused: ((result: T) => boolean) | undefined,
    resolve: (result: T) => void,
    reject: (error: unknown) => void,
  ) {
    this.#work = work
    this.#refused = refused
    this.#resolve = resolve
    this.#reject = reject
  }

  run(tx: SqlTransaction, ledger: Ledger): Promise<void> | undefined {
    try {
      const result = this.#work(tx)
      if (isPromise(result)) return this.#wait(tx, ledger, result)
      this.#returned(tx, result)
    } catch (error) {
      this.#threw(tx, ledger, error)
    }
    return undefined
  }

  settle(): void {
    this.#outcome?.()
  }

  fail(error: unknown): void {
    this.#reject(error)
  }

  /** Work that never ends would hold the lock, and every other write, for ever. */
  async #wait(tx: SqlTransaction, ledger: Ledger, result: Promise<T>): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(unavailable(`a write took longer than ${WORK_MS} ms`)), WORK_MS)
    })
    try {
      this.#returned(tx, await Promise.race([result, late]))
    } catch (error) {
      this.#threw(tx, ledger, error)
    } finally {
      clearTimeout(timer)
    }
  }

  #returned(tx: SqlTransaction, result: T): void {
    if (this.#refused?.(result)) tx.undo()
    else tx.keep()
    this.#outcome = () => this.#resolve(result)
  }

  #threw(tx: SqlTransaction, ledger: Ledger, error: unknown): void {
    this.error = ledger.failed(error)
    this.#outcome = () => this.#reject(this.error)
    try {
      tx.undo()
    } catch (undoing) {
      // What cannot be undone alone is undone with all the others.
      ledger.failed(undoing)
      ledger.rollback()
    }
  }
}

function isPromise<T>(result: Eventually<T>): result is Promise<T> {
  return typeof result === 'object' && result !== null && 'then' in result && typeof result.then === 'function'
}

function partition<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  const passed: Item[] = []
  const rest: Item[] = []
  for (const item of items) (test(item) ? passed : rest).push(item)
  return [passed, rest]
}
