/** `file:` addresses of a database. */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The absolute path in `file:./data/app.db` (relative to the working directory), `file:/srv/app.db` or
 * `file:///srv/app.db`. Throws TypeError for what is no such address, and for a database in memory.
 */
export function pathOf(url: string): string {
  if (!url.startsWith('file:')) throw new TypeError(`A SQLite database is named as file:./data/app.db, not ${url}`)
  const name = url.slice('file:'.length)
  if (name === '' || name.startsWith(':memory:')) {
    throw new TypeError(
      `${url} names no file: the store reads and writes through two connections, and a database in memory belongs to one`,
    )
  }
  if (/[?#]/.test(name)) throw new TypeError(`${url}: a database address takes no parameters`)
  return name.startsWith('//') ? fileURLToPath(url) : resolve(decoded(name, url))
}

function decoded(name: string, url: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    throw new TypeError(`${url}: a % stands for itself as %25 in a database address`)
  }
}
