/**
 * A number for each table, and another one whenever a row of it may have changed.
 *
 * Only commits count. No number comes back, so that what is kept beside one is good for as long as it is the table's.
 */
import type { Change } from './transaction.ts'

export class Revisions {
  readonly #tables = new Map<string, number>()
  #last = 0
  /** Of tables that have had no change of their own since. */
  #common = 0

  of(table: string): number {
    return this.#tables.get(table) ?? this.#common
  }

  /** What a commit did. */
  apply(changes: readonly Change[]): void {
    for (const { shape } of changes) this.#tables.set(shape.table.name, ++this.#last)
  }

  /** Somebody else may have changed any row. */
  forget(): void {
    this.#tables.clear()
    this.#common = ++this.#last
  }
}
