/** The storage port on one SQLite file: what is asked of whom, and what is done when it fails. */
import { Full } from '../../server/fault.ts'
import type { Eventually, Head, ListQuery, Row, Store, Table, Transaction, Value } from '../../server/storage.ts'
import { Breaker } from './breaker.ts'
import type { Clock } from './clock.ts'
import { assertDeclared } from './declaration.ts'
import { codeOf, faultOf, toThrown, unavailable } from './fault.ts'
import { isOutOfRoom } from './file.ts'
import { GroupCommit } from './group.ts'
import type { Handle } from './handle.ts'
import { Memory } from './memory.ts'
import { holds, migrate } from './migration.ts'
import type { Migrated } from './migration.ts'
import { patiently } from './patience.ts'
import { SqlReader } from './reader.ts'
import type { Shapes } from './reader.ts'
import { SqlTransaction } from './transaction.ts'

/** Something worth a line in the log. */
export type StoreEvent =
  | { readonly kind: 'unreachable'; readonly cause: unknown }
  | { readonly kind: 'restored' }
  | { readonly kind: 'migrated'; readonly statements: readonly string[] }

/** Another process may be migrating the same file. */
const PREPARE_MS = 60_000
/** A look at the path costs microseconds: writes take one before each group, reads now and then. */
const LOOK_MS = 100

export class SqliteStore implements Store {
  readonly #handle: Handle
  readonly #log: (event: StoreEvent) => void
  readonly #breaker: Breaker
  readonly #group: GroupCommit
  readonly #memory: Memory
  #shapes: Shapes = new Map()
  #reader: SqlReader
  #looked = 0
  #closed = false

  constructor(handle: Handle, clock: Clock, log: (event: StoreEvent) => void) {
    this.#handle = handle
    this.#log = log
    this.#reader = new SqlReader(handle.reader, this.#shapes)
    this.#memory = new Memory(() => {
      this.#assertInPlace()
      return handle.writer.get('PRAGMA data_version')?.[0]
    })
    this.#breaker = new Breaker({
      busy: () => handle.writer.inTransaction,
      revive: () => this.#revive(),
      answers: () => this.#isSound(),
      tripped: (cause) => log({ kind: 'unreachable', cause }),
      restored: () => log({ kind: 'restored' }),
    })
    this.#group = new GroupCommit({
      begin: () => this.#begin(),
      transaction: () => new SqlTransaction(handle.writer, this.#shapes, clock),
      whole: () => handle.writer.inTransaction,
      commit: (changes) => {
        handle.writer.run('COMMIT')
        this.#memory.apply(changes)
      },
      rollback: () => this.#rollback(),
      failed: (error) => this.#failed(error),
    })
  }

  get reachable(): boolean {
    return !this.#closed && !this.#breaker.tripped
  }

  async prepare(tables: readonly Table[]): Promise<void> {
    assertDeclared(tables, this.#shapes.keys())
    const { shapes, statements } = await patiently(() => this.#migrate(tables), PREPARE_MS).catch((error) =>
      this.#throw(error),
    )
    this.#shapes = new Map([...this.#shapes, ...shapes.map((shape) => [shape.table.name, shape] as const)])
    this.#reader = new SqlReader(this.#handle.reader, this.#shapes)
    this.#memory.forget()
    if (statements.length > 0) this.#log({ kind: 'migrated', statements })
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
    const known = this.reachable ? this.#memory.head(table, id) : undefined
    return known ?? this.#answer((reader) => this.#memory.keepHead(table, reader.peek(table, id)))
  }

  revision(table: string): number | undefined {
    return this.reachable ? this.#memory.revision(table) : undefined
  }

  write<T>(work: (tx: Transaction) => Eventually<T>, refused?: (result: T) => boolean): Promise<T> {
    return this.reachable ? this.#group.add(work, refused) : Promise.reject(this.#unreachable())
  }

  ping(): Eventually<void> {
    this.#looked = 0
    return this.#answer((reader) => reader.ping())
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#group.drained()
    // Not before: the last writes may fail, and a probe would open the file again.
    this.#breaker.stop()
    this.#handle.close()
  }

  /** At once if it can be; while another process locks the file, later. */
  #answer<T>(ask: (reader: SqlReader) => T): Eventually<T> {
    const attempt = () => {
      this.#assertInPlace()
      return ask(this.#reader)
    }
    try {
      return attempt()
    } catch (error) {
      return faultOf(error) === 'busy' ? patiently(attempt).catch((late) => this.#throw(late)) : this.#throw(error)
    }
  }

  /** Between two groups of writes: they share the connection. */
  async #migrate(tables: readonly Table[]): Promise<Migrated> {
    await this.#group.drained()
    if (!this.reachable) throw this.#unreachable()
    return migrate(this.#handle.writer, tables)
  }

  #begin(): void {
    if (this.#breaker.tripped) throw this.#unreachable()
    this.#looked = 0
    this.#look()
    this.#handle.writer.run('BEGIN IMMEDIATE')
  }

  #rollback(): void {
    try {
      if (this.#handle.writer.inTransaction) this.#handle.writer.run('ROLLBACK')
    } catch (error) {
      this.#failed(error)
    }
  }

  /** What cannot be read cannot be served: the next caller need not find out for itself. */
  #throw(error: unknown): never {
    const thrown = this.#failed(error)
    if (faultOf(error) === 'lost') this.#breaker.trip(error)
    throw thrown
  }

  /** Takes note of an error, and returns what is to be thrown in its place. */
  #failed(error: unknown): unknown {
    const fault = faultOf(error)
    if (codeOf(error) === 'SQLITE_ERROR' && !this.#isSound()) {
      this.#breaker.trip(error)
      return unavailable('the tables are gone', error)
    }
    if (fault === 'lost' || fault === 'damaged' || fault === 'full') this.#breaker.suspect()
    if (codeOf(error) === 'SQLITE_IOERR_WRITE' && isOutOfRoom(this.#handle.path)) {
      return new Full('the database cannot grow', { cause: error })
    }
    return toThrown(error)
  }

  #revive(): void {
    this.#handle.reopen((connection) => holds(connection, this.#shapes.values()))
    this.#reader = new SqlReader(this.#handle.reader, this.#shapes)
    this.#memory.forget()
  }

  #isSound(): boolean {
    try {
      return holds(this.#handle.reader, this.#shapes.values())
    } catch {
      return false
    }
  }

  /** Throws when the file cannot be reached, or is found to be gone. */
  #assertInPlace(): void {
    if (!this.reachable) throw this.#unreachable()
    this.#look()
  }

  #look(): void {
    const now = performance.now()
    if (now - this.#looked < LOOK_MS) return
    this.#looked = now
    if (this.#handle.inPlace) return
    this.#breaker.trip(unavailable('the database file is not where it was opened'))
    throw this.#unreachable()
  }

  #unreachable(): Error {
    return unavailable(this.#closed ? 'the database is closed' : 'the database cannot be reached')
  }
}
