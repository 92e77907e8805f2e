/**
 * A page of a list as ranges of one index: no OFFSET, nothing skipped, nothing sorted.
 *
 * The rows after a given one, in index order, are those equal in all sort keys but the last and beyond it there;
 * then those equal in all but the last two; and so on. Each is one range of the index, also when directions are
 * mixed, where a comparison of row values would not be. Absent and null come before every value, ascending.
 */
import type { ListQuery, SortKey, Table, Value } from '../../server/storage.ts'
import type { SqlValue } from './connection.ts'
import { encode, encodeKey, fieldNamed } from './shape.ts'
import type { Field, Shape } from './shape.ts'

/** One statement. Its last parameter, the limit, is the caller's to add. */
export interface Range {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/** What a list is ordered by: the sort keys, then the id. */
export interface Term {
  readonly sql: string
  readonly descending: boolean
  /** Undefined for a system column: it always has a value. */
  readonly field: Field | undefined
}

/** Read the ranges one after another until the limit is reached. Throws for a list the table has no index for. */
export function rangesOf(shape: Shape, query: ListQuery): Range[] {
  assertIndexed(shape.table, query)
  const filter = equalities(shape, query.filter)
  if (filter === undefined) return []
  const terms = termsOf(shape, query.sort).map((term) => ({
    ...term,
    descending: term.descending !== (query.backwards ?? false),
  }))
  const order = terms.map((term) => `${term.sql} ${term.descending ? 'DESC' : 'ASC'}`).join(', ')
  return bounds(terms, query.from).map(({ conditions, values }) => ({
    sql: `${shape.select}${where([...filter.conditions, ...conditions])} ORDER BY ${order} LIMIT ?`,
    values: [...filter.values, ...values],
  }))
}

/** Undefined when a value is of another type than its column: then no row can equal it. */
export function equalities(shape: Shape, filter: Readonly<Record<string, Value>>): Bound | undefined {
  const conditions: string[] = []
  const values: SqlValue[] = []
  for (const name of Object.keys(filter)) {
    const field = fieldNamed(shape, name)
    if (comparable(field, filter[name]) === undefined) return undefined
    equal(field.key, encodeKey(field, filter[name]), conditions, values)
  }
  return { conditions, values }
}

export function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
}

/** The id ends every order, in the direction of the key before it, so that no two rows are level. */
export function termsOf(shape: Shape, sort: readonly SortKey[]): Term[] {
  const terms = sort.map(({ column, descending }): Term => {
    const system = SYSTEM_KEYS.get(column)
    if (system !== undefined) return { sql: system, descending, field: undefined }
    const field = fieldNamed(shape, column)
    return { sql: field.sql, descending, field }
  })
  if (!sort.some((key) => key.column === 'id')) {
    terms.push({ sql: 'id', descending: sort.at(-1)?.descending ?? false, field: undefined })
  }
  return terms
}

/** The quoted name of a declared column or of a key every row has. */
export function columnOf(shape: Shape, name: string): string {
  return SYSTEM_KEYS.get(name) ?? fieldNamed(shape, name).sql
}

/** What every row can be ordered by; no column may be declared under these names. */
export const SYSTEM_KEYS: ReadonlyMap<string, string> = new Map([
  ['id', 'id'],
  ['createdAt', 'created_at'],
  ['updatedAt', 'version'],
])

interface Bound {
  readonly conditions: readonly string[]
  readonly values: readonly SqlValue[]
}

function bounds(terms: readonly Term[], from: ListQuery['from']): Bound[] {
  if (from === undefined) return [{ conditions: [], values: [] }]
  const start = startOf(terms, from)
  return terms.flatMap((_, depth) => beyond(terms, start, terms.length - 1 - depth))
}

/** The rows level with `start` before `last`, and beyond it at `last`. */
function beyond(terms: readonly Term[], start: readonly SqlValue[], last: number): Bound[] {
  const conditions: string[] = []
  const values: SqlValue[] = []
  for (let place = 0; place < last; place += 1) {
    equal(terms[place]?.sql ?? '', start[place] ?? null, conditions, values)
  }
  const term = terms[last]
  const value = start[last] ?? null
  if (term === undefined) return []
  if (value === null) {
    return term.descending ? [] : [{ conditions: [...conditions, `${term.sql} IS NOT NULL`], values }]
  }
  const range = {
    conditions: [...conditions, `${term.sql} ${term.descending ? '<' : '>'} ?`],
    values: [...values, value],
  }
  const nulls = { conditions: [...conditions, `${term.sql} IS NULL`], values }
  return term.descending && term.field !== undefined ? [range, nulls] : [range]
}

function startOf(terms: readonly Term[], from: NonNullable<ListQuery['from']>): SqlValue[] {
  return terms.map((term, place) => {
    if (place === from.keys.length) return from.id
    const key = from.keys[place]
    if (term.field !== undefined) return encode(term.field, key)
    if (typeof key === 'string' || typeof key === 'number') return key
    throw new TypeError(`A list cannot go on from ${typeof key} for ${term.sql}`)
  })
}

function equal(sql: string, value: SqlValue, conditions: string[], values: SqlValue[]): void {
  conditions.push(value === null ? `${sql} IS NULL` : `${sql} = ?`)
  if (value !== null) values.push(value)
}

/** Undefined when the value cannot stand in the column. */
export function comparable(field: Field, value: Value): SqlValue | undefined {
  try {
    return encode(field, value)
  } catch {
    return undefined
  }
}

function assertIndexed(table: Table, { filter, sort }: ListQuery): void {
  const columns = Object.keys(filter)
  const found = table.indexes.some(
    (index) =>
      index.filter.length === columns.length &&
      index.filter.every((column) => Object.hasOwn(filter, column)) &&
      (sameSort(index.sort, sort, false) || sameSort(index.sort, sort, true)),
  )
  if (found || (columns.length === 0 && sort.every((key) => key.column === 'id'))) return
  const by = sort.map((key) => `${key.descending ? '-' : ''}${key.column}`).join(',')
  throw new TypeError(`Table ${table.name} has no index for filter [${columns.join(', ')}] and sort [${by}]`)
}

/** An index read from its other end is sorted the other way round. */
function sameSort(index: readonly SortKey[], sort: readonly SortKey[], reversed: boolean): boolean {
  return (
    index.length === sort.length &&
    index.every((key, place) => {
      const asked = sort[place]
      return asked?.column === key.column && (asked.descending !== key.descending) === reversed
    })
  )
}
