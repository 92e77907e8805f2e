/**
 * What is sent again with its Idempotency-Key, and what is kept for that.
 *
 * A write that found its item changed is judged again (RFC 9110 §13.2.2), and it is still the same request: it keeps its
 * Idempotency-Key, and was told to go on with its content once (RFC 9110 §10.1.1).
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renameSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import {
  apiKeys,
  collection,
  conflict,
  defineApi,
  deleted,
  done,
  found,
  missing,
  resource,
  setBy,
  unique,
} from '../src/server/index.ts'
import { until } from './scenario.ts'
import { start, type Started } from './start.ts'
import { format, send, Wire, type WireResponse } from './wire.ts'

let performed = 0
/** What is done elsewhere: how often, and whether it is still there. */
let sent = 0
let there = true
let during: () => unknown = () => undefined

const accounts = collection(
  { email: unique(z.email()), role: setBy('admin', z.enum(['basic', 'admin']).default('basic')) },
  { allow: { create: 'anyone' } },
)

const notes = collection(
  { text: z.string() },
  {
    allow: { create: 'anyone', read: 'anyone', update: 'anyone' },
    actions: {
      stamp: {
        input: z.object({ mark: z.string() }),
        allow: 'anyone',
        outcomes: ['changed'],
        perform: ({ item, input }) => {
          performed++
          return { kind: 'changed', item: { text: `${item.text} ${input.mark}` } }
        },
      },
      publish: {
        allow: 'signedIn',
        outcomes: ['changed'],
        when: ({ text }) =>
          text.startsWith('published') ? [{ pointer: '/text', detail: 'It is public.', code: 'public' }] : undefined,
        perform: ({ item }) => ({ kind: 'changed', item: { text: `published ${item.text}` } }),
      },
      shred: { allow: ['admin', ({ item }) => item.text !== 'kept'], outcomes: ['deleted'], perform: () => deleted() },
    },
  },
)

/** A letter box: what is posted is gone from here. */
const letters = resource('/letters/{name}', {
  loads: ['found', 'missing'],
  load: () => (there ? found({ there }) : missing()),
  allow: { post: 'anyone' },
  post: {
    input: z.object({ to: z.string() }),
    outcomes: ['done', 'conflict'],
    perform: async ({ input }) => {
      sent++
      await during()
      if (input.to === 'nobody') return conflict([{ pointer: '/to', detail: 'Nobody.', code: 'nobody' }])
      there = false
      return done({ sent })
    },
  },
})

let server: Started
beforeAll(async () => {
  server = await start(
    defineApi(
      { accounts, notes, letters },
      {
        accounts: { in: 'accounts', role: 'role', login: 'email' },
        auth: [apiKeys()],
        seed: {
          accounts: [
            { email: 'ann@example.org', key: 'ann' },
            { email: 'bob@example.org', key: 'bob' },
          ],
        },
      },
    ),
  )
})
afterAll(() => server.stop())

test('Idempotency-Key §2.6: done once, also when the item changed under the first request', async () => {
  const made = await send(server.port, 'POST', '/notes', { content: { text: 'a' } })
  const at = made.fields['location'] ?? ''
  const stamp = { fields: { 'Idempotency-Key': '"once"', Expect: '100-continue' }, content: { mark: 'stamped' } }
  const octets = format('POST', `${at}/stamp`, stamp)
  const head = octets.indexOf('\r\n\r\n') + 4
  const wire = await Wire.open(server.port)
  wire.write(octets.subarray(0, head))
  // The item is loaded before the content is asked for, so what comes in between makes it another.
  await expect.poll(() => wire.left).toContain('100 Continue')
  expect((await send(server.port, 'PATCH', at, { content: { text: 'b' } })).status).toBe(200)
  wire.write(octets.subarray(head))
  const first = await wire.read()
  wire.close()
  expect(first.json()).toMatchObject({ text: 'b stamped' })
  // Once for what it was, which was undone, and once for what it became.
  expect(performed).toBe(2)
  expect(first.interim).toEqual([100])

  const second = await send(server.port, 'POST', `${at}/stamp`, stamp)
  expect(second.content).toBe(first.content)
  expect(performed).toBe(2)
})

