/** With TanStack Query, as docs/client.md has it: what is worth a second try was tried, so nothing is tried twice. */
import type { QueryClient } from '@tanstack/query-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createClient } from '../../src/client/index.ts'
import { bare, json, type Script, type Scripted, startScripted } from '../client/scripted.ts'
import { INSTALLING, installed } from './installed.ts'

let queries: QueryClient
beforeAll(async () => {
  await installed()
  const { QueryClient: Queries } = await import('@tanstack/query-core')
  queries = new Queries({ defaultOptions: { queries: { retry: false } } })
}, INSTALLING)
afterAll(() => queries.clear())

const servers: Scripted[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())))

test.each<[string, Script, number, unknown]>([
  ['404: not again', (_, response) => bare(response, 404), 1, { name: 'StatusError', status: 404 }],
  ['409: not again', (_, response) => bare(response, 409), 1, { name: 'StatusError', status: 409 }],
  [
    '503, then 200: again',
    (_, response, n) => (n === 0 ? bare(response, 503) : json(response, 200, { n })),
    2,
    { n: 1 },
  ],
  ['503 for good: as often as the client tries', (_, response) => bare(response, 503), 3, { name: 'StatusError' }],
])('%s', async (name, script, requests, expected) => {
  const server = await startScripted(script)
  servers.push(server)
  const client = createClient(server.url, { retry: { wait: 5 } })
  const result = await queries
    .fetchQuery({ queryKey: [name], queryFn: () => client.get('/').value() })
    .catch((error: unknown) => error)
  expect(result).toMatchObject(Object(expected))
  expect(server.arrived).toHaveLength(requests)
})
