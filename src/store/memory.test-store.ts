/**
 * A store in memory, for tests only: the storage port in the plainest code, to hold the real engines against.
 *
 * It is not built, not exported and not durable. A write works on a copy of the tables; keeping the copy is the commit.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Unavailable } from '../server/fault.ts'
import type {
  Column,
  Head,
  Inserted,
  ListQuery,
  Refusal,
  Removed,
  Row,
  SortKey,
  Store,
  Table,
  Transaction,
  Updated,
  Value,
} from '../server/storage.ts'
import { Clock } from './sqlite/clock.ts'

type Values = Readonly<Record<string, Value>>
type Rows = ReadonlyMap<string, Row>

export function openMemoryForTests(options: { readonly now?: () => number } = {}): Store {
  return new MemoryStore(new Clock(options.now ?? Date.now))
}

class MemoryStore implements Store {
  readonly #clock: Clock
  #tables: Tables = new Tables(new Map(), new Map())
  #last: Promise<unknown> = Promise.resolve()
  #commits = 0
  #closed = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get reachable(): boolean {
    return !this.#closed
  }

  async prepare(declared: readonly Table[]): Promise<void> {
    const tables = new Map(this.#tables.declared)
    for (const table of declared) tables.set(table.name, table)
    this.#tables = new Tables(tables, this.#tables.rows)
  }

  read(table: string, id: string): Row | undefined {
    return this.#open().read(table, id)
  }

  find(table: string, column: string, value: Value): Row | undefined {
    return this.#open().find(table, column, value)
  }

  list(table: string, query: ListQuery): readonly Row[] {
    return this.#open().list(table, query)
  }

  count(table: string, filter: Values): number {
    return this.#open().count(table, filter)
  }

  peek(table: string, id: string): Head | undefined {
    const tables = this.#open()
    const row = tables.read(table, id)
    const guards: Record<string, Value> = {}
    for (const guard of tables.table(table).guards) {
      if (row?.values[guard] !== undefined) guards[guard] = row.values[guard]
    }
    return row && { id, version: row.version, createdAt: row.createdAt, guards }
  }

  revision(): number {
    return this.#commits
  }

  async write<T>(work: (tx: Transaction) => T | Promise<T>, refused?: (result: T) => boolean): Promise<T> {
    this.#open()
    const turn = this.#last.then(async () => {
      const tx = new MemoryTransaction(new Tables(this.#tables.declared, this.#tables.rows), this.#clock)
      try {
        const result = await Promise.race([work(tx), tooLong()])
        if (refused?.(result) !== true) {
          this.#tables = tx.tables
          this.#commits++
        }
        return result
      } finally {
        tx.ended = true
      }
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }

  ping(): void {
    this.#open()
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#last
  }

  #open(): Tables {
    if (this.#closed) throw new Unavailable('closed', { retryAfter: 1 })
    return this.#tables
  }
}

async function tooLong(): Promise<never> {
  await sleep(10_000, undefined, { ref: false })
  throw new Unavailable('a write took too long', { retryAfter: 1 })
}

/** The rows of every table, and the questions about them. Rows are never changed, only replaced. */
class Tables {
  readonly declared: ReadonlyMap<string, Table>
  readonly rows: Map<string, Rows>

  constructor(declared: ReadonlyMap<string, Table>, rows: ReadonlyMap<string, Rows>) {
    this.declared = declared
    this.rows = new Map(rows)
  }

  table(name: string): Table {
    const table = this.declared.get(name)
    if (table === undefined) throw new TypeError(`No table ${name}`)
    return table
  }

  column(table: string, name: string): Column {
    const column = this.table(table).columns.find((one) => one.name === name)
    if (column === undefined) throw new TypeError(`No column ${name} in ${table}`)
    return column
  }

  all(table: string): Row[] {
    this.table(table)
    return [...(this.rows.get(table)?.values() ?? [])]
  }

  read(table: string, id: string): Row | undefined {
    this.table(table)
    return this.rows.get(table)?.get(id)
  }

  find(table: string, column: string, value: Value): Row | undefined {
    const declared = this.column(table, column)
    if (declared.unique === undefined) throw new TypeError(`${column} is not unique`)
    if (!isValue(value)) return undefined
    return this.all(table).find((row) => isValue(row.values[column]) && sameKey(declared, row.values[column], value))
  }

  list(table: string, query: ListQuery): Row[] {
    this.#assertIndex(table, query)
    const order = (one: Row, other: Row) => compareBy(query.sort, one, other)
    const rows = this.#matching(table, query.filter).toSorted(order)
    const { from } = query
    if (query.backwards) {
      return rows.filter((row) => from === undefined || compareWith(query.sort, row, from) < 0).slice(-query.limit)
    }
    return rows.filter((row) => from === undefined || compareWith(query.sort, row, from) > 0).slice(0, query.limit)
  }