test('what is kept of a content, which may hold a password, cannot be guessed without the key', async () => {
  for (const key of ['first', 'second'])
    await send(server.port, 'POST', '/notes', { fields: { 'Idempotency-Key': key }, content: { text: 'the same' } })
  const rows = await server.store.list('_idempotency', { filter: {}, sort: [], limit: 10 })
  const kept = rows.map(({ values }) => values['content'])
  expect(new Set(kept).size).toBe(rows.length)
})

/** What a client is told, less the time and the name of the request. */
const told = ({ status, content, lines }: WireResponse) => ({
  status,
  content,
  fields: lines.filter(([name]) => name !== 'Date' && name !== 'Request-Id'),
})

const note = async (text: string): Promise<{ at: string; etag: string }> => {
  const { fields } = await send(server.port, 'POST', '/notes', { content: { text } })
  return { at: fields['location'] ?? '', etag: fields['etag'] ?? '' }
}

describe('Idempotency-Key §2.6: an action is done once, and what it did does not stand against its being sent again', () => {
  test.each([
    ['the version that it changed', 'publish', { as: 'ann', fields: (etag: string) => ({ 'If-Match': etag }) }],
    ['the state that it left', 'publish', { as: 'ann', fields: () => ({}) }],
    ['the item that it deleted', 'shred', { as: 'ann', fields: (etag: string) => ({ 'If-Match': etag }) }],
  ] as const)('%s', async (_, action, { as, fields }) => {
    const { at, etag } = await note('a')
    const ask = { as, fields: { 'Idempotency-Key': `"${at} ${action}"`, ...fields(etag) } }
    const first = await send(server.port, 'POST', `${at}/${action}`, ask)
    expect([200, 204]).toContain(first.status)
    const second = await send(server.port, 'POST', `${at}/${action}`, ask)
    expect(told(second)).toEqual(told(first))
    // Without the key it is judged as any other.
    const { 'Idempotency-Key': _key, ...without } = ask.fields
    const other = await send(server.port, 'POST', `${at}/${action}`, { as, fields: without })
    expect([404, 409, 412]).toContain(other.status)
  })

  test('who has lost the right to the operation, or is somebody else, is not told (RFC 9110 §15.5.2)', async () => {
    const { at } = await note('a')
    const ask = { fields: { 'Idempotency-Key': '"mine"' } }
    expect((await send(server.port, 'POST', `${at}/publish`, { ...ask, as: 'ann' })).status).toBe(200)
    expect((await send(server.port, 'POST', `${at}/publish`, ask)).status).toBe(401)
    expect((await send(server.port, 'POST', `${at}/publish`, { ...ask, as: 'nobody' })).status).toBe(401)
    expect((await send(server.port, 'POST', `${at}/publish`, { ...ask, as: 'bob' })).status).toBe(409)
  })

  test('other content is 422, also when the item is gone (Idempotency-Key §2.7)', async () => {
    const { at } = await note('a')
    const ask = (mark: string) => ({ fields: { 'Idempotency-Key': '"other"' }, content: { mark } })
    expect((await send(server.port, 'POST', `${at}/stamp`, ask('x'))).status).toBe(200)
    expect((await send(server.port, 'POST', `${at}/shred`)).status).toBe(401)
    expect((await send(server.port, 'POST', `${at}/shred`, { as: 'ann' })).status).toBe(204)
    expect((await send(server.port, 'POST', `${at}/stamp`, ask('y'))).status).toBe(422)
    expect((await send(server.port, 'POST', `${at}/stamp`, ask('x'))).json()).toMatchObject({ text: 'a x' })
  })
})

