/**
 * The rows of lists that were asked for lately, good until the table changes: whoever reads the same page again reads no
 * row.
 *
 * Only what is committed is put here, and nothing is looked up in a turn in which the file may have changed unseen.
 */
import type { ListQuery, Row } from '../../server/storage.ts'
import type { Change } from './transaction.ts'

/** Lists kept of a table, and the characters one may have: the text of its rows, about. */
const MOST = 100
const CHARACTERS = 128 * 1024

export class Lists {
  readonly #tables = new Map<string, Map<string, readonly Row[]>>()

  get(table: string, query: ListQuery): readonly Row[] | undefined {
    return this.#tables.get(table)?.get(keyOf(query))
  }

  set(table: string, query: ListQuery, rows: readonly Row[]): void {
    if (!fits(rows)) return
    let lists = this.#tables.get(table)
    if (lists === undefined) {
      lists = new Map()
      this.#tables.set(table, lists)
    }
    if (lists.size >= MOST) lists.clear()
    lists.set(keyOf(query), rows)
  }

  /** What a commit did. */
  apply(changes: readonly Change[]): void {
    for (const { shape } of changes) this.#tables.delete(shape.table.name)
  }

  /** Somebody else may have changed any row. */
  forget(): void {
    this.#tables.clear()
  }
}

const keyOf = (query: ListQuery): string => JSON.stringify(query)

function fits(rows: readonly Row[]): boolean {
  let characters = 0
  for (const { values } of rows) {
    for (const name in values) {
      const value = values[name]
      // What is neither text nor scalar has no size that is known without writing it.
      if (typeof value === 'object' && value !== null) return false
      if (typeof value === 'string') characters += value.length
    }
    if (characters > CHARACTERS) return false
  }
  return true
}