  count(table: string, filter: Values): number {
    this.assertSearchable(table, Object.keys(filter))
    return this.#matching(table, filter).length
  }

  assertSearchable(table: string, columns: readonly string[]): void {
    const { columns: declared, indexes } = this.table(table)
    const leads = [
      ...declared.filter((column) => column.unique ?? column.references).map((column) => [column.name]),
      ...indexes.map(({ filter, sort }) => [...filter, ...sort.map((key) => key.column)]),
    ]
    const found = leads.some((lead) => columns.every((column) => lead.slice(0, columns.length).includes(column)))
    if (!found && columns.length > 0) throw new TypeError('no index')
  }

  #matching(table: string, filter: Values): Row[] {
    const asked = Object.entries(filter).map(([name, value]) => ({ name, value, column: this.column(table, name) }))
    return this.all(table).filter((row) =>
      asked.every(({ name, value, column }) => {
        const stored = row.values[name]
        return isValue(value) ? sameKey(column, stored, value) : !isValue(stored)
      }),
    )
  }

  #assertIndex(table: string, { filter, sort }: ListQuery): void {
    const filtered = Object.keys(filter).toSorted().join()
    const found = this.table(table).indexes.some(
      (index) =>
        index.filter.toSorted().join() === filtered &&
        (sortText(index.sort, false) === sortText(sort, false) || sortText(index.sort, true) === sortText(sort, false)),
    )
    if (!found && (filtered !== '' || sort.some((key) => key.column !== 'id'))) throw new TypeError('no index')
  }
}

class MemoryTransaction implements Transaction {
  ended = false
  readonly #tables: Tables
  readonly #clock: Clock

  constructor(tables: Tables, clock: Clock) {
    this.#tables = tables
    this.#clock = clock
  }

  get tables(): Tables {
    if (this.ended) throw new Error('This transaction has ended')
    return this.#tables
  }

  read(table: string, id: string): Row | undefined {
    return this.tables.read(table, id)
  }

  find(table: string, column: string, value: Value): Row | undefined {
    return this.tables.find(table, column, value)
  }

  list(table: string, query: ListQuery): readonly Row[] {
    return this.tables.list(table, query)
  }

  count(table: string, filter: Values): number {
    return this.tables.count(table, filter)
  }

  insert(table: string, values: Values, id = this.#clock.id()): Inserted {
    const row = {
      id,
      version: this.#clock.version(),
      createdAt: this.#clock.now(),
      values: this.#checked(table, values),
    }
    return this.#refusal(table, row, row.values, this.tables.all(table)) ?? this.#put(table, row)
  }

  update(table: string, id: string, expected: number, changes: Values): Updated {
    const before = this.tables.read(table, id)
    const checked = this.#checked(table, changes)
    if (before?.version !== expected) return { kind: 'stale' }
    const values: Record<string, Value> = { ...before.values, ...checked }
    for (const name of Object.keys(changes)) if (changes[name] === undefined) delete values[name]
    const row = { ...before, version: this.#clock.version(expected), values }
    const others = this.tables.all(table).filter((other) => other.id !== id)
    return this.#refusal(table, row, checked, others) ?? this.#put(table, row)
  }

  remove(table: string, id: string, expected: number): Removed {
    if (this.tables.read(table, id)?.version !== expected) return { kind: 'stale' }
    const restricting = this.#removeSet(table, [id])
    if (restricting !== undefined) return { kind: 'restricted', table: restricting }
    this.#clock.retire(expected)
    return { kind: 'done' }
  }

  /** Names the table whose rows forbid it. */
  #removeSet(table: string, rows: readonly string[]): string | undefined {
    const going = new Map<string, Set<string>>()
    for (const id of rows) this.#gather(table, id, going)
    for (const child of this.tables.declared.values()) {
      const stays = this.tables.all(child.name).filter((row) => !going.get(child.name)?.has(row.id))
      const refers = stays.some((row) =>
        child.columns.some(
          ({ name, references }) =>
            references !== undefined && going.get(references.table)?.has(String(row.values[name])),
        ),
      )
      if (refers) return child.name
    }
    for (const [name, ids] of going) for (const one of ids) this.#drop(name, one)
    return undefined
  }

