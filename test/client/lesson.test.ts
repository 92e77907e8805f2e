/**
 * The newsroom's whole lesson through the client: each of the ten codes, and what the client made of it.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer, createClient, memoryCache, type Reaction, StatusError } from '../../src/client/index.ts'
import type newsroom from '../../examples/newsroom/api.ts'
import { type Newsroom, startNewsroom } from './newsroom.ts'

const ARTICLE = { title: 'Ten-four', body: 'Received and understood.' }
let room: Newsroom
beforeAll(async () => {
  room = await startNewsroom()
})
afterAll(() => room.stop())

test('200: the content is at hand', async () => {
  const r = await room.client().get('/articles')
  expect(r.status).toBe(200)
  if (r.status === 200) expect(r.content.items).toEqual([])
})

test('201: follows Location to what is new', async () => {
  const r = await room.client('basic').post('/articles', { content: ARTICLE })
  expect(r.status).toBe(201)
  if (r.status !== 201) return
  expect(r.location).toBe(`${room.url}/articles/${r.content.id}`)
  const followed = await r.follow()
  expect(followed).toMatchObject({ ok: true, status: 200, content: r.content })
})

test('204: no content is read, and the item is gone', async () => {
  const client = room.client('basic')
  const { id } = await client.post('/articles', { content: ARTICLE }).value()
  const r = await client.delete('/articles/{id}', { params: { id } })
  expect(r).toMatchObject({ ok: true, status: 204, content: undefined })
  expect((await client.get('/articles/{id}', { params: { id } })).status).toBe(404)
})

test('304: the copy at hand is still right, and comes back as the 200 that it was', async () => {
  const reactions: Reaction[] = []
  const client = room.client('basic', { cache: memoryCache(), onReaction: (reaction) => reactions.push(reaction) })
  const { id } = await client.post('/articles', { content: ARTICLE }).value()
  const first = await client.get('/articles/{id}', { params: { id } })
  const again = await client.get('/articles/{id}', { params: { id } })
  expect([first.from, again.from]).toEqual(['network', 'revalidated'])
  expect(again.status).toBe(200)
  expect(again).toMatchObject({ content: first.status === 200 && first.content })
  expect(reactions).toMatchObject([{ kind: 'reused', from: 'revalidated' }])
})

test('400: names every member that has to be mended', async () => {
  // @ts-expect-error a username is missing: it does not compile, and is sent all the same
  const r = await room.client().post('/users', { content: { email: 'grace@example.com' } })
  expect(r.status).toBe(400)
  if (r.status === 400) expect(r.problem.errors?.map(({ pointer }) => pointer)).toEqual(['/username'])
})

test('401: signs in, then sends it again', async () => {
  const reactions: Reaction[] = []
  const client = createClient<typeof newsroom>(room.url, {
    auth: bearer({ token: 'expired', refresh: async () => room.key.basic }),
    onReaction: (reaction) => reactions.push(reaction),
  })
  const r = await client.post('/articles', { content: ARTICLE })
  expect(r.status).toBe(201)
  expect(reactions).toMatchObject([{ kind: 'renewed', by: 'refresh', status: 401, method: 'POST' }])
  const stranger = await room.client().post('/articles', { content: ARTICLE })
  expect(stranger.status).toBe(401)
  expect(stranger.challenges).toMatchObject([{ scheme: 'bearer' }])
})

test('403: gives up, without a second request', async () => {
  const { id } = await room.client('admin').post('/articles', { content: ARTICLE }).value()
  const before = room.requests()
  const r = await room.client('basic').delete('/articles/{id}', { params: { id } })
  expect(r.status).toBe(403)
  expect(room.requests() - before).toBe(1)
})

test('404: a value like any other; `value()` alone throws', async () => {
  const r = await room.client().get('/articles/{id}', { params: { id: 'none' } })
  expect(r.status).toBe(404)
  if (r.status === 404) expect(r.problem.title).toBe('Not Found')
  const thrown: unknown = await room
    .client()
    .get('/articles/{id}', { params: { id: 'none' } })
    .value()
    .catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(StatusError)
  expect(thrown).toMatchObject({ status: 404, problem: { status: 404 } })
  expect(String(thrown)).toMatch(/GET http:.*\/articles\/none: 404 Not Found/)
})

test('409: names the member that is taken', async () => {
  const r = await room.client().post('/users', { content: { email: 'basic@example.com', username: 'second' } })
  expect(r.status).toBe(409)
  if (r.status === 409) expect(r.problem.errors?.[0]?.pointer).toBe('/email')
})

test('500: tries later, or quotes the reference', async () => {
  await room.fail()
  const gone = await room.client(undefined, { retry: false }).get('/articles')
  expect(gone.status).toBe(500)
  expect(gone.fields.get('request-id')).toBeTruthy()
  await room.fail()
  const patient = await room.client(undefined, { retry: { wait: 10 } }).get('/articles')
  expect(patient.status).toBe(200)
})

test('a POST that failed is not sent again, unless it has a key', async () => {
  const client = room.client('basic', { retry: { wait: 10 } })
  await room.fail()
  expect((await client.post('/articles', { content: ARTICLE })).status).toBe(500)
  await room.fail()
  expect((await client.post('/articles', { content: ARTICLE, idempotencyKey: true })).status).toBe(201)
})
