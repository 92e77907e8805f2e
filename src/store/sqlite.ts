/**
 * A store in one SQLite file: one connection writes, in groups, and one reads what is committed.
 *
 * Several processes may share the file. Every call answers at once or fails at once: a lock held by another process
 * is asked for again for two seconds and never waited for, and a file that is gone is never written to.
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Eventually, Head, ListQuery, Row, Store, Table, Transaction, Value } from '../server/storage.ts'
import { pathOf } from './sqlite/address.ts'
import { Breaker } from './sqlite/breaker.ts'
import { Clock } from './sqlite/clock.ts'
import type { Durability } from './sqlite/connection.ts'
import { faultOf, toThrown, unavailable } from './sqlite/fault.ts'
import { GroupCommit } from './sqlite/group.ts'
import { Handle } from './sqlite/handle.ts'
import { Heads } from './sqlite/heads.ts'
import { migrate } from './sqlite/migration.ts'
import { SqlReader } from './sqlite/reader.ts'
import { headOf, shapeOf } from './sqlite/shape.ts'
import type { Shape } from './sqlite/shape.ts'
import { SqlTransaction } from './sqlite/transaction.ts'
import type { Change } from './sqlite/transaction.ts'

/** Something worth a line in the log. */
export type StoreEvent =
  | { readonly kind: 'unreachable' | 'failed'; readonly cause: unknown }
  | { readonly kind: 'restored' }

export interface SqliteOptions {
  /** `power` (the default): an answered write survives the loss of power. `process`: only the death of the process. */
  readonly durability?: Durability
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  readonly log?: (event: StoreEvent) => void
}

const LOCK_MS = 2_000
const PAUSE_MS = 10
/** A look at the path costs microseconds: reads take one now and then, writes before each group. */
const LOOK_MS = 100

/** Opens the database at a `file:` address, creating it and its folders. Rejects with Unavailable when it cannot be used. */
export async function openSqlite(url: string, options: SqliteOptions = {}): Promise<Store> {
  const path = pathOf(url)
  mkdirSync(dirname(path), { recursive: true })
  const handle = await patiently(() => new Handle(path, options.durability ?? 'power'))
  return new SqliteStore(handle, new Clock(options.now ?? Date.now), options.log ?? (() => undefined))
}

class SqliteStore implements Store {
  readonly #handle: Handle
  readonly #clock: Clock
  readonly #log: (event: StoreEvent) => void
  readonly #breaker: Breaker
  readonly #group: GroupCommit
  readonly #heads = new Map<string, Heads>()
  #shapes: ReadonlyMap<string, Shape> = new Map()
  #reader: SqlReader
  #looked = 0
  #seen: number | undefined
  #fresh = false
  #closed = false

