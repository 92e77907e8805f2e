/** A newsroom for each test: a folder and a file of its own, a server over it, and what it is asked. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect } from 'vitest'
import { send, type WireResponse } from '../wire.ts'
import { failure } from './problem.ts'
import { BASIC, killAll, type Server, type ServerOptions, startServer, until } from './server.ts'

export interface Newsroom {
  readonly folder: string
  /** The database. */
  readonly path: string
  readonly server: Server
  start(options?: ServerOptions): Promise<void>
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>
  get(target: string): Promise<WireResponse>
  post(title: string, body?: string): Promise<WireResponse>
  patch(article: string, title: string, etag?: string): Promise<WireResponse>
  remove(article: string): Promise<WireResponse>
  /** A new article; its path. */
  add(title: string, body?: string): Promise<string>
  /** The title of an article, or the status in its place. */
  titleOf(article: string): Promise<unknown>
  /** Writes and reads are 503, each with a reference of its own; what needs no database is answered; nothing is ready. */
  expectOutage(article: string): Promise<void>
  /** Until it says that it is ready. */
  ready(): Promise<void>
  /** Until an outage is noticed: by the first write at once, by reads within a tenth of a second. */
  noticed(): Promise<void>
}

export function useNewsroom(): Newsroom {
  const root = mkdtempSync(join(tmpdir(), 'tenfour-faults-'))
  let tests = 0
  let server: Server | undefined
  beforeEach(() => mkdirSync(newsroom.folder))
  afterEach(killAll)
  afterEach(() => void tests++)
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  const ask: typeof send = (port, method, target, sent = {}) => send(port, method, target, { as: BASIC, ...sent })
  const newsroom: Newsroom = {
    get folder() {
      return join(root, String(tests))
    },
    get path() {
      return join(newsroom.folder, 'news.db')
    },
    get server() {
      if (server === undefined) throw new TypeError('it is not started')
      return server
    },
    async start(options) {
      server = await startServer(newsroom.path, options)
    },
    async stop() {
      newsroom.server.signal('SIGTERM')
      expect(await newsroom.server.ended).toMatchObject({ code: 0 })
    },
    get: (target) => ask(newsroom.server.port, 'GET', target),
    post: (title, body = 'text') => ask(newsroom.server.port, 'POST', '/articles', { content: { title, body } }),
    patch: (article, title, etag) =>
      ask(newsroom.server.port, 'PATCH', article, {
        content: { title },
        ...(etag !== undefined && { fields: { 'If-Match': etag } }),
      }),
    remove: (article) => ask(newsroom.server.port, 'DELETE', article),
    async add(title, body) {
      const { status, content, fields } = await newsroom.post(title, body)
      expect({ status, content }).toMatchObject({ status: 201 })
      return fields['location'] ?? ''
    },
    async titleOf(article) {
      const response = await newsroom.get(article)
      return response.status === 200 ? response.json().title : response.status
    },
    async expectOutage(article) {
      // A write looks at the file before it writes, so the first one is told already.
      failure(await newsroom.post('lost'), 503)
      const at = performance.now()
      const refused = await Promise.all([
        newsroom.post('lost'),
        newsroom.get(article),
        newsroom.get('/articles'),
        newsroom.patch(article, 'lost'),
        newsroom.remove(article),
        newsroom.get('/readyz'),
      ])
      // An outage that is known is told at once.
      expect(performance.now() - at).toBeLessThan(1_500)
      const references = refused.map((response) => failure(response, 503))
      expect(new Set(references).size).toBe(references.length)
      expect((await newsroom.get('/livez')).status).toBe(200)
    },
    ready: () => until('it is ready', async () => (await newsroom.get('/readyz')).status === 200),
    noticed: () => until('the outage is noticed', async () => (await newsroom.get('/readyz')).status === 503),
  }
  return newsroom
}