describe('Idempotency-Key §2.6: what is done elsewhere', () => {
  const letter = (key: string, to = 'ann') =>
    send(server.port, 'POST', '/letters/box', { fields: { 'Idempotency-Key': `"${key}"` }, content: { to } })
  const before = (): void => {
    sent = 0
    there = true
    during = () => undefined
  }

  test('is done once, whatever has become of what it was done to', async () => {
    before()
    const first = await letter('letter')
    expect(first.json()).toEqual({ sent: 1 })
    expect(there).toBe(false)
    expect(told(await letter('letter'))).toEqual(told(first))
    expect(sent).toBe(1)
  })

  test('RFC 9110 §4.2.3: is done once, also where its URI is written in another way', async () => {
    before()
    for (const name of ['b!x', 'b%21x', '%62!x', '%62%21%78']) {
      const ask = { fields: { 'Idempotency-Key': '"equivalent"' }, content: { to: 'ann' } }
      expect((await send(server.port, 'POST', `/letters/${name}`, ask)).json(), `${name}`).toEqual({ sent: 1 })
    }
    expect(sent).toBe(1)
  })

  test('a refusal leaves no key behind', async () => {
    before()
    for (const times of [1, 2]) {
      expect((await letter('refused', 'nobody')).status).toBe(409)
      expect(sent).toBe(times)
    }
    expect((await letter('refused')).json()).toEqual({ sent: 3 })
  })

  test('sent again while the first is at work, which is then refused: judged from the start', async () => {
    before()
    let release = (): void => undefined
    during = () => new Promise<void>((resolve) => (release = resolve))
    const first = letter('late', 'nobody')
    await until(() => sent === 1)
    const wire = await Wire.open(server.port)
    const octets = format('POST', '/letters/box', {
      fields: { 'Idempotency-Key': '"late"' },
      content: { to: 'nobody' },
    })
    wire.write(octets.subarray(0, -1))
    await until(() => server.engine.requests === 2)
    during = () => undefined
    there = false
    release()
    expect((await first).status).toBe(409)
    wire.write(octets.subarray(-1))
    // What the first would have changed was not judged for the second, for it was taken to be its doing.
    expect((await wire.read()).status).toBe(404)
    wire.close()
    expect(sent).toBe(1)
  })

  test('what is thrown leaves no key behind: a 5xx asks to be sent again (RFC 9110 §15.6.1)', async () => {
    before()
    during = () => Promise.reject(new Error('the van broke down'))
    expect((await letter('thrown')).status).toBe(500)
    during = () => undefined
    expect((await letter('thrown')).json()).toEqual({ sent: 2 })
  })

  test('where the answer cannot be kept it is sent all the same, and nothing is done twice', async () => {
    before()
    during = async () => {
      renameSync(server.file, `${server.file}.away`)
      // Longer than the store trusts its last look at the file.
      await sleep(150)
    }
    const first = await letter('unkept')
    expect(first.status).toBe(200)
    expect(first.json()).toEqual({ sent: 1 })
    expect(server.log.some(({ level, message }) => level === 'error' && /Idempotency-Key/.test(message))).toBe(true)
    renameSync(`${server.file}.away`, server.file)
    await until(async () => (await send(server.port, 'GET', '/readyz')).status === 200)
    there = true
    const second = await letter('unkept')
    expect(second.status).toBe(409)
    expect(second.fields['retry-after']).toBeDefined()
    expect(sent).toBe(1)
  })

  test('another process has begun with it: it is not done here (Idempotency-Key §2.6)', async () => {
    before()
    const beside = await server.beside()
    let inside: WireResponse | undefined
    during = async () => {
      during = () => undefined
      inside = await send(beside.port, 'POST', '/letters/box', {
        fields: { 'Idempotency-Key': '"two"' },
        content: { to: 'ann' },
      })
    }
    expect((await letter('two')).status).toBe(200)
    expect(inside?.status).toBe(409)
    expect(sent).toBe(1)
    await beside.stop()
  })
})
