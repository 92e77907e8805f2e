/**
 * One connection to a SQLite file: its settings, asserted, and its prepared statements, kept.
 *
 * A connection never waits for a lock inside SQLite (that would block the whole process): a held lock is an error
 * here, and whoever asked tries again later. Rows come as arrays, in the order of the columns selected.
 */
import type Sqlite from 'better-sqlite3'
import { driver } from '../../sqlite/driver.ts'

export type SqlValue = string | number | null
export type SqlRow = readonly SqlValue[]

/** `power`: a commit survives the loss of power. `process`: it survives the death of the process only. */
export type Durability = 'power' | 'process'

const SYNCHRONOUS = { power: 2, process: 1 } as const

/** Statements made on demand (an UPDATE per set of columns, say) must not grow without end. */
const STATEMENTS = 500

export interface ConnectionOptions {
  readonly durability: Durability
  readonly create: boolean
  /** The file grows no further than this, in octets. */
  readonly maxSize?: number | undefined
}

export class Connection {
  readonly #database: Sqlite.Database
  readonly #reading = new Map<string, Sqlite.Statement<SqlValue[], SqlRow>>()
  readonly #writing = new Map<string, Sqlite.Statement<SqlValue[]>>()

  /** Opens the file, creating it only when told to; throws the driver's error. */
  constructor(path: string, options: ConnectionOptions) {
    const database = new (driver())(path, { timeout: 0, fileMustExist: !options.create })
    try {
      settle(database, 'journal_mode', 'wal')
      settle(database, 'synchronous', SYNCHRONOUS[options.durability])
      settle(database, 'foreign_keys', 1)
      // Savepoints and statement journals are small: they never need a file of their own.
      settle(database, 'temp_store', 2)
      settle(database, 'trusted_schema', 0)
      if (options.maxSize !== undefined) limit(database, options.maxSize)
    } catch (error) {
      database.close()
      throw error
    }
    this.#database = database
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction
  }

  /** Runs a statement that returns no rows; returns how many rows it changed. */
  run(sql: string, values: readonly SqlValue[] = []): number {
    let statement = this.#writing.get(sql)
    if (statement === undefined) {
      statement = this.#database.prepare<SqlValue[]>(sql)
      keep(this.#writing, sql, statement)
    }
    return statement.run(...values).changes
  }

  get(sql: string, values: readonly SqlValue[] = []): SqlRow | undefined {
    return this.#prepare(sql).get(...values)
  }

  all(sql: string, values: readonly SqlValue[] = []): SqlRow[] {
    return this.#prepare(sql).all(...values)
  }

  /** Runs statements that are used once. */
  exec(sql: string): void {
    this.#database.exec(sql)
  }

  define(name: string, compute: (value: SqlValue) => SqlValue): void {
    this.#database.function(name, { deterministic: true }, compute)
  }

  close(): void {
    this.#database.close()
  }

  #prepare(sql: string): Sqlite.Statement<SqlValue[], SqlRow> {
    let statement = this.#reading.get(sql)
    if (statement === undefined) {
      statement = this.#database.prepare<SqlValue[], SqlRow>(sql).raw()
      keep(this.#reading, sql, statement)
    }
    return statement
  }
}

/** SQLite ignores a setting it cannot honour, so each is read back. */
function settle(database: Sqlite.Database, setting: string, value: string | number): void {
  database.pragma(`${setting} = ${value}`)
  const actual: unknown = database.pragma(setting, { simple: true })
  if (actual !== value) throw new Error(`SQLite does not honour ${setting} = ${value}: it says ${String(actual)}`)
}

/** SQLite counts pages, and a file that is larger already may stay as it is. */
function limit(database: Sqlite.Database, size: number): void {
  const page = Number(database.pragma('page_size', { simple: true }))
  database.pragma(`max_page_count = ${Math.max(1, Math.floor(size / page))}`)
}

function keep<Kept>(statements: Map<string, Kept>, sql: string, statement: Kept): void {
  if (statements.size >= STATEMENTS) statements.clear()
  statements.set(sql, statement)
}
