/**
 * Which columns made a constraint fail. SQLite names at most one, and none for a reference, so the rows are asked
 * after the failure, in the same transaction: nothing can have changed in between.
 */
import type { Refusal, Value } from '../../server/storage.ts'
import type { Connection } from './connection.ts'
import { codeOf } from './fault.ts'
import { encodeKey, quote } from './shape.ts'
import type { Shape } from './shape.ts'
import type { Shapes } from './reader.ts'

/** What was written, and under which id. A new row cannot be its own rival; a changed one can. */
export interface Written {
  readonly id: string
  readonly isNew: boolean
  readonly values: Readonly<Record<string, Value>>
}

/** Undefined when the error is no refusal of what was written. */
export function refusalOf(error: unknown, connection: Connection, shape: Shape, written: Written): Refusal | undefined {
  switch (codeOf(error)) {
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
    case 'SQLITE_CONSTRAINT_UNIQUE':
      return { kind: 'conflict', columns: taken(connection, shape, written) }
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
      return { kind: 'dangling', columns: dangling(connection, shape, written) }
    default:
      return undefined
  }
}

/** The table whose rows forbid that a row is removed: its own referrers first, then those of rows that go with it. */
export function restrictedBy(
  connection: Connection,
  shapes: Shapes,
  table: string,
  id: string,
  seen = new Set<string>(),
): string | undefined {
  seen.add(`${table} ${id}`)
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
      // Rows may go round in a circle.
      if (seen.has(`${shape.table.name} ${child}`)) continue
      const found = restrictedBy(connection, shapes, shape.table.name, String(child), seen)
      if (found !== undefined) return found
    }
  }
  return undefined
}

function taken(connection: Connection, shape: Shape, { id, isNew, values }: Written): string[] {
  const columns = shape.unique
    .filter((field) => {
      const key = encodeKey(field, values[field.name])
      if (key === null) return false
      const holder = connection.get(`SELECT id FROM ${shape.name} WHERE ${field.key} = ?`, [key])?.[0]
      return holder !== undefined && (isNew || holder !== id)
    })
    .map((field) => field.name)
  return isNew && connection.get(shape.selectHead, [id]) ? ['id', ...columns] : columns
}

function dangling(connection: Connection, shape: Shape, { id, values }: Written): string[] {
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
