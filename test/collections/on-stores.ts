/** Runs tests on each store: the plain one in memory, the same across a distance, and SQLite on a real file. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe } from 'vitest'
import type { ApiDeclaration } from '../../src/server/declare/declaration.ts'
import type { Store } from '../../src/server/storage.ts'
import { openMemoryForTests } from '../../src/store/memory.test-store.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { watched } from './watched-store.ts'
import { type Answered, type Asked, inProcess, type Server } from '../in-process.ts'

export interface World {
  readonly server: Server
  readonly store: Store
  ask(method: string, target: string, asked?: Asked): Promise<Answered>
  /** Asks, expects this status, and gives the answer. */
  expect(status: number, method: string, target: string, asked?: Asked): Promise<Answered>
}

const STORES: Readonly<Record<string, (folder: string) => Store | Promise<Store>>> = {
  memory: () => openMemoryForTests(),
  'a store that answers later': () => watched(openMemoryForTests()),
  SQLite: (folder) => openSqlite(`file:${join(folder, 'x.db')}`),
}

export function onStores(api: ApiDeclaration, tests: (world: World) => void): void {
  describe.each(Object.entries(STORES))('on %s', (_, open) => {
    let folder: string
    let store: Store
    let server: Server

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'tenfour-'))
      store = await open(folder)
      server = await inProcess(api, store)
    })
    afterEach(async () => {
      await store.close()
      rmSync(folder, { recursive: true })
    })

    tests({
      get server() {
        return server
      },
      get store() {
        return store
      },
      ask: (method, target, asked) => server.ask(method, target, asked),
      async expect(status, method, target, asked) {
        const answered = await server.ask(method, target, asked)
        if (answered.status !== status)
          throw new Error(`${method} ${target}: ${answered.status} in place of ${status}\n${answered.text}`)
        return answered
      },
    })
  })
}
