/**
 * One Idempotency-Key, sent to two processes over one database: each has looked for the key and found it new, and then
 * the other one is faster (draft-ietf-httpapi-idempotency-key-header §2.6).
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { collection, defineApi, deleted, done, resource, unique } from '../src/server/index.ts'
import type { Running } from '../src/server/serving.ts'
import { serve } from '../src/server/shell/node.ts'
import type { Store } from '../src/server/storage.ts'
import { openSqlite } from '../src/store/index.ts'
import { until } from './scenario.ts'
import { start, type Started } from './start.ts'
import { send, type Sent, type WireResponse } from './wire.ts'

const users = collection({ email: unique(z.email()) }, { allow: { create: 'anyone' } })

const notes = collection(
  { text: z.string() },
  {
    allow: { create: 'anyone', update: 'anyone' },
    actions: {
      publish: {
        allow: 'anyone',
        outcomes: ['changed'],
        when: ({ text }) =>
          text.startsWith('published') ? [{ pointer: '/text', detail: 'It is public.', code: 'public' }] : undefined,
        perform: ({ item }) => ({ kind: 'changed', item: { text: `published ${item.text}` } }),
      },
      shred: { allow: 'anyone', outcomes: ['deleted'], perform: () => deleted() },
    },
  },
)

let sent = 0
let sending: () => unknown = () => undefined
const letters = resource('/letters', {
  allow: { post: 'anyone' },
  post: {
    input: z.object({ to: z.string() }),
    outcomes: ['done'],
    perform: async () => {
      sent++
      await sending()
      return done({ sent })
    },
  },
})

const api = defineApi({ users, notes, letters })

/** Around each write of the slower process. */
type Around = (write: () => Promise<unknown>) => Promise<unknown>
const AT_ONCE: Around = (write) => write()
let around = AT_ONCE

let faster: Started
let store: Store
let slower: Running
beforeAll(async () => {
  faster = await start(api)
  store = await openSqlite(`file:${faster.file}`)
  slower = await serve(api, { store: slowed(store), log: { info() {}, warn() {}, error() {} } })
})
afterAll(async () => {
  await slower.stop()
  await store.close()
  await faster.stop()
})
beforeEach(() => {
  around = AT_ONCE
  sending = () => undefined
  sent = 0
})

function slowed(inner: Store): Store {
  const write = (...args: Parameters<Store['write']>) => around(() => inner.write(...args))
  return new Proxy(inner, {
    get(_, name: keyof Store) {
      if (name === 'write') return write
      const member = inner[name]
      return typeof member === 'function' ? member.bind(inner) : member
    },
  })
}

/** From here on the next write of the slower process waits for that. */
function before(happens: () => Promise<unknown>): void {
  around = async (write) => {
    around = AT_ONCE
    await happens()
    return write()
  }
}

/** What a client is told, less the time and the name of the request. */
const told = ({ status, content, lines }: WireResponse) => ({
  status,
  content,
  fields: lines.filter(([name]) => name !== 'Date' && name !== 'Request-Id'),
})

let keys = 0
const keyed = (rest: Sent): Sent => ({ ...rest, fields: { ...rest.fields, 'Idempotency-Key': `"${++keys}"` } })

async function note(): Promise<{ at: string; etag: string }> {
  const { fields } = await send(faster.port, 'POST', '/notes', { content: { text: 'a' } })
  return { at: fields['location'] ?? '', etag: fields['etag'] ?? '' }
}

const ASKS: readonly [what: string, status: number, ask: () => Promise<readonly [target: string, sent: Sent]>][] = [
  ['what is unique', 201, async () => ['/users', { content: { email: `${keys}@x.org` } }]],
  ['the state that it leaves', 200, async () => [`${(await note()).at}/publish`, {}]],
  ['the item that it deletes', 204, async () => [`${(await note()).at}/shred`, {}]],
  [
    'the version that it changes',
    200,
    async () => {
      const { at, etag } = await note()
      return [`${at}/publish`, { fields: { 'If-Match': etag } }]
    },
  ],
]

describe.each(ASKS)('Idempotency-Key §2.6: %s', (_, status, ask) => {
  test('the first answer again, where the other process was faster', async () => {
    const [target, rest] = await ask()
    const same = keyed(rest)
    let first: WireResponse | undefined
    before(async () => {
      first = await send(faster.port, 'POST', target, same)
    })
    const second = await send(slower.port, 'POST', target, same)
    expect(first?.status).toBe(status)
    expect(told(second)).toEqual(first && told(first))
  })

  test('one answer to all that are sent at once', async () => {
    for (let round = 0; round < 10; round++) {
      const [target, rest] = await ask()
      const same = keyed(rest)
      const [first, second] = await Promise.all([faster, slower].map(({ port }) => send(port, 'POST', target, same)))
      expect(first?.status).toBe(status)
      expect(second && told(second)).toEqual(first && told(first))
    }
  })
})

test('Idempotency-Key §2.6: the other process was faster after the item was found changed', async () => {
  const { at } = await note()
  const same = keyed({})
  let first: WireResponse | undefined
  around = async (write) => {
    around = AT_ONCE
    expect((await send(faster.port, 'PATCH', at, { content: { text: 'b' } })).status).toBe(200)
    const outcome = await write()
    first = await send(faster.port, 'POST', `${at}/shred`, same)
    return outcome
  }
  const second = await send(slower.port, 'POST', `${at}/shred`, same)
  expect(first?.status).toBe(204)
  expect(told(second)).toEqual(first && told(first))
})

test('Idempotency-Key §2.7: with other content it is 422, also where the other process was faster', async () => {
  const same = keyed({})
  before(() => send(faster.port, 'POST', '/users', { ...same, content: { email: 'one@x.org' } }))
  expect((await send(slower.port, 'POST', '/users', { ...same, content: { email: 'two@x.org' } })).status).toBe(422)
})

test('Idempotency-Key §2.6: a refusal of the other process keeps nobody from being judged', async () => {
  const same = keyed({ content: { email: 'taken@x.org' } })
  const taken = await send(faster.port, 'POST', '/users', { content: { email: 'taken@x.org' } })
  expect(taken.status).toBe(201)
  before(() => send(faster.port, 'POST', '/users', same))
  expect((await send(slower.port, 'POST', '/users', same)).status).toBe(409)
})

test('Idempotency-Key §2.6: what the other process has begun elsewhere is 409, then the first answer again', async () => {
  const same = keyed({ content: { to: 'ann' } })
  let arrive = (): void => undefined
  let first: Promise<WireResponse> | undefined
  sending = () => new Promise<void>((resolve) => (arrive = resolve))
  before(async () => {
    first = send(faster.port, 'POST', '/letters', same)
    await until(() => sent === 1)
  })
  const meanwhile = await send(slower.port, 'POST', '/letters', same)
  expect(meanwhile.status).toBe(409)
  expect(meanwhile.fields['retry-after']).toBeDefined()
  arrive()
  expect((await first)?.json()).toEqual({ sent: 1 })
  expect((await send(slower.port, 'POST', '/letters', same)).json()).toEqual({ sent: 1 })
  expect(sent).toBe(1)
})
