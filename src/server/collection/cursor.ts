/**
 * Cursors: where a list goes on, as one opaque word.
 *
 * The values of the sort keys and the id of a row, so that the next page is found by its place in
 * an index, however deep; and a fingerprint of filter and sort, so that a cursor of another list is
 * refused and not misunderstood. Nothing in it is trusted.
 */
import { hash } from 'node:crypto'
import { isStorable } from './json-value.ts'
import type { Member } from './member.ts'
import type { ColumnType, ListQuery, Row, SortKey, Value } from '../storage.ts'

export type Place = NonNullable<ListQuery['from']>

/** Sets cursors of one list apart from those of another. */
export function fingerprint(filter: Readonly<Record<string, string>>, sort: string): string {
  const entries = Object.entries(filter).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return hash('sha1', JSON.stringify([sort, entries]), 'base64url').slice(0, 6)
}

export function formatCursor(mark: string, { keys, id }: Place): string {
  return Buffer.from(JSON.stringify([mark, ...keys, id])).toString('base64url')
}

/** Undefined for what is no cursor of a list with this fingerprint and sort. */
export function parseCursor(
  text: string,
  mark: string,
  sort: readonly SortKey[],
  members: ReadonlyMap<string, Member>,
): Place | undefined {
  const parts = decode(text)
  if (!Array.isArray(parts) || parts.length !== sort.length + 2 || parts[0] !== mark) return undefined
  const keys: unknown[] = parts.slice(1, -1)
  const id: unknown = parts.at(-1)
  if (typeof id !== 'string' || !isStorable(parts)) return undefined
  return sort.every(({ column }, at) => fits(keys[at], column, members)) ? { keys, id } : undefined
}

/** The place of a row in this order. */
export function placeOf(row: Row, sort: readonly SortKey[]): Place {
  return { keys: sort.map(({ column }) => keyOf(row, column)), id: row.id }
}

function keyOf(row: Row, column: string): Value {
  switch (column) {
    case 'id':
      return row.id
    case 'createdAt':
      return row.createdAt
    case 'updatedAt':
      return row.version
    default:
      return row.values[column] ?? null
  }
}

function fits(key: unknown, column: string, members: ReadonlyMap<string, Member>): boolean {
  if (column === 'id') return typeof key === 'string'
  if (column === 'createdAt' || column === 'updatedAt') return Number.isSafeInteger(key)
  const member = members.get(column)
  return member !== undefined && (key === null ? !member.column.required : IS[member.column.type](key))
}

const IS: Readonly<Record<ColumnType, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  integer: (value) => Number.isSafeInteger(value),
  real: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  json: () => false,
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return undefined
  }
}
