/** The newsroom on a real socket and a real file, with clients for its two users. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import newsroom from '../../examples/newsroom/api.ts'
import { bearer, type Client, type ClientOptions, createClient } from '../../src/client/index.ts'
import { serve } from '../../src/server/index.ts'
import { openSqlite } from '../../src/store/index.ts'

export interface Newsroom {
  readonly url: string
  readonly key: Readonly<Record<'basic' | 'admin', string>>
  /** How many requests have arrived. */
  readonly requests: () => number
  client(as?: 'basic' | 'admin', options?: ClientOptions): Client<typeof newsroom>
  /** The next request meets a bug. */
  fail(): Promise<unknown>
  stop(): Promise<void>
}

export async function startNewsroom(): Promise<Newsroom> {
  const folder = mkdtempSync(join(tmpdir(), 'tenfour-client-'))
  const store = await openSqlite(`file:${join(folder, 'test.db')}`)
  const log = { info() {}, warn() {}, error() {} }
  let requests = 0
  const running = await serve(newsroom, { store, log, development: true, observe: () => void requests++ })
  const keyOf = (role: string): string => running.engine.madeKeys.find((made) => made.role === role)?.key ?? ''
  const key = { basic: keyOf('basic'), admin: keyOf('admin') }
  return {
    url: running.url,
    key,
    requests: () => requests,
    client: (as, options = {}) =>
      createClient<typeof newsroom>(running.url, {
        ...(as === undefined ? {} : { auth: bearer({ token: key[as] }) }),
        ...options,
      }),
    fail: () =>
      createClient(running.url)
        .post('/.tenfour/faults', { content: { next: 'throw' } })
        .value(),
    async stop() {
      await running.stop()
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}
