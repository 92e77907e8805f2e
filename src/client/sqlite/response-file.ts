/**
 * Responses in a SQLite file: the variants of each URL, the URL used longest ago first to go.
 *
 * Every write is one transaction, so that another process sees all of it or nothing. What is lost with the power is
 * asked for again.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import type { StoredResponse } from '../cache.ts'
import { driver } from '../../sqlite/driver.ts'

/** In the file's head, so that no other program's file is taken for a cache. */
const APPLICATION = 0x54_46_43_48
const VERSION = 1

const SCHEMA = `
  CREATE TABLE salt (salt TEXT NOT NULL) STRICT;
  CREATE TABLE resource (url TEXT PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL) STRICT;
  CREATE INDEX resource_by_use ON resource (used, size);
  CREATE TABLE variant (
    url TEXT NOT NULL REFERENCES resource ON DELETE CASCADE,
    place INTEGER NOT NULL,
    entry TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (url, place)
  ) STRICT;
  PRAGMA application_id = ${APPLICATION};
  PRAGMA user_version = ${VERSION};
`

/** Milliseconds to wait for another process, whose writes take one or two. */
const PATIENCE = 1000
/** Milliseconds after which a use is noted again; a write for each would make reading slow. */
const USE = 60_000
/** Fields take room too. */
const OVERHEAD = 1024

type Kept = Omit<StoredResponse, 'url' | 'content'>

export class ResponseFile {
  /** Made with the file. */
  readonly salt: string
  readonly #size: number
  readonly #database: Sqlite.Database
  readonly #variants: Sqlite.Statement<[string], [used: number, entry: string, content: Buffer<ArrayBuffer>]>
  readonly #use: Sqlite.Statement<[number, string]>
  readonly #replace: (url: string, entries: readonly StoredResponse[]) => void

  /** Throws what the driver throws, and for a file that is no cache. */
  constructor(file: string, size: number) {
    closeSync(openSync(file, 'a', 0o600))
    const database = new (driver())(file, { timeout: PATIENCE })
    try {
      settle(database, file)
      this.#variants = database
        .prepare<[string], [number, string, Buffer<ArrayBuffer>]>(
          'SELECT used, entry, content FROM variant JOIN resource USING (url) WHERE url = ? ORDER BY place',
        )
        .raw()
      this.#use = database.prepare('UPDATE resource SET used = ? WHERE url = ?')
      this.salt = database.prepare<[], string>('SELECT salt FROM salt').pluck().get() ?? ''
    } catch (error) {
      database.close()
      throw error
    }
    this.#size = size
    this.#database = database
    this.#replace = this.#replacing()
  }

  read(url: string): readonly StoredResponse[] {
    const rows = this.#variants.all(url)
    const now = Date.now()
    if (rows[0] !== undefined && now - rows[0][0] > USE) this.#use.run(now, url)
    return rows.map(([, entry, content]) => {
      const kept: Kept = JSON.parse(entry)
      // JSON knows no undefined: there was no such field.
      const selecting = kept.selecting.map(([name, value]) => [name, value ?? undefined] as const)
      return { ...kept, selecting, url, content }
    })
  }

  /** In place of what was there; none: it is forgotten. */
  write(url: string, entries: readonly StoredResponse[]): void {
    this.#replace(url, entries)
  }

  close(): void {
    this.#database.close()
  }

  #replacing(): (url: string, entries: readonly StoredResponse[]) => void {
    const database = this.#database
    const forget = database.prepare<[string]>('DELETE FROM resource WHERE url = ?')
    const keep = database.prepare<[string, number, number]>('INSERT INTO resource VALUES (?, ?, ?)')
    const add = database.prepare<[string, number, string, Uint8Array]>('INSERT INTO variant VALUES (?, ?, ?, ?)')
    const total = database.prepare<[], number>('SELECT total(size) FROM resource').pluck()
    const oldest = database.prepare<[], [string, number]>('SELECT url, size FROM resource ORDER BY used').raw()
    const replace = database.transaction((url: string, entries: readonly StoredResponse[]) => {
      forget.run(url)
      if (entries.length === 0) return
      keep.run(url, Date.now(), weight(entries))
      for (const [place, { url: _, content, ...kept }] of entries.entries())
        add.run(url, place, JSON.stringify(kept), content)
      let excess = (total.get() ?? 0) - this.#size
      if (excess <= 0) return
      const leaving: string[] = []
      for (const [other, size] of oldest.iterate()) {
        if (excess <= 0) break
        leaving.push(other)
        excess -= size
      }
      for (const other of leaving) forget.run(other)
    })
    // It writes, and says so at once: a reader that becomes a writer could not wait for another.
    return replace.immediate
  }
}

function settle(database: Sqlite.Database, file: string): void {
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.pragma('foreign_keys = ON')
  database.pragma('trusted_schema = OFF')
  database
    .transaction(() => {
      const number = (sql: string): unknown => database.prepare(sql).pluck().get()
      const isEmpty = number('SELECT count(*) FROM sqlite_schema') === 0
      if (!isEmpty && number('PRAGMA application_id') !== APPLICATION) throw new Error(`${file} is of another program`)
      if (!isEmpty && number('PRAGMA user_version') === VERSION) return
      if (!isEmpty) database.exec('DROP TABLE variant; DROP TABLE resource; DROP TABLE salt')
      database.exec(SCHEMA)
      database.prepare('INSERT INTO salt VALUES (?)').run(randomBytes(32).toString('base64'))
    })
    .immediate()
}

function weight(entries: readonly StoredResponse[]): number {
  return entries.reduce((sum, { content }) => sum + content.length + OVERHEAD, 0)
}
