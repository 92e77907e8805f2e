/** How tables and columns are written in SQL. The names of types say what is stored; SQLite reads TEXT, INT or REAL in them. */
import type { Value } from '../../server/storage.ts'
import type { SqlValue } from './connection.ts'
import { encode, encodeKey, quote } from './shape.ts'
import type { Field, Shape } from './shape.ts'

const TYPES = {
  text: 'TEXT',
  integer: 'INTEGER',
  real: 'REAL',
  boolean: 'BOOLEAN INTEGER',
  json: 'JSON TEXT',
} as const

export function createTable(shape: Shape): string {
  const columns = [
    'id TEXT PRIMARY KEY NOT NULL',
    'version INTEGER NOT NULL',
    'created_at INTEGER NOT NULL',
    'nulls TEXT',
    ...shape.fields.map(defineColumn),
    ...shape.fields.flatMap((field) => (field.folded === undefined ? [] : [defineFolded(field.folded)])),
  ]
  return `CREATE TABLE ${shape.name} (${columns.join(', ')})`
}

/** A column's definition, its shadow's not among it. */
export function defineColumn({ sql, column }: Field): string {
  const { references } = column
  const type = `${sql} ${TYPES[column.type]}`
  if (references === undefined) return type
  // Restrict is SQL's NO ACTION: judged once all that goes with the row is gone, whatever the order.
  const action = references.onDelete === 'cascade' ? 'CASCADE' : 'NO ACTION'
  return `${type} REFERENCES ${quote(references.table)} (id) ON DELETE ${action}`
}

export function defineFolded(folded: string): string {
  return `${folded} TEXT`
}

/** Gives every row in which the column is absent a value. */
export function fillColumn(shape: Shape, field: Field, value: Value): string {
  const stored = encode(field, value)
  const assigned =
    stored === null
      ? [`nulls = json_patch(coalesce(nulls, '{}'), ${literal(JSON.stringify({ [field.name]: 1 }))})`]
      : [`${field.sql} = ${literal(stored)}`]
  if (field.folded !== undefined) assigned.push(`${field.folded} = ${literal(encodeKey(field, value))}`)
  return `UPDATE ${shape.name} SET ${assigned.join(', ')} WHERE ${isAbsent(field)}`
}

/** True of rows where the column is absent; null is a value. */
export function isAbsent(field: Field): string {
  return `(${field.sql} IS NULL AND ${namedNull(field)} IS NULL)`
}

/** True of rows where the column holds a value, or null. */
export function isPresent(field: Field): string {
  return `(${field.sql} IS NOT NULL OR ${namedNull(field)} IS NOT NULL)`
}

function namedNull(field: Field): string {
  return `(SELECT 1 FROM json_each(nulls) WHERE key = ${literal(field.name)})`
}

function literal(value: SqlValue): string {
  if (value === null) return 'NULL'
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
}