  constructor(handle: Handle, clock: Clock, log: (event: StoreEvent) => void) {
    this.#handle = handle
    this.#clock = clock
    this.#log = log
    this.#reader = new SqlReader(handle.reader, this.#shapes)
    this.#breaker = new Breaker({
      busy: () => this.#group.active,
      revive: () => this.#revive(),
      tripped: (cause) => this.#log({ kind: 'unreachable', cause }),
      restored: () => this.#log({ kind: 'restored' }),
    })
    this.#group = new GroupCommit({
      begin: () => this.#begin(),
      transaction: () => new SqlTransaction(this.#handle.writer, this.#shapes, this.#clock),
      whole: () => this.#handle.writer.inTransaction,
      commit: (changes) => this.#commit(changes),
      rollback: () => this.#rollback(),
      failed: (error) => this.#failed(error),
    })
  }

  get reachable(): boolean {
    return !this.#closed && !this.#breaker.tripped
  }

  async prepare(tables: readonly Table[]): Promise<void> {
    this.#assertReachable()
    await this.#group.drained()
    await patiently(() => migrate(this.#handle.writer, tables))
    this.#shapes = new Map([...this.#shapes, ...tables.map((table) => [table.name, shapeOf(table)] as const)])
    this.#reader = new SqlReader(this.#handle.reader, this.#shapes)
    for (const { name } of tables) this.#heads.set(name, new Heads())
  }

  read(table: string, id: string): Eventually<Row | undefined> {
    return this.#answer((reader) => reader.read(table, id))
  }

  find(table: string, column: string, value: Value): Eventually<Row | undefined> {
    return this.#answer((reader) => reader.find(table, column, value))
  }

  list(table: string, query: ListQuery): Eventually<readonly Row[]> {
    return this.#answer((reader) => reader.list(table, query))
  }

  count(table: string, filter: Readonly<Record<string, Value>>): Eventually<number> {
    return this.#answer((reader) => reader.count(table, filter))
  }

  peek(table: string, id: string): Eventually<Head | undefined> {
    this.#refresh()
    const known = this.#heads.get(table)?.get(id)
    if (known !== undefined && this.reachable) return known
    return this.#answer((reader) => {
      const head = reader.peek(table, id)
      if (head !== undefined) this.#heads.get(table)?.set(head)
      return head
    })
  }

  write<T>(work: (tx: Transaction) => Eventually<T>, refused?: (result: T) => boolean): Promise<T> {
    return this.reachable ? this.#group.add(work, refused) : Promise.reject(this.#unreachable())
  }

  ping(): Eventually<void> {
    this.#looked = 0
    return this.#answer(() => void this.#handle.reader.get('SELECT count(*) FROM sqlite_schema'))
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#breaker.stop()
    await this.#group.drained()
    this.#handle.close()
  }

  /** At once if it can be; while another process locks the file, later. */
  #answer<T>(ask: (reader: SqlReader) => T): Eventually<T> {
    this.#assertReachable()
    this.#look()
    try {
      return ask(this.#reader)
    } catch (error) {
      if (faultOf(error) === 'busy') return patiently(() => ask(this.#reader)).catch((late) => this.#throw(late))
      return this.#throw(error)
    }
  }

  #throw(error: unknown): never {
    if (faultOf(error) === 'lost') this.#breaker.trip(error)
    throw this.#failed(error)
  }

  #begin(): void {
    if (this.#breaker.tripped) throw this.#unreachable()
    this.#looked = 0
    this.#look()
    this.#handle.writer.run('BEGIN IMMEDIATE')
  }

  #commit(changes: readonly Change[]): void {
    this.#handle.writer.run('COMMIT')
    for (const { shape, id, row } of changes) {
      const heads = this.#heads.get(shape.table.name)
      if (id === undefined) heads?.clear()
      else if (row === undefined) heads?.delete(id)
      else heads?.set(headOf(shape, row))
    }
  }

  #rollback(): void {
    try {
      if (this.#handle.writer.inTransaction) this.#handle.writer.run('ROLLBACK')
    } catch (error) {
      this.#failed(error)
    }
  }

  #failed(error: unknown): unknown {
    const fault = faultOf(error)
    if (fault === 'lost' || fault === 'damaged') {
      this.#log({ kind: 'failed', cause: error })
      this.#breaker.suspect()
    }
    return toThrown(error)
  }

  #revive(): void {
    this.#handle.reopen()
    this.#handle.reader.get('SELECT count(*) FROM sqlite_schema')
    this.#reader = new SqlReader(this.#handle.reader, this.#shapes)
    this.#seen = undefined
  }

  /** Throws when the file is found to be gone. */
  #look(): void {
    const now = performance.now()
    if (now - this.#looked < LOOK_MS) return
    this.#looked = now
    if (this.#handle.inPlace) return
    this.#breaker.trip(unavailable('the database file is not where it was opened'))
    throw this.#unreachable()
  }

  /** Once in a turn of the event loop: when another process has written, every head may be old. */
  #refresh(): void {
    if (this.#fresh || !this.reachable) return
    this.#fresh = true
    setImmediate(() => {
      this.#fresh = false
    })
    this.#look()
    const seen = Number(this.#handle.writer.get('PRAGMA data_version')?.[0])
    if (seen !== this.#seen) for (const heads of this.#heads.values()) heads.clear()
    this.#seen = seen
  }

  #assertReachable(): void {
    if (!this.reachable) throw this.#unreachable()
  }

  #unreachable(): Error {
    return unavailable(this.#closed ? 'the database is closed' : 'the database cannot be reached')
  }
}

/** Tries again, for two seconds, while another connection holds the lock. */
async function patiently<T>(attempt: () => T): Promise<T> {
  for (const until = performance.now() + LOCK_MS; ;) {
    try {
      return attempt()
    } catch (error) {
      if (faultOf(error) !== 'busy' || performance.now() > until) throw error
    }
    await sleep(PAUSE_MS)
  }
}