  removeAll(
    table: string,
    where: { readonly column: string; readonly equals?: Value; readonly below?: number },
  ): number {
    this.tables.assertSearchable(table, [where.column])
    const { column, equals, below } = where
    const found = this.tables.all(table).filter((row) => {
      const value = column === 'createdAt' ? row.createdAt : column === 'updatedAt' ? row.version : row.values[column]
      if (below !== undefined) return typeof value === 'number' && value < below
      return isValue(equals) && isValue(value) && sameKey(this.tables.column(table, column), value, equals)
    })
    const restricting = this.#removeSet(
      table,
      found.map((row) => row.id),
    )
    if (restricting !== undefined) throw new Error(`Rows of ${restricting} still refer to some of them`)
    return found.length
  }

  #checked(table: string, values: Values): Record<string, Value> {
    const kept: Record<string, Value> = {}
    for (const [name, value] of Object.entries(values)) {
      const { type } = this.tables.column(table, name)
      if (value === undefined) continue
      if (value !== null && !FITS[type](value)) throw new TypeError(`Column ${name} holds ${type}`)
      kept[name] = value
    }
    return kept
  }

  #refusal(table: string, row: Row, touched: Values, others: readonly Row[]): Refusal | undefined {
    const { columns } = this.tables.table(table)
    const taken = columns
      .filter((column) => column.unique !== undefined && isValue(touched[column.name]))
      .filter((column) => others.some((other) => sameKey(column, other.values[column.name], touched[column.name])))
      .map((column) => column.name)
    if (others.some((other) => other.id === row.id)) return { kind: 'conflict', columns: ['id', ...taken] }
    if (taken.length > 0) return { kind: 'conflict', columns: taken }
    const dangling = columns
      .filter(({ name, references }) => {
        const target = touched[name]
        if (references === undefined || !isValue(target)) return false
        return !(references.table === table && target === row.id) && !this.tables.read(references.table, String(target))
      })
      .map((column) => column.name)
    return dangling.length > 0 ? { kind: 'dangling', columns: dangling } : undefined
  }

  #put(table: string, row: Row): { readonly kind: 'done'; readonly row: Row } {
    this.tables.rows.set(table, new Map(this.tables.rows.get(table)).set(row.id, row))
    return { kind: 'done', row }
  }

  #drop(table: string, id: string): void {
    const rows = new Map(this.tables.rows.get(table))
    rows.delete(id)
    this.tables.rows.set(table, rows)
  }

  #gather(table: string, id: string, going: Map<string, Set<string>>): void {
    const ids = going.get(table) ?? new Set()
    if (ids.has(id)) return
    going.set(table, ids.add(id))
    for (const child of this.tables.declared.values()) {
      for (const { name, references } of child.columns) {
        if (references?.table !== table || references.onDelete !== 'cascade') continue
        for (const row of this.tables.all(child.name))
          if (row.values[name] === id) this.#gather(child.name, row.id, going)
      }
    }
  }
}

const FITS: Readonly<Record<Column['type'], (value: Value) => boolean>> = {
  text: (value) => typeof value === 'string',
  integer: Number.isInteger,
  real: (value) => typeof value === 'number' && !Number.isNaN(value),
  boolean: (value) => typeof value === 'boolean',
  json: (value) => JSON.stringify(value) !== undefined,
}

function sortText(keys: readonly SortKey[], reversed: boolean): string {
  return keys.map((key) => `${key.column}:${key.descending !== reversed}`).join()
}

function isValue(value: Value): boolean {
  return value !== undefined && value !== null
}

function sameKey({ unique }: Column, one: Value, other: Value): boolean {
  const fold = (value: Value) => (unique === 'folded' && typeof value === 'string' ? value.toLowerCase() : value)
  return fold(one) === fold(other)
}

function compareBy(sort: readonly SortKey[], one: Row, other: Row): number {
  return compareWith(sort, one, { keys: sort.map((key) => keyOf(key, other)), id: other.id })
}

function compareWith(sort: readonly SortKey[], row: Row, from: NonNullable<ListQuery['from']>): number {
  for (const [place, key] of sort.entries()) {
    const order = compare(keyOf(key, row), from.keys[place])
    if (order !== 0) return key.descending ? -order : order
  }
  const order = compare(row.id, from.id)
  return sort.at(-1)?.descending ? -order : order
}

function keyOf({ column }: SortKey, row: Row): Value {
  if (column === 'id') return row.id
  if (column === 'createdAt') return row.createdAt
  return column === 'updatedAt' ? row.version : row.values[column]
}

/** Absent and null first, then by value; text by code point. */
function compare(one: Value, other: Value): number {
  if (!isValue(one) || !isValue(other)) return Number(isValue(one)) - Number(isValue(other))
  if (typeof one === 'string' && typeof other === 'string') return Buffer.compare(Buffer.from(one), Buffer.from(other))
  return Math.sign(Number(one) - Number(other))
}
