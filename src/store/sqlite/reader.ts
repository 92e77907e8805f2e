/** Questions about rows, asked through one connection: the answers are what that connection sees. */
import type { Head, ListQuery, Reader, Row, Value } from '../../server/storage.ts'
import type { Connection, SqlRow } from './connection.ts'
import { assertSearchable } from './indexes.ts'
import { comparable, equalities, rangesOf, where } from './list.ts'
import { decodeHead, decodeRow, encodeKey, fieldNamed } from './shape.ts'
import type { Shape } from './shape.ts'

export type Shapes = ReadonlyMap<string, Shape>

export class SqlReader implements Reader {
  readonly #connection: Connection
  readonly #shapes: Shapes

  constructor(connection: Connection, shapes: Shapes) {
    this.#connection = connection
    this.#shapes = shapes
  }

  read(table: string, id: string): Row | undefined {
    const shape = shapeNamed(this.#shapes, table)
    const raw = this.#connection.get(shape.selectById, [id])
    return raw && decodeRow(shape, raw)
  }

  peek(table: string, id: string): Head | undefined {
    const shape = shapeNamed(this.#shapes, table)
    const raw = this.#connection.get(shape.selectHead, [id])
    return raw && decodeHead(shape, raw)
  }

  find(table: string, column: string, value: Value): Row | undefined {
    const shape = shapeNamed(this.#shapes, table)
    const field = fieldNamed(shape, column)
    if (field.column.unique === undefined) throw new TypeError(`Column ${column} of ${table} is not unique`)
    const compared = comparable(field, value)
    if (compared === undefined || compared === null) return undefined
    const raw = this.#connection.get(`${shape.select} WHERE ${field.key} = ?`, [encodeKey(field, value)])
    return raw && decodeRow(shape, raw)
  }

  list(table: string, query: ListQuery): readonly Row[] {
    const shape = shapeNamed(this.#shapes, table)
    const found: SqlRow[] = []
    for (const { sql, values } of rangesOf(shape, query)) {
      if (found.length >= query.limit) break
      found.push(...this.#connection.all(sql, [...values, query.limit - found.length]))
    }
    const rows = found.map((raw) => decodeRow(shape, raw))
    return query.backwards ? rows.toReversed() : rows
  }

  count(table: string, filter: Readonly<Record<string, Value>>): number {
    const shape = shapeNamed(this.#shapes, table)
    assertSearchable(shape, Object.keys(filter))
    const equal = equalities(shape, filter)
    if (equal === undefined) return 0
    const counted = this.#connection.get(`SELECT count(*) FROM ${shape.name}${where(equal.conditions)}`, equal.values)
    return Number(counted?.[0] ?? 0)
  }

  /** Throws when the file cannot be read. */
  ping(): void {
    this.#connection.get('SELECT count(*) FROM sqlite_schema')
  }
}

/** Throws for a table that `prepare` was never given. */
export function shapeNamed(shapes: Shapes, table: string): Shape {
  const shape = shapes.get(table)
  if (shape === undefined) throw new TypeError(`No table ${table} has been prepared`)
  return shape
}
