/** What a declaration must be before anything is made of it. Each fault is the programmer's, and named. */
import type { Column, Table } from '../../server/storage.ts'
import { SYSTEM_KEYS } from './list.ts'
import { fieldNamed, shapeOf } from './shape.ts'

/** SQLite compares names without case, and keeps names that begin with `sqlite_` for itself. */
const RESERVED_TABLE = /^(sqlite_|tenfour_tables$)/i

/** Throws TypeError for the first declaration that no table can be made of. `known` names tables prepared before. */
export function assertDeclared(tables: readonly Table[], known: Iterable<string>): void {
  const names = new Set([...known, ...tables.map((table) => table.name)])
  assertDistinct(tables, 'Tables')
  for (const table of tables) {
    if (RESERVED_TABLE.test(table.name)) throw new TypeError(`No table can be named ${table.name}`)
    assertDistinct(table.columns, `Columns of ${table.name}`)
    for (const column of table.columns) assertColumn(table, column, names)
    assertIndexes(table)
  }
}

function assertColumn(table: Table, column: Column, tables: ReadonlySet<string>): void {
  const own = `Column ${table.name}.${column.name}`
  if (SYSTEM_KEYS.has(column.name)) throw new TypeError(`${own}: every row has ${column.name} already`)
  if (column.name === '__proto__') throw new TypeError(`${own} has a name that JavaScript keeps for itself`)
  if (column.unique !== undefined && column.type === 'json') throw new TypeError(`${own}: JSON cannot be unique`)
  if (column.references === undefined) return
  if (column.type !== 'text') throw new TypeError(`${own} refers to an id, and ids are text`)
  if (!tables.has(column.references.table)) {
    throw new TypeError(`${own} refers to table ${column.references.table}, which is not declared`)
  }
}

function assertIndexes(table: Table): void {
  const shape = shapeOf(table)
  for (const { filter, sort } of table.indexes) {
    const declared = [...filter, ...sort.map((key) => key.column).filter((name) => !SYSTEM_KEYS.has(name))]
    for (const name of declared) {
      if (fieldNamed(shape, name).column.type === 'json') {
        throw new TypeError(`Column ${table.name}.${name} holds JSON, by which nothing can be filtered or sorted`)
      }
    }
  }
}

function assertDistinct(named: readonly { readonly name: string }[], what: string): void {
  const seen = new Set<string>()
  for (const { name } of named) {
    const folded = name.toLowerCase()
    if (seen.has(folded)) throw new TypeError(`${what} must differ in more than case: ${name} is declared twice`)
    seen.add(folded)
  }
}
