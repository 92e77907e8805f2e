/** The statements of a write that are another for each: which columns change, and of which rows. */
import type { Value } from '../../server/storage.ts'
import type { SqlValue } from './connection.ts'
import { columnOf, comparable } from './list.ts'
import { encode, encodeKey, fieldNamed } from './shape.ts'
import type { Field, Shape } from './shape.ts'

/** Which columns of a row are null is stored beside them, so setting some merges into it (RFC 7396). */
export function updateOf(
  shape: Shape,
  changes: Readonly<Record<string, Value>>,
): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const assignments = ['version = ?']
  const values: SqlValue[] = []
  const nulls: Record<string, 1 | null> = {}
  const assign = (column: string, value: SqlValue): void => {
    assignments.push(`${column} = ?`)
    values.push(value)
  }
  for (const name of Object.keys(changes)) {
    const field = fieldNamed(shape, name)
    const value = changes[name]
    assign(field.sql, encode(field, value))
    if (field.folded !== undefined) assign(field.folded, encodeKey(field, value))
    nulls[name] = value === null ? 1 : null
  }
  assignments.push(`nulls = nullif(json_patch(coalesce(nulls, '{}'), ?), '{}')`)
  values.push(JSON.stringify(nulls))
  return {
    sql: `UPDATE ${shape.name} SET ${assignments.join(', ')} WHERE id = ? AND version = ? ${shape.returning}`,
    values,
  }
}

/** What a row has to hold; undefined where nothing can. */
export function conditionOf(
  shape: Shape,
  where: { readonly column: string; readonly equals?: Value; readonly below?: number },
): { readonly sql: string; readonly value: SqlValue } | undefined {
  if (where.below !== undefined) return { sql: `${columnOf(shape, where.column)} < ?`, value: where.below }
  const field: Field = fieldNamed(shape, where.column)
  const value = comparable(field, where.equals)
  if (value === undefined || value === null) return undefined
  return { sql: `${field.key} = ?`, value: encodeKey(field, where.equals) }
}
