/** One write in a group: its work, what came of it, and the answer that waits for the commit. */
import type { Eventually, Transaction } from '../../server/storage.ts'
import { unavailable } from './fault.ts'
import type { SqlTransaction } from './transaction.ts'

const WORK_MS = 10_000

/** What is done when a write fails. */
export interface Undoing {
  /** Takes note of an error, and returns what the caller is to be thrown. */
  failed(error: unknown): unknown
  /** Undoes every write of the group. */
  rollback(): void
}

/** A write as the queue sees it. */
export interface Queued {
  /** When it arrived, by the monotonic clock. */
  readonly since: number
  /** What the caller is to be thrown, when the work threw. */
  readonly error: unknown
  /** Runs the work and keeps or undoes it; returns a promise only if the work did. */
  run(tx: SqlTransaction, undoing: Undoing): Promise<void> | undefined
  /** Answers with what the work came to. */
  settle(): void
  fail(error: unknown): void
}

export class Job<T> implements Queued {
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

  run(tx: SqlTransaction, undoing: Undoing): Promise<void> | undefined {
    try {
      const result = this.#work(tx)
      if (isPromise(result)) return this.#wait(tx, undoing, result)
      this.#returned(tx, result)
    } catch (error) {
      this.#threw(tx, undoing, error)
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
  async #wait(tx: SqlTransaction, undoing: Undoing, result: Promise<T>): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(unavailable(`a write took longer than ${WORK_MS} ms`)), WORK_MS)
    })
    try {
      this.#returned(tx, await Promise.race([result, late]))
    } catch (error) {
      this.#threw(tx, undoing, error)
    } finally {
      clearTimeout(timer)
    }
  }

  #returned(tx: SqlTransaction, result: T): void {
    if (this.#refused?.(result)) tx.undo()
    else tx.keep()
    this.#outcome = () => this.#resolve(result)
  }

  #threw(tx: SqlTransaction, undoing: Undoing, error: unknown): void {
    this.error = undoing.failed(error)
    this.#outcome = () => this.#reject(this.error)
    try {
      tx.undo()
    } catch (failure) {
      // What cannot be undone alone is undone with all the others.
      undoing.failed(failure)
      undoing.rollback()
    }
  }
}

function isPromise<T>(result: Eventually<T>): result is Promise<T> {
  return typeof result === 'object' && result !== null && 'then' in result && typeof result.then === 'function'
}
