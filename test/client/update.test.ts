/** Read, change, write back: nobody's change is lost (RFC 9110 §13.1.1). */
import { getEventListeners } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient, NoValidator, type Reaction } from '../../src/client/index.ts'
import { type Newsroom, startNewsroom } from './newsroom.ts'
import { bare, json, startScripted } from './scripted.ts'

let room: Newsroom
beforeAll(async () => {
  room = await startNewsroom()
})
afterAll(() => room.stop())

const ARTICLE = { title: 'Counter', body: '0' }

test('50 clients increment one counter at once, and none is lost', { timeout: 60_000 }, async () => {
  const { id } = await room.client('basic').post('/articles', { content: ARTICLE }).value()
  const increments = Array.from({ length: 50 }, () =>
    room
      .client('basic')
      .update('/articles/{id}', { params: { id }, tries: 200 }, (a) => ({ ...a, body: String(Number(a.body) + 1) })),
  )
  const statuses = (await Promise.all(increments)).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect((await room.client().get('/articles/{id}', { params: { id } }).value()).body).toBe('50')
})

test('only what differs is written, and nothing where nothing does', async () => {
  const client = room.client('basic')
  const { id } = await client.post('/articles', { content: { ...ARTICLE, slug: 'one' } }).value()
  const removed = await client.update('/articles/{id}', { params: { id } }, (a) => ({ ...a, slug: undefined })).value()
  expect(removed).not.toHaveProperty('slug')
  const before = room.requests()
  expect((await client.update('/articles/{id}', { params: { id } }, (a) => ({ ...a }))).status).toBe(200)
  expect((await client.update('/articles/{id}', { params: { id } }, () => undefined)).status).toBe(200)
  expect(room.requests() - before).toBe(2)
})

test('what is not there is a 404 like any other', async () => {
  const r = await room.client('basic').update('/articles/{id}', { params: { id: 'none' } }, (a) => a)
  expect(r.status).toBe(404)
})

describe('against other servers', () => {
  test('a change that never comes ends with the signal, which nothing is left on', async () => {
    const server = await startScripted((_request, response) => json(response, 200, { n: 1 }, { etag: '"1"' }))
    const caller = new AbortController()
    const reason = new Error('left')
    const never = (): Promise<never> => {
      setTimeout(() => caller.abort(reason), 20)
      return new Promise(() => undefined)
    }
    await expect(createClient(server.url).update('/x', { signal: caller.signal }, never)).rejects.toBe(reason)
    const other = new AbortController()
    await createClient(server.url).update('/x', { signal: other.signal }, () => undefined)
    expect([caller, other].flatMap(({ signal }) => getEventListeners(signal, 'abort'))).toEqual([])
    await server.stop()
  })

  test('when the tries are spent, the last 412 is the result', async () => {
    const server = await startScripted(({ method }, response, n) =>
      method === 'GET' ? json(response, 200, { n }, { etag: `"${n}"` }) : bare(response, 412),
    )
    const reactions: Reaction[] = []
    const client = createClient(server.url, { onReaction: (reaction) => reactions.push(reaction) })
    const r = await client.update('/x', { tries: 2 }, () => ({ n: -1 }))
    expect(r.status).toBe(412)
    expect(server.arrived.map(({ method }) => method).join(' ')).toBe('GET PATCH GET PATCH GET PATCH')
    expect(server.arrived.filter(({ method }) => method === 'PATCH').map(({ fields }) => fields['if-match'])).toEqual([
      '"0"',
      '"2"',
      '"4"',
    ])
    expect(reactions.map(({ kind }) => kind)).toEqual(['reread', 'reread'])
    await server.stop()
  })

  test.each([
    ['no ETag', {}],
    ['a weak one', { etag: 'W/"1"' }],
    ['a malformed one', { etag: '1' }],
  ])('%s: rejects before anything is written', async (_, fields) => {
    const server = await startScripted((_request, response) => json(response, 200, { n: 1 }, fields))
    await expect(createClient(server.url).update('/x', {}, () => ({ n: 2 }))).rejects.toBeInstanceOf(NoValidator)
    expect(server.arrived).toHaveLength(1)
    await server.stop()
  })

  test('where there is no PATCH, Allow leads to PUT; it is not asked for again (RFC 9110 §15.5.6)', async () => {
    const server = await startScripted(({ method }, response) => {
      if (method === 'GET') json(response, 200, { n: 1, m: 2 }, { etag: '"1"' })
      else bare(response, method === 'PUT' ? 204 : 405, { allow: 'GET, PUT' })
    })
    const client = createClient(server.url)
    for (let times = 0; times < 2; times++)
      expect((await client.update('/x', {}, () => ({ n: 2, m: 2 }))).status).toBe(204)
    expect(server.arrived.map(({ method }) => method).join(' ')).toBe('GET PATCH PUT GET PUT')
    expect(server.arrived[2]).toMatchObject({ content: '{"n":2,"m":2}', fields: { 'if-match': '"1"' } })
    await server.stop()
  })

  test('what a merge patch cannot say is put (RFC 7396 §1)', async () => {
    const server = await startScripted(({ method }, response) =>
      method === 'GET' ? json(response, 200, { n: 1 }, { etag: '"1"' }) : bare(response, 204),
    )
    await createClient(server.url).update('/x', {}, () => ({ n: null }))
    expect(server.arrived[1]).toMatchObject({ method: 'PUT', content: '{"n":null}' })
    await server.stop()
  })

  test('a write that leads elsewhere is done, and done once (RFC 9110 §15.4.4)', async () => {
    let n = 1
    const server = await startScripted(({ method, fields }, response) => {
      if (fields['if-match'] !== undefined && fields['if-match'] !== `"${n}"`) bare(response, 412)
      else if (method === 'GET') json(response, 200, { n }, { etag: `"${n}"` })
      else bare(response, 303, { location: `/x?${++n}` })
    })
    const r = await createClient(server.url).update('/x', {}, () => ({ n: null }))
    expect([r.status, n]).toEqual([200, 2])
    await server.stop()
  })

  test('a write that may have been done is not sent again', async () => {
    const server = await startScripted(({ method }, response) => {
      if (method === 'GET') json(response, 200, { n: 1 }, { etag: '"1"' })
      else response.socket?.destroy()
    })
    await expect(createClient(server.url).update('/x', {}, () => ({ n: null }))).rejects.toThrow(/no reply/)
    expect(server.arrived.map(({ method }) => method).join(' ')).toBe('GET PUT')
    await server.stop()
  })
})
