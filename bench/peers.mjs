// Who takes part, and how each is started. All get the same environment and serve the same API.
import { fileURLToPath } from 'node:url'
import { TENFOUR } from './peers/tenfour.mjs'

const inMemory = (id, name) => ({
  id,
  name,
  command: () => [process.execPath, fileURLToPath(new URL(`peers/${id}.mjs`, import.meta.url))],
  environment: () => ({}),
  listTarget: '/articles',
})

/** Ours comes first: every ratio is ours over theirs. */
export const PEERS = [
  TENFOUR,
  inMemory('handwritten', 'node:http by hand'),
  inMemory('fastify', 'Fastify'),
  inMemory('hono', 'Hono, hono/etag'),
  inMemory('express', 'Express'),
]

/** Ratios that are promised: `scenario` over `peer`, at least `least`. */
export const TARGETS = [
  ...['item', 'unchanged', 'list'].flatMap((scenario) => [
    { scenario, peer: 'handwritten', least: 1 },
    { scenario, peer: 'fastify', least: 2 },
    { scenario, peer: 'hono', least: 5 },
  ]),
  { scenario: 'create', peer: 'fastify', least: 1 },
]
