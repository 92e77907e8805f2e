/** Bringing the tables in the file up to what is declared. */
import type { Table } from '../../server/storage.ts'
import type { Connection } from './connection.ts'
import { indexesOf } from './indexes.ts'
import { quote, shapeOf } from './shape.ts'
import type { Field, Shape } from './shape.ts'

const TYPES = { text: 'TEXT', integer: 'INTEGER', real: 'REAL', boolean: 'INTEGER', json: 'TEXT' } as const

/** In a transaction of its own. */
export function migrate(connection: Connection, tables: readonly Table[]): void {
  for (const table of tables) {
    const shape = shapeOf(table)
    connection.exec(createTable(shape))
    for (const { sql } of indexesOf(shape)) connection.exec(sql.replace('INDEX', 'INDEX IF NOT EXISTS'))
  }
}

function createTable(shape: Shape): string {
  const columns = [
    'id TEXT PRIMARY KEY NOT NULL',
    'version INTEGER NOT NULL',
    'created_at INTEGER NOT NULL',
    'nulls TEXT',
    ...shape.fields.map(defineColumn),
    ...shape.fields.flatMap((field) => (field.folded === undefined ? [] : [`${field.folded} TEXT`])),
  ]
  return `CREATE TABLE IF NOT EXISTS ${shape.name} (${columns.join(', ')})`
}

function defineColumn({ sql, column }: Field): string {
  const { references } = column
  const type = `${sql} ${TYPES[column.type]}`
  if (references === undefined) return type
  // Restrict is SQL's NO ACTION: judged once all that goes with the row is gone, whatever the order.
  const action = references.onDelete === 'cascade' ? 'CASCADE' : 'NO ACTION'
  return `${type} REFERENCES ${quote(references.table)} (id) ON DELETE ${action}`
}
