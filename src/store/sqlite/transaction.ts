/**
 * One write's view of the database: its changes, the savepoint that can undo them, and what they did to heads.
 *
 * It ends when its work has: a transaction kept and used later throws, and can never reach another write's rows.
 */
import type { Inserted, ListQuery, Refusal, Removed, Row, Transaction, Updated, Value } from '../../server/storage.ts'
import type { Clock } from './clock.ts'
import type { Connection } from './connection.ts'
import { codeOf, unavailable } from './fault.ts'
import { assertSearchable } from './indexes.ts'
import { shapeNamed, SqlReader } from './reader.ts'
import type { Shapes } from './reader.ts'
import { refusalOf, restrictedBy } from './refusal.ts'
import type { Written } from './refusal.ts'
import { decodeRow, encodeRow, present } from './shape.ts'
import type { Shape } from './shape.ts'
import { conditionOf, updateOf } from './statement.ts'

/** `id` is undefined when any row of the table may have changed. */
export interface Change {
  readonly shape: Shape
  readonly id: string | undefined
}

export class SqlTransaction implements Transaction {
  readonly changes: Change[] = []
  readonly #connection: Connection
  readonly #shapes: Shapes
  readonly #clock: Clock
  readonly #reader: SqlReader
  /** The row inserted before any savepoint. */
  #first: { readonly shape: Shape; readonly id: string } | undefined
  #saved = false
  #ended = false

  constructor(connection: Connection, shapes: Shapes, clock: Clock) {
    this.#connection = connection
    this.#shapes = shapes
    this.#clock = clock
    this.#reader = new SqlReader(connection, shapes)
  }

  read(table: string, id: string): Row | undefined {
    this.#use()
    return this.#reader.read(table, id)
  }

  find(table: string, column: string, value: Value): Row | undefined {
    this.#use()
    return this.#reader.find(table, column, value)
  }

  list(table: string, query: ListQuery): readonly Row[] {
    this.#use()
    return this.#reader.list(table, query)
  }

  count(table: string, filter: Readonly<Record<string, Value>>): number {
    this.#use()
    return this.#reader.count(table, filter)
  }

  insert(table: string, values: Readonly<Record<string, Value>>, id = this.#clock.id()): Inserted {
    const alone = this.#first === undefined && !this.#saved
    const shape = alone ? this.#shape(table) : this.#change(table)
    const createdAt = this.#clock.now()
    const row: Row = { id, version: this.#clock.version(), createdAt, values: present(shape, values) }
    try {
      this.#connection.run(shape.insert, encodeRow(shape, row))
    } catch (error) {
      return this.#refusal(error, shape, { id, isNew: true, values })
    }
    if (alone) this.#first = { shape, id }
    this.changes.push({ shape, id })
    return { kind: 'done', row }
  }

  update(table: string, id: string, expected: number, changes: Readonly<Record<string, Value>>): Updated {
    const shape = this.#change(table)
    const { sql, values } = updateOf(shape, changes)
    const version = this.#clock.version(expected)
    let raw
    try {
      raw = this.#connection.get(sql, [version, ...values, id, expected])
    } catch (error) {
      return this.#refusal(error, shape, { id, isNew: false, values: changes })
    }
    if (raw === undefined) return { kind: 'stale' }
    const row = decodeRow(shape, raw)
    this.changes.push({ shape, id })
    return { kind: 'done', row }
  }

  remove(table: string, id: string, expected: number): Removed {
    const shape = this.#change(table)
    let removed
    try {
      removed = this.#connection.run(shape.remove, [id, expected])
    } catch (error) {
      if (codeOf(error) !== 'SQLITE_CONSTRAINT_FOREIGNKEY') throw error
      const restricting = restrictedBy(this.#connection, this.#shapes, table, id)
      if (restricting === undefined) throw error
      return { kind: 'restricted', table: restricting }
    }
    if (removed === 0) return { kind: 'stale' }
    this.#clock.retire(expected)
    this.changes.push({ shape, id })
    this.#cascaded(table)
    return { kind: 'done' }
  }

  removeAll(
    table: string,
    where: { readonly column: string; readonly equals?: Value; readonly below?: number },
  ): number {
    const shape = this.#change(table)
    assertSearchable(shape, [where.column])
    const condition = conditionOf(shape, where)
    if (condition === undefined) return 0
    const removed = this.#connection.all(`DELETE FROM ${shape.name} WHERE ${condition.sql} RETURNING id`, [
      condition.value,
    ])
    for (const [id] of removed) this.changes.push({ shape, id: String(id) })
    if (removed.length > 0) this.#cascaded(table)
    return removed.length
  }

  /** Undoes what was done and ends. */
  undo(): void {
    this.#ended = true
    this.changes.length = 0
    if (!this.#connection.inTransaction) return
    if (this.#saved) {
      this.#connection.run('ROLLBACK TO one_write')
      this.#connection.run('RELEASE one_write')
    }
    if (this.#first !== undefined) this.#connection.run(this.#first.shape.undo, [this.#first.id])
  }

  /** Keeps what was done, for the commit to come, and ends. */
  keep(): void {
    this.#ended = true
    if (this.#saved && this.#connection.inTransaction) this.#connection.run('RELEASE one_write')
  }

  #shape(table: string): Shape {
    this.#use()
    return shapeNamed(this.#shapes, table)
  }

  #use(): void {
    if (this.#ended) throw new Error('This transaction has ended: await everything that is done in it')
    // SQLite undoes a transaction by itself when the disk is full: what came next would be committed on its own.
    if (!this.#connection.inTransaction) throw unavailable('the transaction was undone')
  }

  /**
   * Before a change, a savepoint: another write's changes may stand before it. A first insert goes without, because
   * most writes are one insert, a savepoint costs half as much again, and to undo an insert is to remove one row.
   */
  #change(table: string): Shape {
    const shape = this.#shape(table)
    if (!this.#saved) this.#connection.run('SAVEPOINT one_write')
    this.#saved = true
    return shape
  }

  #refusal(error: unknown, shape: Shape, written: Written): Refusal {
    const refusal = refusalOf(error, this.#connection, shape, written)
    if (refusal === undefined) throw error
    return refusal
  }

  /** Rows that went with a removed one are not named by SQLite. */
  #cascaded(table: string, seen = new Set<string>()): void {
    seen.add(table)
    for (const shape of this.#shapes.values()) {
      const cascades = shape.references.some(
        ({ column: { references } }) => references?.table === table && references.onDelete === 'cascade',
      )
      if (!cascades) continue
      this.changes.push({ shape, id: undefined })
      if (!seen.has(shape.table.name)) this.#cascaded(shape.table.name, seen)
    }
  }
}
