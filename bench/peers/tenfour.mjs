// The product as it is shipped: the built command, serving the newsroom on an SQLite file, every write durable.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const MAIN = file('dist/cli/main.js')
const API = file('examples/newsroom/api.ts')

/** What is missing for it to run, or undefined. */
export const missing = [MAIN, API].find((path) => !existsSync(path))

export const command = (port) => [process.execPath, MAIN, 'serve', API, '--port', String(port)]

export const environment = (folder) => ({ DATABASE_URL: `file:${databaseIn(folder)}` })

export const databaseIn = (folder) => `${folder}/newsroom.db`
