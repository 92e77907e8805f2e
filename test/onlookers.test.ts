/** Whoever is only told of an exchange cannot spoil its answer, nor the count of requests in progress. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ExchangeLine } from '../src/rules/index.ts'
import { createEngine, defineApi, resource } from '../src/server/index.ts'
import { createFetchHandler } from '../src/server/shell/fetch.ts'
import type { Store } from '../src/server/storage.ts'
import { openSqlite } from '../src/store/index.ts'
import { plain } from './apis/plain.ts'

test.each([
  ['at once', '/echo', 200],
  ['after a promise', '/readyz', 200],
  ['of an error', '/nowhere', 404],
])('an observer that throws, told %s', async (_, path, status) => {
  const store = await newStore()
  const logged: string[] = []
  const log = { info() {}, warn() {}, error: (_fields: object, message: string) => void logged.push(message) }
  const observe = (): never => {
    throw new Error('the observer is broken')
  }
  const engine = await createEngine(plain, { store, log, observe })
  const response = await createFetchHandler(engine)(new Request(`http://localhost${path}`))
  expect([response.status, engine.requests, logged]).toEqual([status, 0, ['observer failed']])
})

test.each([
  ['at once', '/fails', 500],
  ['after a promise', '/fails/later', 500],
])('a log that throws, told of a fault %s', async (_, path, status) => {
  const fail = (): never => {
    throw new Error('the log is broken')
  }
  const fails = resource('/fails', { allow: { get: 'anyone' }, get: fail })
  const later = resource('/fails/later', { allow: { get: 'anyone' }, get: () => Promise.reject(new Error('later')) })
  const log = { info() {}, warn: fail, error: fail }
  const engine = await createEngine(defineApi({ fails, later }), { store: await newStore(), log })
  const response = await createFetchHandler(engine)(new Request(`http://localhost${path}`))
  expect([response.status, engine.requests]).toEqual([status, 0])
})

test.each([false, true])('an observer is told the line of every exchange; in development: %s', async (development) => {
  const log = { info() {}, warn() {}, error() {} }
  const lines: ExchangeLine[] = []
  const observe = (line: ExchangeLine) => void lines.push(line)
  const engine = await createEngine(plain, { store: await newStore(), log, development, observe })
  const handle = createFetchHandler(engine)
  for (const path of ['/echo', '/nowhere']) await handle(new Request(`http://localhost${path}`))
  const method = 'GET'
  expect(lines).toMatchObject([
    { method, path: '/echo', operation: 'GET /echo', status: 200, decision: 'reads' },
    { method, path: '/nowhere', status: 404, phrase: 'Not Found', decision: 'route' },
  ])
})

async function newStore(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'tenfour-'))
  const store = await openSqlite(`file:${join(folder, 'test.db')}`)
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  return store
}
