/** What an attacker tried: each case once got an answer that was wrong, late or somebody else's. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  apiKeys,
  changed,
  collection,
  created,
  defineApi,
  found,
  owner,
  resource,
  setBy,
  unique,
} from '../src/server/index.ts'
import { start, type Started } from './start.ts'
import { format, raw, send } from './wire.ts'

const users = collection(
  { email: unique(z.email()), role: setBy('admin', z.enum(['basic', 'admin']).default('basic')) },
  { allow: { create: 'anyone', read: ['self', 'admin'] } },
)
const notes = collection(
  { text: z.string(), tags: z.array(z.string()).optional(), ownerId: owner('users') },
  {
    allow: { list: 'anyone', read: 'anyone', create: 'signedIn', update: 'owner' },
    putCreates: true,
    list: { filter: ['text', 'ownerId'] },
    actions: {
      tag: {
        input: z.object({ tags: z.array(z.string()) }),
        allow: 'owner',
        outcomes: ['changed'],
        perform: ({ input }) => changed({ tags: input.tags }),
      },
    },
  },
)
const rooms = resource('/rooms/{room}', {
  query: { floor: z.string().optional() },
  load: ({ params }) => found({ room: params.room }),
  allow: { get: 'anyone', post: 'anyone' },
  post: {
    input: z.object({ seats: z.array(z.string()) }),
    outcomes: ['created'],
    perform: ({ params, query }) => created({ room: `${params.room} ${query.floor ?? ''}` }),
  },
})

const api = defineApi(
  { users, notes, rooms },
  {
    accounts: { in: 'users', role: 'role', login: 'email' },
    auth: [apiKeys()],
    cors: { origins: ['https://app.example'] },
    seed: { users: [{ email: 'ada@example.com', role: 'basic', key: 'ada' }] },
  },
)

let server: Started
beforeAll(async () => {
  server = await start(api, { development: true })
})
afterAll(() => server.stop())

interface Note {
  readonly id: string
  readonly ownerId: string
  readonly updatedAt: string
}

async function newNote(text: string): Promise<Note> {
  return (await send(server.port, 'POST', '/notes', { as: 'ada', content: { text } })).json<Note>()
}

/** The longest that a request of somebody else has to wait meanwhile. */
async function meanwhile<T>(work: Promise<T>): Promise<{ readonly done: T; readonly waited: number }> {
  const began = performance.now()
  await send(server.port, 'GET', '/livez')
  const done = await work
  return { done, waited: performance.now() - began }
}

describe('what is kept for one request is no answer to another', () => {
  test('a filter with line breaks does not pass for the items of a page (RFC 9110 §8.8.3)', async () => {
    const { id, ownerId, updatedAt } = await newNote('first')
    const forged = encodeURIComponent(`${ownerId}\n${id} ${Date.parse(updatedAt)}`)
    const poison = await send(server.port, 'GET', `/notes?ownerId=${forged}`)
    const asked = await send(server.port, 'GET', `/notes?ownerId=${ownerId}`)
    expect(poison.json()).toEqual({ items: [] })
    expect(asked.json()).toMatchObject({ items: [{ id }] })
    expect(asked.fields['etag']).not.toBe(poison.fields['etag'])
  })

  test('an Idempotency-Key with another query is another request (Idempotency-Key §2.7)', async () => {
    const post = (floor: number) =>
      send(server.port, 'POST', `/rooms/a?floor=${floor}`, {
        fields: { 'Idempotency-Key': 'once' },
        content: { seats: [] },
      })
    expect([await post(1), await post(2), await post(1)].map(({ status }) => status)).toEqual([201, 422, 201])
  })
})

const PREFLIGHT = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'POST' }

