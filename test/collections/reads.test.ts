/** What a read asks of the store: as little as the answer needs, and nothing that is stale. */
import { beforeEach, expect, test, vi } from 'vitest'
import type { Store } from '../../src/server/storage.ts'
import { openMemoryForTests } from '../../src/store/memory.test-store.ts'
import { inProcess, type Server } from '../in-process.ts'
import { API } from './api.ts'
import { watched } from './watched-store.ts'

let store: Store
let server: Server
let at: string
let etag: string
/** What is asked about articles. */
let asked: string[]
let meanwhile: (() => Promise<unknown>) | undefined

beforeEach(async () => {
  store = openMemoryForTests()
  meanwhile = undefined
  const watch = watched(store, {
    asked: async (what, table) => {
      if (table !== 'articles') return
      asked.push(what)
      const once = meanwhile
      if (what === 'read') meanwhile = undefined
      if (what === 'read') await once?.()
    },
  })
  server = await inProcess(API, watch)
  const made = await server.ask('POST', '/articles', { as: 'ann', json: { title: 'On time', body: 'text' } })
  at = made.fields['location'] ?? ''
  etag = made.fields['etag'] ?? ''
  asked = []
})

const get = (fields: Readonly<Record<string, string>> = {}) => server.ask('GET', at, { fields })
const unchanged = () => get({ 'if-none-match': etag })
const change = () => server.ask('PATCH', at, { as: 'ann', json: { title: 'New' } })

test('304 and 412 read no row', async () => {
  expect((await unchanged()).status).toBe(304)
  expect((await get({ 'if-match': '"other"' })).status).toBe(412)
  expect(asked).toEqual(['peek', 'peek'])
})

test('the first 200 reads the row at once; the next ones read its head alone', async () => {
  for (let n = 0; n < 3; n++) expect((await get()).status).toBe(200)
  expect(asked).toEqual(['read', 'peek', 'peek'])
})

test('a row that changed is read again, and its own tag is sent', async () => {
  await get()
  await change()
  asked = []
  const now = await get()
  expect(now.json['title']).toBe('New')
  expect(now.fields['etag']).not.toBe(etag)
  expect(asked).toEqual(['peek', 'read'])
})

test('changed between the head and the row: what is sent is the newer, under its own tag', async () => {
  meanwhile = change
  const now = await get({ 'if-none-match': '"other"' })
  expect(now.json['title']).toBe('New')
  expect(now.fields['etag']).toBe((await get()).fields['etag'])
})

test('deleted between the head and the row: 404', async () => {
  meanwhile = () => server.ask('DELETE', at, { as: 'ann' })
  expect((await get({ 'if-none-match': '"other"' })).status).toBe(404)
})

test('given away between the head and the row: judged again', async () => {
  const bob = (await server.ask('POST', '/notes', { as: 'bob', json: { text: 'x' } })).json['by']
  const note = await server.ask('POST', '/notes', { as: 'ann', json: { text: 'x' } })
  const id = String(note.json['id'])
  const row = await store.read('notes', id)
  const late = watched(store, {
    asked: async (what, table) => {
      if (what !== 'read' || table !== 'notes' || row === undefined) return
      await store.write((tx) => tx.update('notes', id, row.version, { by: bob }))
    },
  })
  const other = await inProcess(API, late)
  const read = await other.ask('GET', `/notes/${id}`, { as: 'ann', fields: { 'if-none-match': '"other"' } })
  expect(read.status).toBe(404)
})

test('while its table does not change, nothing is asked of an item or a list', async () => {
  const near = await inProcess(
    API,
    watched(store, {
      revisions: true,
      asked: (what, table) => {
        if (table === 'articles') asked.push(what)
      },
    }),
  )
  const read = async (target: string, fields = {}) => {
    asked = []
    const { status } = await near.ask('GET', target, { fields })
    return [status, ...asked]
  }
  const tag = async () => ({ 'if-none-match': (await near.ask('GET', '/articles')).fields['etag'] ?? '' })
  expect(await read(at)).toEqual([200, 'read'])
  expect(await read(at)).toEqual([200, 'peek'])
  expect(await read(at)).toEqual([200])
  expect(await read(at, { 'if-none-match': etag })).toEqual([304])
  expect(await read('/articles')).toEqual([200, 'list'])
  expect(await read('/articles', await tag())).toEqual([304])
  expect(await read('/articles?limit=1')).toEqual([200, 'list'])
  await server.ask('POST', '/articles', { as: 'ann', json: { title: 'Another', body: 'text' } })
  expect(await read('/articles')).toEqual([200, 'list'])
  expect(await read(at)).toEqual([200, 'peek'])
  expect(await read(at)).toEqual([200])
  await change()
  expect(await read(at)).toEqual([200, 'peek', 'read'])
})

test('9110 §8.8.2.1 Last-Modified of a version ahead of the clock is the time of each answer', async () => {
  let now = Date.now() - 60_000
  const behind = await inProcess(API, store, () => now)
  const lastModified = async () => (await behind.ask('GET', at)).fields['last-modified']
  for (const later of [0, 5_000, 5_000]) {
    now += later
    expect(await lastModified()).toBe(new Date(now).toUTCString())
  }
})

test('nor is one of what is kept later than a clock that was put back', async () => {
  let now = Date.now()
  const near = await inProcess(API, watched(store, { revisions: true }), () => now)
  const lastModified = async () => (await near.ask('GET', at)).fields['last-modified']
  for (let time = 0; time < 3; time++) expect(Date.parse((await lastModified()) ?? '')).toBeLessThanOrEqual(now)
  now -= 60_000
  expect(await lastModified()).toBe(new Date(now).toUTCString())
})

test('a list that fails is one failure: nothing else that was asked is left to fail unheard', async () => {
  const unheard = vi.fn<() => void>()
  process.on('unhandledRejection', unheard)
  const failing = await inProcess(
    API,
    watched(store, {
      asked: async (what, table) => {
        if (table === 'articles') throw new Error(what)
      },
    }),
  )
  expect((await failing.ask('GET', '/articles?count=true')).status).toBe(500)
  await new Promise((resolve) => setTimeout(resolve, 10))
  process.off('unhandledRejection', unheard)
  expect(unheard).not.toHaveBeenCalled()
})
