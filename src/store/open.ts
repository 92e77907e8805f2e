import type { Store } from '../server/storage.ts'
import { openSqlite } from './sqlite.ts'
import type { SqliteOptions } from './sqlite.ts'

/** Opens the database an address names: `file:./data/app.db` is SQLite. Rejects with TypeError for an unknown scheme. */
export async function openStore(url: string, options?: SqliteOptions): Promise<Store> {
  const scheme = SCHEME.exec(url)?.[0]
  switch (scheme) {
    case 'file:':
      return openSqlite(url, options)
    case 'postgres:':
    case 'postgresql:':
      throw new TypeError('PostgreSQL is not supported yet: use a SQLite file, as file:./data/app.db')
    case undefined:
      throw new TypeError(`A database is named with what it is: a SQLite file as file:${url || './data/app.db'}`)
    default:
      throw new TypeError(`A database is named as file:./data/app.db; nothing answers to ${scheme}`)
  }
}

/** RFC 3986 §3.1; a single letter is a drive of Windows. */
const SCHEME = /^[a-z][a-z\d+.-]+:/i
