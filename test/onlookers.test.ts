/** Whoever is only told of an exchange cannot spoil its answer, nor the count of requests in progress. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createEngine } from '../src/server/engine/engine.ts'
import { createFetchHandler } from '../src/server/shell/fetch.ts'
import { openSqlite } from '../src/store/index.ts'
import { plain } from './apis/plain.ts'

test.each([
  ['at once', '/echo', 200],
  ['after a promise', '/readyz', 200],
  ['of an error', '/nowhere', 404],
])('an observer that throws, told %s', async (_, path, status) => {
  const folder = mkdtempSync(join(tmpdir(), 'tenfour-'))
  const store = await openSqlite(`file:${join(folder, 'test.db')}`)
  const logged: string[] = []
  const log = { info() {}, warn() {}, error: (_fields: object, message: string) => void logged.push(message) }
  const observe = (): never => {
    throw new Error('the observer is broken')
  }
  try {
    const engine = await createEngine(plain, { store, log, observe })
    const response = await createFetchHandler(engine)(new Request(`http://localhost${path}`))
    expect([response.status, engine.requests, logged]).toEqual([status, 0, ['observer failed']])
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
})
