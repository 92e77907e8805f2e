/**
 * What it takes to turn a table that exists into the one declared: objections, and, if there are none, steps.
 *
 * Nothing stored is lost by any step, and nothing declared is left unfulfilled by them. What would break either is an
 * objection, in words for the person who has to decide.
 */
import type { Column } from '../../server/storage.ts'
import type { Connection } from './connection.ts'
import { defineColumn, defineFolded, fillColumn, isAbsent, isPresent } from './definition.ts'
import { quote } from './shape.ts'
import type { Field, Shape } from './shape.ts'

/** The table as it is, and as it is declared. */
export interface Amendment {
  readonly from: Shape
  readonly to: Shape
}

/** Why the table cannot be amended; empty when it can. Reads only. */
export function objections(connection: Connection, { from, to }: Amendment): string[] {
  const name = to.table.name
  const rows = (shape: Shape, condition: string) =>
    Number(connection.get(`SELECT count(*) FROM ${shape.name} WHERE ${condition}`)?.[0] ?? 0)
  const objected: string[] = []
  for (const field of from.fields) {
    const now = to.field.get(field.name)
    if (now?.column.type === field.column.type) continue
    const held = rows(from, isPresent(field))
    if (held === 0) continue
    objected.push(
      now === undefined
        ? `${name}.${field.name} is no longer declared, but ${counted(held, 'row', 'holds', 'hold')} it: declare it again, or remove its values first`
        : `${name}.${field.name} was ${field.column.type} and is declared ${now.column.type}, and ${counted(held, 'row', 'holds', 'hold')} it: declare a new column, and move the values`,
    )
  }
  for (const field of to.fields) {
    const before = kept(from, field)
    const absent = before === undefined ? rows(from, 'TRUE') : before.column.required ? 0 : rows(from, isAbsent(before))
    if (field.column.required && absent > 0 && field.column.initial === undefined) {
      objected.push(
        `${name}.${field.name} is required, but ${counted(absent, 'row', 'is', 'are')} without it: give it an initial value`,
      )
    }
    const shared = before === undefined ? sharedInitial(field, absent) : sharedValues(connection, from, before, field)
    if (shared > 0) {
      objected.push(
        `${name}.${field.name} is unique, but ${counted(shared, 'value', 'is', 'are')} held by more than one row: change them first`,
      )
    }
    const { references } = field.column
    if (before !== undefined && references !== undefined && references.table !== before.column.references?.table) {
      const target = `SELECT 1 FROM ${quote(references.table)} AS target WHERE target.id = ${from.name}.${before.sql}`
      const dangling = rows(from, `${before.sql} IS NOT NULL AND NOT EXISTS (${target})`)
      if (dangling > 0) {
        objected.push(
          `${name}.${field.name} refers to ${references.table}, but ${counted(dangling, 'row', 'refers', 'refer')} to what is not there`,
        )
      }
    }
  }
  return objected
}

function counted(count: number, noun: string, does: string, many: string): string {
  return count === 1 ? `1 ${noun} ${does}` : `${count} ${noun}s ${many}`
}

/** The statements that amend the table, once its indexes that are no longer wanted are gone. */
export function steps({ from, to }: Amendment): string[] {
  const alter = `ALTER TABLE ${to.name}`
  const taken: string[] = []
  for (const field of from.fields) {
    if (kept(to, field) === undefined) taken.push(`${alter} DROP COLUMN ${field.sql}`)
    if (field.folded !== undefined && kept(to, field)?.folded === undefined) {
      taken.push(`${alter} DROP COLUMN ${field.folded}`)
    }
  }
  for (const field of to.fields) {
    const before = kept(from, field)
    if (before === undefined) taken.push(`${alter} ADD COLUMN ${defineColumn(field)}`)
    else if (!sameReference(before.column, field.column)) taken.push(...replaceColumn(to, field))
    if (field.folded !== undefined && before?.folded === undefined) {
      taken.push(`${alter} ADD COLUMN ${defineFolded(field.folded)}`)
      if (before !== undefined) taken.push(`UPDATE ${to.name} SET ${field.folded} = fold(${field.sql})`)
    }
    const { required, initial } = field.column
    if (initial !== undefined && (before === undefined || (required && !before.column.required))) {
      taken.push(fillColumn(to, field, initial))
    }
  }
  return taken
}

/** The column under the same name that holds the same type. */
function kept(shape: Shape, field: Field): Field | undefined {
  const found = shape.field.get(field.name)
  return found?.column.type === field.column.type ? found : undefined
}

/** SQLite cannot change what a column refers to: its values move to one that does. */
function replaceColumn(shape: Shape, field: Field): string[] {
  const alter = `ALTER TABLE ${shape.name}`
  const moved = quote(`${field.name}__moved`)
  return [
    `${alter} ADD COLUMN ${defineColumn({ ...field, sql: moved })}`,
    `UPDATE ${shape.name} SET ${moved} = ${field.sql}`,
    `${alter} DROP COLUMN ${field.sql}`,
    `${alter} RENAME COLUMN ${moved} TO ${field.sql}`,
  ]
}

function sameReference({ references: before }: Column, { references: after }: Column): boolean {
  return before?.table === after?.table && before?.onDelete === after?.onDelete
}

/** How many values several rows hold that only one may hold from now on. */
function sharedValues(connection: Connection, from: Shape, before: Field, field: Field): number {
  if (field.column.unique === undefined || field.column.unique === before.column.unique) return 0
  const key = field.column.unique === 'folded' ? `fold(${before.sql})` : before.sql
  const groups = `SELECT 1 FROM ${from.name} WHERE ${before.sql} IS NOT NULL GROUP BY ${key} HAVING count(*) > 1`
  return Number(connection.get(`SELECT count(*) FROM (${groups})`)?.[0] ?? 0)
}

function sharedInitial({ column }: Field, rows: number): number {
  const held = column.initial !== undefined && column.initial !== null
  return column.unique !== undefined && held && rows > 1 ? 1 : 0
}
