// The product as it is shipped: the built command, serving the newsroom on an SQLite file, every write durable.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const MAIN = file('dist/cli/main.js')
const API = file('examples/newsroom/api.ts')

export const databaseIn = (folder) => `${folder}/newsroom.db`

export const TENFOUR = {
  id: 'tenfour',
  name: 'Tenfour, SQLite, durable',
  /** A file it needs that is not there. */
  missing: [MAIN, API].find((path) => !existsSync(path)),
  command: (port) => [process.execPath, MAIN, 'serve', API, '--port', String(port)],
  environment: (folder) => ({ DATABASE_URL: `file:${databaseIn(folder)}` }),
  /** Where a page of as many items as the others give is found. */
  listTarget: '/articles',
}
