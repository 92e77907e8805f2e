/**
 * The storage port: all that a collection asks of a database.
 *
 * Asynchronous in shape, so that a networked database fits; an embedded one may answer at once
 * (`Eventually`), and then nothing above it waits. An expected refusal is a value; a failing
 * database throws `Unavailable` or `Full`, and anything else it throws is a bug.
 *
 * Invariants every engine keeps (pinned by the contract suite):
 * 1. Reads see committed rows only.
 * 2. `write` settles after COMMIT has returned, also when its outcome is a refusal or an error.
 * 3. The version a write expects is compared in the statement that writes.
 * 4. A refused or thrown write leaves nothing behind and harms no other write.
 */

/** A value, or a promise of one: an engine in the same process need not wait. */
export type Eventually<T> = T | Promise<T>

/** `json` holds anything else that JSON can; `boolean` comes back as true or false. */
export type ColumnType = 'text' | 'integer' | 'real' | 'boolean' | 'json'

/** A stored value. Absent is `undefined` (never sent to the database as such), `null` is null. */
export type Value = unknown

export interface Column {
  readonly name: string
  readonly type: ColumnType
  /** No two rows may hold the same value; `folded` compares without case (Unicode lower case). Absent and null values never collide. */
  readonly unique?: 'exact' | 'folded'
  /** The id of a row of another table. */
  readonly references?: { readonly table: string; readonly onDelete: 'restrict' | 'cascade' }
  /** A value for rows stored before the column existed; without it the column is absent there. Never used for a new row. */
  readonly initial?: Value
  /** Columns that may be absent or null can be added to a table with rows; others need `initial`. */
  readonly required: boolean
}

export interface SortKey {
  /** A column of the table, or `id`, `createdAt`, `updatedAt`. */
  readonly column: string
  readonly descending: boolean
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** Columns that `peek` returns beside the version: what the guards read. */
  readonly guards: readonly string[]
  /** One index each, and each ends in the id: equality columns first, then the sort keys. */
  readonly indexes: readonly { readonly filter: readonly string[]; readonly sort: readonly SortKey[] }[]
}

/** What is known of a row without reading it: enough for 304, 403, 404 and 412. */
export interface Head {
  readonly id: string
  /** Grows with every change: the greater of the version before + 1 and the time in milliseconds. */
  readonly version: number
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** The guard columns. */
  readonly guards: Readonly<Record<string, Value>>
}

export interface Row {
  readonly id: string
  readonly version: number
  readonly createdAt: number
  /** One property per column that is not absent. */
  readonly values: Readonly<Record<string, Value>>
}

export interface ListQuery {
  /**
   * Equality on each column; must be a pair of filter and sort the table has an index for, or the sort by id alone.
   * Null finds null and absent alike; a column that is unique is compared as its uniqueness compares.
   */
  readonly filter: Readonly<Record<string, Value>>
  /** Then by id, in the direction of the last key. Text by code point; absent and null first, when ascending. */
  readonly sort: readonly SortKey[]
  /** The values of the sort keys and the id of the row to go on from (that row is not returned). */
  readonly from?: { readonly keys: readonly Value[]; readonly id: string }
  /** Rows before `from`, nearest last, in place of those after it. */
  readonly backwards?: boolean
  readonly limit: number
}

/** Names every column that another row already holds the value of (`conflict`), or whose target does not exist (`dangling`). */
export type Refusal =
  | { readonly kind: 'conflict'; readonly columns: readonly string[] }
  | { readonly kind: 'dangling'; readonly columns: readonly string[] }

export type Inserted = { readonly kind: 'done'; readonly row: Row } | Refusal
/** `stale`: the row has another version than expected, or is gone. */
export type Updated = { readonly kind: 'done'; readonly row: Row } | { readonly kind: 'stale' } | Refusal
/** `restricted`: rows of `table` still refer to it. */
export type Removed =
  | { readonly kind: 'done' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'restricted'; readonly table: string }

/** What can be asked of committed rows (`Store`) and of the rows as a transaction sees them (`Transaction`). */
export interface Reader {
  read(table: string, id: string): Eventually<Row | undefined>
  /** By a unique column. Folds as the column does; absent and null find nothing. */
  find(table: string, column: string, value: Value): Eventually<Row | undefined>
  list(table: string, query: ListQuery): Eventually<readonly Row[]>
  /** The filter's columns must begin an index: a list's, or that of a unique column or a reference. */
  count(table: string, filter: Readonly<Record<string, Value>>): Eventually<number>
}

export interface Transaction extends Reader {
  /** The engine makes `id` (a monotonic UUIDv7), version and time unless `id` is given. */
  insert(table: string, values: Readonly<Record<string, Value>>, id?: string): Eventually<Inserted>
  /** Writes the named columns only; `undefined` makes a column absent. */
  update(table: string, id: string, expected: number, changes: Readonly<Record<string, Value>>): Eventually<Updated>
  remove(table: string, id: string, expected: number): Eventually<Removed>
  /**
   * Every row with that value, whatever its version; returns how many. For rows that belong to another row or have run
   * out. The column must begin an index, as for `count`.
   */
  removeAll(
    table: string,
    where: { readonly column: string; readonly equals?: Value; readonly below?: number },
  ): Eventually<number>
}

export interface Store extends Reader {
  /** Creates what is missing and migrates additively; throws `MigrationRefused` before anything is lost. */
  prepare(tables: readonly Table[]): Promise<void>
  peek(table: string, id: string): Eventually<Head | undefined>
  /**
   * Another number whenever a row of the table may have changed: what was made of its rows is good while it stays the same.
   * Undefined while that cannot be known. To be asked before the rows are.
   */
  revision(table: string): number | undefined
  /**
   * Runs `work` in a transaction and settles once it is committed. What `work` throws undoes its own
   * writes and is thrown on; a result that `refused` says is a refusal is undone and returned.
   */
  write<T>(work: (tx: Transaction) => Eventually<T>, refused?: (result: T) => boolean): Promise<T>
  /** Resolves when the database answers; throws `Unavailable` when not. */
  ping(): Eventually<void>
  /** False while the database is known to be unreachable: then calls throw `Unavailable` at once. */
  readonly reachable: boolean
  /** Waits for the writes under way, then lets go of the database. */
  close(): Promise<void>
}

/** The declaration no longer fits the stored rows, and making it fit would lose data. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused'
  /** One step a line: what would have to be done, by whom. */
  readonly plan: readonly string[]
  constructor(plan: readonly string[]) {
    super(
      `The database does not fit the declaration, and changing it would lose data:\n${plan.map((step) => `  - ${step}`).join('\n')}`,
    )
    this.plan = plan
  }
}
