import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { storeContract } from './contract.test-suite.ts'
import { openSqlite } from './sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenfour-store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let opened = 0
storeContract('SQLite', (options) => openSqlite(`file:${folder}/${(opened += 1)}.db`, options))