describe('a small request is no long work', () => {
  const many = (count: number) => Array.from({ length: count }, () => 1)
  const PLACES = [
    ['a member', () => Promise.resolve('/notes'), (tags: unknown) => ({ text: '', tags })],
    ['an action', async () => `/notes/${(await newNote('act')).id}/tag`, (tags: unknown) => ({ tags })],
    ['a resource', () => Promise.resolve('/rooms/a'), (seats: unknown) => ({ seats })],
  ] as const
  test.each(PLACES)('every element of an array in %s is wrong', async (_, path, of) => {
    const content = of(many(9_990))
    const { done, waited } = await meanwhile(send(server.port, 'POST', await path(), { as: 'ada', content }))
    expect(done.status).toBe(400)
    expect(done.json<{ errors: unknown[] }>().errors).toHaveLength(100)
    expect(waited).toBeLessThan(500)
  })

  test.each(PLACES)('more elements of an array in %s than anybody looks at', async (_, path, of) => {
    const content = of(many(500_000))
    const { done, waited } = await meanwhile(send(server.port, 'POST', await path(), { as: 'ada', content }))
    expect(done.json()).toMatchObject({ status: 400, errors: [{ pointer: '', code: 'malformed' }] })
    expect(waited).toBeLessThan(300)
  })

  test.each([
    ['members', `{${Array.from({ length: 90_000 }, (_, at) => `"m${at}":0`).join()}}`],
    ['empty objects', `{"tags":[${'{},'.repeat(300_000)}{}]}`],
    ['levels', `{"tags":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
    ['levels that never end', '['.repeat(1_000_000)],
  ])('more %s than anybody looks at', async (_, content) => {
    const { done, waited } = await meanwhile(send(server.port, 'POST', '/notes', { as: 'ada', content }))
    expect(done.json()).toMatchObject({ status: 400, errors: [{ pointer: '', code: 'malformed' }] })
    expect(waited).toBeLessThan(300)
  })

  test('commas and brackets in a text are no values', async () => {
    const text = '[,{"\\'.repeat(20_000)
    const response = await send(server.port, 'POST', '/notes', { as: 'ada', content: { text } })
    expect(response.json()).toMatchObject({ text })
  })

  test.each([
    ['GET', 'Accept'],
    ['POST', 'Prefer'],
    ['GET', 'Expect'],
    ['OPTIONS', 'Access-Control-Request-Headers'],
  ])('%s with spaces inside of %s (RFC 9110 §5.6.1)', async (method, name) => {
    const fields = { [name]: `a${' '.repeat(15_000)}b`, ...PREFLIGHT }
    const began = performance.now()
    for (let time = 0; time < 10; time++) await send(server.port, method, '/notes', { as: 'ada', fields, content: {} })
    expect(performance.now() - began).toBeLessThan(400)
  })

  test('more names than anybody reads are wrong (Idempotency-Key §2.1 among them)', async () => {
    const content = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`m${at}`, 0]))
    const keys = await send(server.port, 'POST', '/keys', { as: 'ada', content })
    expect(keys.json<{ errors: unknown[] }>().errors.length).toBeLessThanOrEqual(101)
    const query = await send(server.port, 'GET', `/notes?${'a&'.repeat(3_000)}`)
    expect(query.json<{ errors: unknown[] }>().errors.length).toBeLessThanOrEqual(100)
    const fields = { 'Idempotency-Key': `a${' '.repeat(15_000)}b` }
    const { done, waited } = await meanwhile(send(server.port, 'POST', '/notes', { as: 'ada', fields, content: {} }))
    expect(done.status).toBe(400)
    expect(waited).toBeLessThan(300)
  })
})

describe('whoever passed it on may have read it otherwise', () => {
  test('HTTP/1.0 with a transfer coding is faulty framing, and the connection ends (RFC 9112 §6.1)', async () => {
    const response = await raw(
      server.port,
      'POST /users HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    )
    expect(response.status).toBe(400)
    expect(response.fields['connection']).toBe('close')
  })

  test.each([
    ['no host (RFC 9110 §4.2.1)', 'http:///livez'],
    ['userinfo (RFC 9110 §4.2.4)', 'http://ada:secret@localhost/livez'],
    ['a port that is none (RFC 3986 §3.2.3)', 'http://localhost:x/livez'],
    ['a fragment (RFC 9112 §3.2)', '/livez#part'],
  ])('a target with %s is 400', async (_, target) => {
    expect((await send(server.port, 'GET', target)).status).toBe(400)
  })

  test.each(['.', '..', '%2e%2e', '%2E.'])('an item cannot be called %s (RFC 3986 §3.3)', async (id) => {
    const response = await raw(server.port, format('PUT', `/notes/${id}`, { as: 'ada', content: { text: 'dots' } }))
    expect(response.status).toBe(400)
  })
})

describe('the aids of development', () => {
  const stage = (host: string) =>
    send(server.port, 'POST', '/.tenfour/faults', { fields: { Host: host }, content: { next: 'none' } })

  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:80'])(
    'are not there for a page of %s whose name leads to this machine',
    async (host) => expect((await stage(host)).status).toBe(404),
  )

  test.each(['localhost', 'LOCALHOST:4010', '127.0.0.1:4010', '[::1]:4010', 'api.localhost'])(
    'are there under %s',
    async (host) => expect((await stage(host)).status).toBe(400),
  )
})
