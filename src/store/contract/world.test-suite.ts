/** What every part of the storage contract works with: tables, and a store on which it makes rows. */
import type { Inserted, Row, SortKey, Store, Table, Value } from '../../server/storage.ts'

export type Values = Readonly<Record<string, Value>>
export type Open = (options: { readonly now: () => number }) => Promise<Store>

export const EPOCH = 1_700_000_000_000
export const ASC = (column: string): SortKey => ({ column, descending: false })
export const DESC = (column: string): SortKey => ({ column, descending: true })

const users: Table = {
  name: 'users',
  columns: [
    { name: 'email', type: 'text', unique: 'folded', required: true },
    { name: 'username', type: 'text', unique: 'exact', required: false },
    { name: 'role', type: 'text', required: false },
  ],
  guards: ['role'],
  indexes: [
    { filter: ['email'], sort: [DESC('createdAt')] },
    { filter: ['email', 'role'], sort: [DESC('createdAt')] },
  ],
}

/** Names that SQL keeps for itself, and a column of every type. */
const order: Table = {
  name: 'order',
  columns: [
    { name: 'select', type: 'text', required: false },
    { name: 'version', type: 'integer', required: false },
    { name: 'Created_At', type: 'real', required: false },
    { name: 'nulls', type: 'boolean', required: false },
    { name: 'a "quoted" name', type: 'json', required: false },
  ],
  guards: ['select', 'nulls', 'a "quoted" name'],
  indexes: [],
}

const articles: Table = {
  name: 'articles',
  columns: [
    { name: 'title', type: 'text', required: true },
    { name: 'slug', type: 'text', unique: 'exact', required: false },
    { name: 'rank', type: 'integer', required: false },
    { name: 'authorId', type: 'text', required: true, references: { table: 'users', onDelete: 'restrict' } },
    { name: 'parentId', type: 'text', required: false, references: { table: 'articles', onDelete: 'cascade' } },
  ],
  guards: ['authorId', 'rank'],
  indexes: [
    { filter: [], sort: [DESC('createdAt')] },
    { filter: [], sort: [DESC('updatedAt')] },
    { filter: [], sort: [ASC('title')] },
    { filter: [], sort: [ASC('rank')] },
    { filter: [], sort: [DESC('rank'), ASC('title')] },
    { filter: [], sort: [DESC('id')] },
    { filter: ['authorId'], sort: [DESC('createdAt')] },
    { filter: ['authorId', 'rank'], sort: [ASC('rank'), DESC('title')] },
    { filter: ['rank'], sort: [] },
  ],
}

const comments: Table = {
  name: 'comments',
  columns: [
    { name: 'articleId', type: 'text', required: true, references: { table: 'articles', onDelete: 'cascade' } },
    { name: 'expires', type: 'integer', required: false },
  ],
  guards: [],
  indexes: [{ filter: [], sort: [ASC('expires')] }],
}

const pins: Table = {
  name: 'pins',
  columns: [
    { name: 'articleId', type: 'text', required: true, references: { table: 'articles', onDelete: 'restrict' } },
  ],
  guards: [],
  indexes: [],
}

export const TABLES: readonly Table[] = [users, order, articles, comments, pins]

/** An empty store, whose clock the test holds; opened anew for each test. */
export class World {
  /** Milliseconds since the epoch. */
  now = EPOCH
  readonly #open: Open
  #store: Store | undefined

  constructor(open: Open) {
    this.#open = open
  }

  get store(): Store {
    if (this.#store === undefined) throw new Error('no store is open')
    return this.#store
  }

  async begin(): Promise<void> {
    this.now = EPOCH
    this.#store = await this.#open({ now: () => this.now })
    await this.#store.prepare(TABLES)
  }

  async end(): Promise<void> {
    await this.store.close()
  }

  insert(table: string, values: Values, id?: string): Promise<Inserted> {
    return this.store.write((tx) => tx.insert(table, values, id))
  }

  async make(table: string, values: Values, id?: string): Promise<Row> {
    return rowOf(await this.insert(table, values, id))
  }

  author(email = 'ann@example.org'): Promise<Row> {
    return this.make('users', { email })
  }
}

/** Throws where a row was meant to be written. */
export function rowOf(outcome: Inserted | { readonly kind: 'stale' }): Row {
  if (outcome.kind !== 'done') throw new Error(`No row was written: ${JSON.stringify(outcome)}`)
  return outcome.row
}

/** An engine may throw at once, or reject: either is refusing. */
export async function attempt<T>(ask: () => T): Promise<Awaited<T>> {
  return await ask()
}
