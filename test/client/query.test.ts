/** The recipe for TanStack Query in docs/client.md, as it stands there: only what the table calls retryable is retried. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { transformSync } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Client from '../../src/client/index.ts'
import { ROOT } from '../cli/process.ts'
import { INSTALLING, installed } from '../runtimes/installed.ts'
import { bare, json, startScripted } from './scripted.ts'

interface Query {
  readonly queryKey: readonly unknown[]
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<unknown>
}
/** What is used of the library, which is not there until a test installs it. */
interface Library {
  readonly QueryClient: new (config: object) => {
    fetchQuery(query: Query & { readonly retry?: unknown; readonly retryDelay?: number }): Promise<unknown>
  }
}
interface Recipe {
  readonly defaultOptions: object
  readonly article: (id: string) => Query
  readonly retry: (failures: number, error: Error) => boolean
}

const folder = mkdtempSync(join(tmpdir(), 'tenfour-query-'))
afterAll(() => rmSync(folder, { recursive: true }))

let library: Library
beforeAll(async () => {
  library = await load(join(await installed(), '@tanstack/query-core/build/modern/index.js'))
}, INSTALLING)

async function load<T>(path: string): Promise<T> {
  return import(/* @vite-ignore */ pathToFileURL(path).href)
}

/** The blocks of that section as one module, against this server. */
async function recipe(url: string): Promise<Recipe> {
  const [, section = ''] = readFileSync(join(ROOT, 'docs/client.md'), 'utf8').split('## With TanStack Query')
  const blocks = [...(section.split('\n## ')[0] ?? '').matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, text]) => text)
  const dist = (name: string): string => pathToFileURL(join(ROOT, 'dist', name, 'index.js')).href
  const text = blocks
    .join('\n')
    .replace('http://localhost:4010', url)
    .replaceAll("'tenfour/client'", `'${dist('client')}'`)
    .replaceAll("'tenfour/rules'", `'${dist('rules')}'`)
  const file = join(folder, `${new URL(url).port}.mjs`)
  writeFileSync(file, transformSync(text, { loader: 'ts', format: 'esm' }).code)
  return load(file)
}

test.each([
  [404, 1],
  [403, 1],
  [409, 1],
  [503, 2],
  [429, 2],
  [500, 2],
])('%i, then 200: %i requests', async (status, requests) => {
  const server = await startScripted((_, response, n) =>
    n === 0 ? bare(response, status, { 'retry-after': '0' }) : json(response, 200, { n }),
  )
  const { defaultOptions, article } = await recipe(server.url)
  const client = new library.QueryClient({ defaultOptions })
  const answer = await client.fetchQuery(article('7')).catch((error: unknown) => error)
  if (requests === 1) expect(answer).toMatchObject({ name: 'StatusError', status })
  else expect(answer).toEqual({ n: 1 })
  expect(server.arrived.map(({ path }) => path)).toEqual(Array.from({ length: requests }, () => '/articles/7'))
  await server.stop()
})

test.each([
  [404, 1],
  [503, 3],
])('where Query does the retries, %i is asked for %i times', async (status, requests) => {
  const server = await startScripted((_, response, n) => (n < 2 ? bare(response, status) : json(response, 200, { n })))
  const { retry } = await recipe(server.url)
  const { createClient } = await load<typeof Client>(join(ROOT, 'dist/client/index.js'))
  const client = createClient(server.url, { retry: false })
  const query = { queryKey: ['x'], queryFn: () => client.get('/x').value(), retry, retryDelay: 1 }
  await new library.QueryClient({}).fetchQuery(query).catch(() => undefined)
  expect(server.arrived).toHaveLength(requests)
  await server.stop()
})
