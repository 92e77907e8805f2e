import type { Store } from '../server/storage.ts'
import { openSqlite } from './sqlite.ts'
import type { SqliteOptions } from './sqlite.ts'

/** Opens the database an address names: `file:./data/app.db` is SQLite. Rejects with TypeError for an unknown scheme. */
export async function openStore(url: string, options?: SqliteOptions): Promise<Store> {
  const scheme = url.slice(0, url.indexOf(':') + 1)
  switch (scheme) {
    case 'file:':
      return openSqlite(url, options)
    case 'postgres:':
    case 'postgresql:':
      throw new TypeError('PostgreSQL is not supported yet: use a SQLite file, as file:./data/app.db')
    default:
      throw new TypeError(`A database is named as file:./data/app.db; nothing answers to ${scheme || 'no scheme'}`)
  }
}
