/**
 * Which columns made a constraint fail. SQLite names at most one, and none for a reference, so the rows are asked
 * after the failure, in the same transaction: nothing can have changed in between.
 */
import type { Refusal, Row, Value } from '../../server/storage.ts'
import type { Connection } from './connection.ts'
import { codeOf } from './fault.ts'
import { encodeKey, quote } from './shape.ts'
import type { Shape } from './shape.ts'
import type { Shapes } from './reader.ts'

/** Undefined when the error is no refusal of these values. */
export function refusalOf(
  error: unknown,
  connection: Connection,
  shape: Shape,
  id: string,
  values: Row['values'],
): Refusal | undefined {
  switch (codeOf(error)) {
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
      return { kind: 'conflict', columns: ['id', ...taken(connection, shape, id, values)] }
    case 'SQLITE_CONSTRAINT_UNIQUE':
      return { kind: 'conflict', columns: taken(connection, shape, id, values) }
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
      return { kind: 'dangling', columns: dangling(connection, shape, id, values) }
    default:
      return undefined
  }
}

/** The table whose rows forbid that a row is removed: its own referrers first, then those of rows that go with it. */
export function restrictedBy(connection: Connection, shapes: Shapes, table: string, id: string): string | undefined {
  const referring = [...shapes.values()].flatMap((shape) =>
    shape.references.filter((field) => field.column.references?.table === table).map((field) => ({ shape, field })),
  )
  for (const { shape, field } of referring) {
    if (field.column.references?.onDelete !== 'restrict') continue
    const found = connection.get(`SELECT 1 FROM ${shape.name} WHERE ${field.sql} = ? LIMIT 1`, [id])
    if (found) return shape.table.name
  }
  for (const { shape, field } of referring) {
    if (field.column.references?.onDelete !== 'cascade') continue
    for (const [child] of connection.all(`SELECT id FROM ${shape.name} WHERE ${field.sql} = ?`, [id])) {
      const found = restrictedBy(connection, shapes, shape.table.name, String(child))
      if (found !== undefined) return found
    }
  }
  return undefined
}

function taken(connection: Connection, shape: Shape, id: string, values: Readonly<Record<string, Value>>): string[] {
  return shape.unique
    .filter((field) => {
      const key = encodeKey(field, values[field.name])
      const sql = `SELECT 1 FROM ${shape.name} WHERE ${field.key} = ? AND id <> ?`
      return key !== null && connection.get(sql, [key, id]) !== undefined
    })
    .map((field) => field.name)
}

function dangling(connection: Connection, shape: Shape, id: string, values: Readonly<Record<string, Value>>): string[] {
  return shape.references
    .filter(({ name, column }) => {
      const target = column.references?.table
      const value = values[name]
      if (target === undefined || typeof value !== 'string') return false
      if (target === shape.table.name && value === id) return false
      return connection.get(`SELECT 1 FROM ${quote(target)} WHERE id = ?`, [value]) === undefined
    })
    .map((field) => field.name)
}
