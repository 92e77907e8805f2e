/**
 * The heads of rows lately asked for, so that a 304 reads no row.
 *
 * Only committed heads are put here, and what is written is forgotten: most of it nobody asks for. Each table keeps two
 * halves: when the younger is full, the older is dropped, and what was asked for meanwhile has moved to the younger.
 */
import type { Head } from '../../server/storage.ts'
import type { Change } from './transaction.ts'

const HALF = 50_000

export class Heads {
  readonly #tables = new Map<string, TableHeads>()

  get(table: string, id: string): Head | undefined {
    return this.#tables.get(table)?.get(id)
  }

  set(table: string, head: Head): void {
    let heads = this.#tables.get(table)
    if (heads === undefined) {
      heads = new TableHeads(HALF)
      this.#tables.set(table, heads)
    }
    heads.set(head)
  }

  /** What a commit did. */
  apply(changes: readonly Change[]): void {
    for (const { shape, id } of changes) {
      if (id === undefined) this.#tables.delete(shape.table.name)
      else this.#tables.get(shape.table.name)?.delete(id)
    }
  }

  /** Somebody else may have changed any row. */
  forget(): void {
    this.#tables.clear()
  }
}

export class TableHeads {
  readonly #half: number
  #young = new Map<string, Head>()
  #old = new Map<string, Head>()

  /** Holds at least the last `half` heads asked for, and at most twice as many. */
  constructor(half: number) {
    this.#half = half
  }

  get(id: string): Head | undefined {
    const young = this.#young.get(id)
    if (young !== undefined) return young
    const old = this.#old.get(id)
    if (old !== undefined) this.set(old)
    return old
  }

  set(head: Head): void {
    if (this.#young.size >= this.#half) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(head.id, head)
  }

  delete(id: string): void {
    this.#young.delete(id)
    this.#old.delete(id)
  }
}
