/**
 * How a declared table lies in SQLite: names, SQL that never changes, and the way of each value in and out.
 *
 * A column that is absent and a column that is null are both SQL NULL (so neither collides, refers or counts as a
 * value); the system column `nulls` names those that are null. A folded unique column has a shadow that holds its
 * value in lower case, because SQLite's own NOCASE knows ASCII only.
 */
import type { Column, Head, Row, Table, Value } from '../../server/storage.ts'
import type { SqlRow, SqlValue } from './connection.ts'

/** A declared column and its place in SQL. Names are quoted. */
export interface Field {
  readonly name: string
  readonly column: Column
  readonly sql: string
  /** The shadow column of a folded unique column. */
  readonly folded: string | undefined
  /** The column that is unique: the shadow, or the column itself. */
  readonly key: string
}

export interface Shape {
  readonly table: Table
  /** The quoted name. */
  readonly name: string
  readonly fields: readonly Field[]
  readonly field: ReadonlyMap<string, Field>
  readonly unique: readonly Field[]
  readonly references: readonly Field[]
  readonly guards: readonly Field[]
  readonly select: string
  readonly returning: string
  readonly selectById: string
  readonly selectHead: string
  readonly insert: string
  readonly remove: string
  /** Removes a row that was inserted a moment ago. */
  readonly undo: string
}

/** The columns every table has, before the declared ones. */
const SYSTEM = ['id', 'version', 'created_at', 'nulls'] as const

export function shapeOf(table: Table): Shape {
  const name = quote(table.name)
  const fields = table.columns.map(fieldOf)
  const field = new Map(fields.map((one) => [one.name, one]))
  const guards = table.guards.map((guard) => known(field, table, guard))
  const stored = [
    ...SYSTEM,
    ...fields.map((one) => one.sql),
    ...fields.flatMap((one) => (one.folded === undefined ? [] : [one.folded])),
  ]
  const selected = [...SYSTEM, ...fields.map((one) => one.sql)].join(', ')
  const select = `SELECT ${selected} FROM ${name}`
  return {
    table,
    name,
    fields,
    field,
    unique: fields.filter((one) => one.column.unique !== undefined),
    references: fields.filter((one) => one.column.references !== undefined),
    guards,
    select,
    returning: `RETURNING ${selected}`,
    selectById: `${select} WHERE id = ?`,
    selectHead: `SELECT ${[...SYSTEM, ...guards.map((one) => one.sql)].join(', ')} FROM ${name} WHERE id = ?`,
    insert: `INSERT INTO ${name} (${stored.join(', ')}) VALUES (${stored.map(() => '?').join(', ')})`,
    remove: `DELETE FROM ${name} WHERE id = ? AND version = ?`,
    undo: `DELETE FROM ${name} WHERE id = ?`,
  }
}

/** Throws for a column the table does not declare: the caller's bug, never a client's. */
export function fieldNamed(shape: Shape, name: string): Field {
  return known(shape.field, shape.table, name)
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Throws TypeError for a value of another type than the column's: SQLite would convert it in silence. */
export function encode(field: Field, value: Value): SqlValue {
  if (value === undefined || value === null) return null
  switch (field.column.type) {
    case 'text':
      if (typeof value === 'string') return value
      break
    case 'integer':
      if (typeof value === 'number' && Number.isInteger(value)) return value
      break
    case 'real':
      if (typeof value === 'number' && !Number.isNaN(value)) return value
      break
    case 'boolean':
      if (typeof value === 'boolean') return value ? 1 : 0
      break
    case 'json': {
      // Of a function or a symbol there is none.
      const text: string | undefined = JSON.stringify(value)
      if (text !== undefined) return text
    }
  }
  throw new TypeError(`Column ${field.name} holds ${field.column.type}, not ${typeof value}`)
}

/** The value as the column's uniqueness compares it. */
export function encodeKey(field: Field, value: Value): SqlValue {
  return field.folded === undefined ? encode(field, value) : fold(encode(field, value))
}

export function fold(value: SqlValue): SqlValue {
  return typeof value === 'string' ? value.toLowerCase() : value
}

/** The parameters of `shape.insert`. */
export function encodeRow(shape: Shape, row: Row): SqlValue[] {
  const encoded: SqlValue[] = [row.id, row.version, row.createdAt, nullsOf(row.values)]
  for (const field of shape.fields) encoded.push(encode(field, row.values[field.name]))
  for (const field of shape.fields)
    if (field.folded !== undefined) encoded.push(encodeKey(field, row.values[field.name]))
  return encoded
}

/** A row that `shape.select` selected. */
export function decodeRow(shape: Shape, raw: SqlRow): Row {
  const { id, version, createdAt, values } = decode(shape.fields, raw)
  return { id, version, createdAt, values }
}

/** A row that `shape.selectHead` selected. */
export function decodeHead(shape: Shape, raw: SqlRow): Head {
  const { id, version, createdAt, values } = decode(shape.guards, raw)
  return { id, version, createdAt, guards: values }
}

/** The declared columns that have a value; throws for a column the table does not declare. */
export function present(shape: Shape, given: Readonly<Record<string, Value>>): Record<string, Value> {
  const values: Record<string, Value> = {}
  for (const name of Object.keys(given)) {
    fieldNamed(shape, name)
    if (given[name] !== undefined) values[name] = given[name]
  }
  return values
}

function fieldOf(column: Column): Field {
  const own = SYSTEM.some((name) => name === column.name.toLowerCase()) ? `_${column.name}` : column.name
  const sql = quote(own)
  const folded = column.unique === 'folded' ? quote(`${own}__folded`) : undefined
  return { name: column.name, column, sql, folded, key: folded ?? sql }
}

function known(fields: ReadonlyMap<string, Field>, table: Table, name: string): Field {
  const field = fields.get(name)
  if (field === undefined) throw new TypeError(`Table ${table.name} declares no column ${name}`)
  return field
}

function nullsOf(values: Readonly<Record<string, Value>>): string | null {
  let nulls: Record<string, 1> | undefined
  for (const name in values) if (values[name] === null) (nulls ??= {})[name] = 1
  return nulls === undefined ? null : JSON.stringify(nulls)
}

interface Decoded {
  readonly id: string
  readonly version: number
  readonly createdAt: number
  readonly values: Record<string, Value>
}

function decode(fields: readonly Field[], raw: SqlRow): Decoded {
  const [id, version, createdAt, nulls] = raw
  if (typeof id !== 'string' || typeof version !== 'number' || typeof createdAt !== 'number') {
    throw new TypeError('A stored row has no id, version or time')
  }
  const values: Record<string, Value> = {}
  const named = typeof nulls === 'string' ? nulls : undefined
  const isNull: Readonly<Record<string, unknown>> | undefined = named === undefined ? undefined : JSON.parse(named)
  for (let place = 0; place < fields.length; place += 1) {
    const field = fields[place]
    const stored = raw[SYSTEM.length + place]
    if (field === undefined || stored === undefined) continue
    if (stored !== null) values[field.name] = decodeValue(field.column, stored)
    else if (isNull !== undefined && Object.hasOwn(isNull, field.name)) values[field.name] = null
  }
  return { id, version, createdAt, values }
}

function decodeValue(column: Column, stored: string | number): Value {
  if (column.type === 'boolean') return stored === 1
  return column.type === 'json' && typeof stored === 'string' ? JSON.parse(stored) : stored
}
