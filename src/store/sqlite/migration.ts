/**
 * Bringing the tables in the file up to what is declared, all of them or none.
 *
 * The file keeps each declaration it has been brought up to, so that an unchanged one costs one look, and tables that
 * are no longer declared keep their rows and their rules. Several processes may do this at once: the first one in
 * does it, the others find it done.
 */
import { MigrationRefused } from '../../server/storage.ts'
import type { Column, Table } from '../../server/storage.ts'
import { objections, steps } from './amendment.ts'
import type { Connection } from './connection.ts'
import { createTable } from './definition.ts'
import { indexesOf } from './indexes.ts'
import { fold, quote, shapeOf } from './shape.ts'
import type { Shape } from './shape.ts'

const DECLARATIONS = 'tenfour_tables'

export interface Migrated {
  /** Every table in the file, declared now or before. */
  readonly shapes: readonly Shape[]
  /** The statements it took. */
  readonly statements: readonly string[]
}

/** Throws MigrationRefused, and changes nothing, when something stored would be lost or does not fit. */
export function migrate(connection: Connection, tables: readonly Table[]): Migrated {
  const shapes = tables.map(shapeOf)
  const statements = isCurrent(connection, tables) ? [] : amendAll(connection, shapes)
  const left = declarationsIn(connection)
  for (const { name } of tables) left.delete(name)
  return { shapes: [...shapes, ...[...left.values()].map(shapeOf)], statements }
}

/** True when the file has every table it was brought up to. */
export function holds(connection: Connection, shapes: Iterable<Shape>): boolean {
  const stored = storedIn(connection)
  return [...shapes].every((shape) => stored.has(shape.table.name) && exists(connection, shape))
}

function isCurrent(connection: Connection, tables: readonly Table[]): boolean {
  const stored = storedIn(connection)
  return tables.every((table) => stored.get(table.name) === textOf(table))
}

function amendAll(connection: Connection, shapes: readonly Shape[]): string[] {
  connection.define('fold', fold)
  connection.run('BEGIN IMMEDIATE')
  try {
    const taken = amend(connection, shapes)
    connection.run('COMMIT')
    return taken
  } catch (error) {
    if (connection.inTransaction) connection.run('ROLLBACK')
    throw error
  }
}

function amend(connection: Connection, shapes: readonly Shape[]): string[] {
  connection.exec(
    `CREATE TABLE IF NOT EXISTS ${DECLARATIONS} (name TEXT PRIMARY KEY NOT NULL, declaration TEXT NOT NULL)`,
  )
  const declared = declarationsIn(connection)
  const amendments = shapes.flatMap((to) => {
    const before = declared.get(to.table.name)
    return before === undefined ? [] : [{ from: shapeOf(before), to }]
  })
  const fresh = shapes.filter((shape) => !declared.has(shape.table.name))
  const objected = [
    ...fresh.filter((shape) => exists(connection, shape)).map(({ table }) => strange(table)),
    ...amendments.flatMap((amendment) => objections(connection, amendment)),
  ]
  if (objected.length > 0) throw new MigrationRefused(objected)
  const amended = new Map(amendments.map((amendment) => [amendment.to, steps(amendment)]))
  const unwanted = shapes.flatMap((shape) => unwantedIndexes(connection, shape, amended.get(shape) ?? []))
  const taken = [...unwanted, ...fresh.map(createTable), ...[...amended.values()].flat()]
  for (const sql of taken) connection.exec(sql)
  const made = indexNames(connection)
  const missing = shapes.flatMap(indexesOf).filter((index) => !made.has(index.name))
  for (const { sql } of missing) connection.exec(sql)
  for (const { table } of shapes) {
    connection.run(`INSERT OR REPLACE INTO ${DECLARATIONS} (name, declaration) VALUES (?, ?)`, [
      table.name,
      textOf(table),
    ])
  }
  return [...taken, ...missing.map((index) => index.sql)]
}

/** All of them when a column goes: SQLite drops no column that an index names. */
function unwantedIndexes(connection: Connection, shape: Shape, amending: readonly string[]): string[] {
  const drops = amending.some((sql) => sql.includes(' DROP COLUMN '))
  const wanted = new Set(drops ? [] : indexesOf(shape).map((index) => index.name))
  return [...indexNames(connection, shape.table.name)]
    .filter((name) => !wanted.has(name))
    .map((name) => `DROP INDEX ${quote(name)}`)
}

/** Of one table, or of all; those SQLite made by itself have no SQL. */
function indexNames(connection: Connection, table?: string): Set<string> {
  const sql = `SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = coalesce(?, tbl_name)`
  return new Set(connection.all(sql, [table ?? null]).map(([name]) => String(name)))
}

function exists(connection: Connection, { table }: Shape): boolean {
  const sql = `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE`
  return connection.get(sql, [table.name]) !== undefined
}

function strange({ name }: Table): string {
  return `A table ${name} is there, but no declaration of it: use another file, or give that table another name`
}

function declarationsIn(connection: Connection): Map<string, Table> {
  return new Map([...storedIn(connection)].map(([name, text]) => [name, tableOf(name, text)]))
}

function storedIn(connection: Connection): Map<string, string> {
  const made = connection.get(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '${DECLARATIONS}'`)
  const rows = made === undefined ? [] : connection.all(`SELECT name, declaration FROM ${DECLARATIONS}`)
  return new Map(rows.map(([name, declaration]) => [String(name), String(declaration)]))
}

/** What matters of a declaration to the file: guards and initial values do not. */
function textOf({ columns, indexes }: Table): string {
  return JSON.stringify({
    columns: columns.map(({ name, type, unique, references, required }) => ({
      name,
      type,
      unique,
      references,
      required,
    })),
    indexes: indexes.map(({ filter, sort }) => ({
      filter,
      sort: sort.map(({ column, descending }) => ({ column, descending })),
    })),
  })
}

function tableOf(name: string, text: string): Table {
  const stored: { readonly columns: readonly Column[]; readonly indexes: Table['indexes'] } = JSON.parse(text)
  return { name, guards: [], ...stored }
}
