/** Who finds what is kept of exchanges, as a list and live; and that no secret is in it. */
import { connect } from 'node:net'
import { once } from 'node:events'
import { assert, asyncProperty, constantFrom, record, string, uniqueArray } from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import type { ExchangeLine, ExplainedExchange } from '../src/rules/index.ts'
import { apiKeys, collection, defineApi, hidden, owner, password, readBy, setBy, unique } from '../src/server/index.ts'
import { createFetchHandler } from '../src/server/shell/fetch.ts'
import { KEYS, start, type Started, startNewsroom } from './start.ts'
import { format, send, Wire } from './wire.ts'

const PATHS = ['operations', 'statuses', 'exchanges', 'exchanges/live', 'x/none'].map((name) => `/.tenfour/${name}`)
const FOUND = PATHS.filter((path) => !path.endsWith('/none'))

let started: Started
beforeAll(async () => {
  started = await startNewsroom({ development: true })
})
afterAll(() => started.stop())

describe('who finds the aids', () => {
  const head = async (path: string, fields: Record<string, string>): Promise<number> =>
    (await send(started.port, 'HEAD', path, { fields })).status

  it.each(FOUND)('%s is there for this machine', async (path) => {
    expect(await head(path, {})).toBe(200)
  })

  it.each(
    FOUND.flatMap((path) => [
      [path, { Host: 'evil.example' }] as const,
      [path, { Host: 'localhost.evil.example' }] as const,
      [path, { Origin: 'https://evil.example' }] as const,
      [path, { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' }] as const,
    ]),
  )('%s is not there with %o', async (path, fields) => {
    expect(await head(path, fields)).toBe(404)
  })

  it.each(FOUND)('%s is not there for another machine', async (path) => {
    const handle = createFetchHandler(started.engine)
    expect((await handle(new Request(`http://localhost${path}`), { address: '10.0.0.1' })).status).toBe(404)
  })
})

describe('in production', () => {
  let production: Started
  afterEach(() => production.stop())
  const key = (as?: string) => ({ ...(as !== undefined && { as }) })

  it.each([...PATHS, '/.tenfour', '/.tenfour/'])('there is no %s', async (path) => {
    production = await startNewsroom()
    expect((await send(production.port, 'GET', path, key(KEYS.admin))).status).toBe(404)
  })

  it('a role that is named may read why a request got its code, and nobody else (RFC 9110 §15.5.4)', async () => {
    production = await startNewsroom({ traces: 'admin' })
    const { fields } = await send(production.port, 'DELETE', '/articles/none', key(KEYS.basic))
    const path = `/.tenfour/x/${fields['request-id']}`
    expect((await send(production.port, 'GET', path)).status).toBe(401)
    expect((await send(production.port, 'GET', path, key(KEYS.basic))).status).toBe(403)
    const trace = await send(production.port, 'GET', path, key(KEYS.admin))
    expect(trace.json()).toMatchObject({ status: 404, decision: 'exists', whyNot: { instead: [204] } })
    expect((await send(production.port, 'GET', '/.tenfour/x/none', key(KEYS.admin))).status).toBe(404)
    expect((await send(production.port, 'GET', '/.tenfour/exchanges', key(KEYS.admin))).status).toBe(404)
  })
})

it('the path of a slow request is its own, however many go by meanwhile', { timeout: 30_000 }, async () => {
  const post = format('POST', '/articles', { as: KEYS.basic, content: { title: 1 } })
  const pathOf = async (meanwhile: () => Promise<void>): Promise<readonly string[]> => {
    const wire = await Wire.open(started.port)
    wire.write(post.subarray(0, -4))
    await expect.poll(() => started.engine.requests).toBe(1)
    await meanwhile()
    wire.write(post.subarray(-4))
    const { fields, status } = await wire.read()
    wire.close()
    expect(status).toBe(400)
    const trace = await send(started.port, 'GET', `/.tenfour/x/${fields['request-id']}`)
    return trace.json<ExplainedExchange>().steps.map(({ id, mark }) => `${id} ${mark}`)
  }
  const handle = createFetchHandler(started.engine)
  const alone = await pathOf(() => Promise.resolve())
  expect(
    await pathOf(async () => {
      for (let by = 0; by < 5_000; by++) await handle(new Request('http://localhost/livez'))
    }),
  ).toEqual(alone)
})

describe('the live list', () => {
  const open = async (): Promise<{ next(): Promise<string>; close(): void }> => {
    const abort = new AbortController()
    const response = await fetch(`http://127.0.0.1:${started.port}/.tenfour/exchanges/live`, { signal: abort.signal })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    return {
      async next() {
        const { value } = await reader.read()
        return value === undefined ? 'ended' : new TextDecoder().decode(value)
      },
      close: () => abort.abort(),
    }
  }
  const lineOf = (event: string): ExchangeLine => JSON.parse(event.replace(/^data: /, '')) as ExchangeLine

  it('has each exchange as it ends', async () => {
    const live = await open()
    expect(await live.next()).toMatch(/^:.*\n\n$/)
    await send(started.port, 'GET', '/articles/none')
    const event = await live.next()
    expect(event).toMatch(/^data: .*\n\n$/)
    expect(lineOf(event)).toMatchObject({ path: '/articles/none', status: 404, operation: 'GET /articles/{id}' })
    live.close()
  })

  it('ends when the server stops, without waiting', async () => {
    const other = await startNewsroom({ development: true })
    const response = await fetch(`http://127.0.0.1:${other.port}/.tenfour/exchanges/live`)
    const before = performance.now()
    await other.stop()
    expect(performance.now() - before).toBeLessThan(3_000)
    expect(await response.text()).toMatch(/^:/)
  })

  it('is for sixteen at once: one more, and the first is let go', async () => {
    const first = await open()
    await first.next()
    const others = await Promise.all(Array.from({ length: 16 }, open))
    expect(await first.next()).toBe('ended')
    for (const other of others) other.close()
  })

  it('writes nothing to whom it has let go, though a request ends in the same turn', async () => {
    const other = await startNewsroom({ development: true })
    const unhandled = vi.fn<(error: unknown) => void>()
    process.on('uncaughtException', unhandled)
    onTestFinished(() => void process.off('uncaughtException', unhandled))
    const live = format('GET', '/.tenfour/exchanges/live')
    const followers = await Promise.all(
      Array.from({ length: 16 }, async () => {
        const wire = await Wire.open(other.port)
        wire.write(live)
        await expect.poll(() => wire.left).toContain(': exchanges')
        return wire
      }),
    )
    const last = await Wire.open(other.port)
    last.write(Buffer.concat([live, format('GET', '/livez')]))
    await expect.poll(() => last.left).toContain('"/livez"')
    await expect.poll(() => followers.filter((follower) => follower.left.endsWith('\r\n0\r\n\r\n')).length).toBe(1)
    const stopped = other.stop()
    await createFetchHandler(other.engine)(new Request('http://localhost/livez'))
    await stopped
    expect(unhandled.mock.calls).toEqual([])
  })

  it('lets go of whoever does not read', { timeout: 30_000 }, async () => {
    const socket = connect(started.port, '127.0.0.1')
    const closed = once(socket, 'close')
    socket.on('error', () => undefined)
    socket.pause()
    socket.write('GET /.tenfour/exchanges/live HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await new Promise((resolve) => setTimeout(resolve, 100))
    const handle = createFetchHandler(started.engine)
    const path = `/articles/${'x'.repeat(7_000)}`
    for (let sent = 0; sent < 2_000; sent++) await handle(new Request(`http://localhost${path}`))
    socket.resume()
    await closed
  })

  it('is the same through Fetch, slow readers included', async () => {
    const handle = createFetchHandler(started.engine)
    const ask = async () =>
      (await handle(new Request('http://localhost/.tenfour/exchanges/live'), { address: '127.0.0.1' }))
        .body as ReadableStream<Uint8Array>
    const reader = (await ask()).getReader()
    expect(new TextDecoder().decode((await reader.read()).value)).toMatch(/^:/)
    await send(started.port, 'GET', '/livez')
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('"/livez"')
    await reader.cancel()
    const slow = (await ask()).getReader()
    for (let sent = 0; sent < 20; sent++) await handle(new Request(`http://localhost/${'x'.repeat(7_000)}`))
    await expect(
      (async () => {
        while (!(await slow.read()).done);
      })(),
    ).rejects.toThrow('too slow')
  })

  it('has no content for HEAD', async () => {
    expect((await send(started.port, 'HEAD', '/.tenfour/exchanges/live')).status).toBe(200)
  })
})

describe('L16 no secret is kept', () => {
  const users = collection(
    {
      email: unique(z.string()),
      role: setBy('admin', z.enum(['basic', 'admin']).default('basic')),
      pin: hidden(z.string().min(4)),
      note: readBy('admin', z.string().optional()),
    },
    { allow: { create: 'anyone', read: ['self', 'admin'], update: ['self', 'admin'], list: 'admin', delete: 'admin' } },
  )
  const notes = collection(
    { text: z.string().max(2_000), slug: unique(z.string().max(40)), authorId: owner('users') },
    { allow: { create: 'signedIn', read: 'anyone', list: 'anyone', update: 'owner', delete: 'owner' } },
  )
  const api = defineApi(
    { users, notes },
    { accounts: { in: 'users', role: 'role', login: 'email' }, auth: [password(), apiKeys()] },
  )
  let kept: Started
  beforeAll(async () => {
    kept = await start(api, { development: true })
  })
  afterAll(() => kept.stop())

  const secret = string({
    minLength: 12,
    maxLength: 40,
    unit: constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'),
  }).map((text) => `sEcReT${text}`)
  const request = record({
    method: constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
    target: constantFrom('/users', '/users/1', '/notes', '/notes/1', '/session', '/keys', '/nowhere', '/livez'),
    where: uniqueArray(
      constantFrom(
        'authorization',
        'basic',
        'cookie',
        'query',
        'if-match',
        'idempotency-key',
        'accept',
        'password',
        'pin',
        'note',
        'text',
        'email',
        'role',
        'malformed',
        'x-api-key',
      ),
      { minLength: 1 },
    ),
  })
  const FIELDS: Readonly<Record<string, (value: string) => readonly [string, string]>> = {
    authorization: (value) => ['Authorization', `Bearer ${value}`],
    basic: (value) => ['Authorization', `Basic ${Buffer.from(`user:${value}`).toString('base64')}`],
    cookie: (value) => ['Cookie', `session=${value}`],
    'if-match': (value) => ['If-Match', `"${value}"`],
    'idempotency-key': (value) => ['Idempotency-Key', `"${value}"`],
    accept: (value) => ['Accept', `text/${value}`],
    'x-api-key': (value) => ['X-Api-Key', value],
  }

  it('whatever is sent, wherever it stands (RFC 9110 §17.16.3)', { timeout: 60_000 }, async () => {
    await assert(
      asyncProperty(request, secret, async ({ method, target, where }, value) => {
        const fields: Record<string, string> = {}
        const content: Record<string, string> = { email: 'somebody@example.com' }
        for (const place of where) {
          const field = FIELDS[place]?.(value)
          if (field !== undefined) fields[field[0]] = field[1]
          else content[place] = value
        }
        const { query, malformed, ...members } = content
        const path = query === undefined ? target : `${target}?q=${value}`
        const body = malformed === undefined ? members : `{"password":"${value}"`
        const takes = method !== 'GET' && method !== 'DELETE'
        const { fields: answered } = await send(kept.port, method, path, { fields, ...(takes && { content: body }) })
        const everything = await Promise.all(
          ['exchanges', `x/${answered['request-id']}`].map(
            async (name) => (await send(kept.port, 'GET', `/.tenfour/${name}`)).content,
          ),
        )
        const said = everything.join('\n') + JSON.stringify(kept.log)
        expect(said).not.toContain(value)
        expect(said).not.toContain(Buffer.from(`user:${value}`).toString('base64'))
      }),
      { numRuns: 150 },
    )
  })

  it('and little of what is sent at all, however much there is of it', { timeout: 30_000 }, async () => {
    const content = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`${'m'.repeat(10_000)}${at}`, 1]))
    const { status, fields } = await send(kept.port, 'POST', '/users', { content })
    const trace = await send(kept.port, 'GET', `/.tenfour/x/${fields['request-id']}`)
    expect(status).toBe(400)
    expect(trace.json<ExplainedExchange>().whyNot?.remedies).toHaveLength(20)
    expect(JSON.stringify({ ...trace.json<ExplainedExchange>(), ladder: [] }).length).toBeLessThan(30_000)
  })

  it('nor what is stored: neither a token, nor a password, nor a member that is hidden', async () => {
    const signUp = { email: 'a@example.com', password: 'sEcReT-password', pin: 'sEcReT-pin', note: 'sEcReT-note' }
    const made = await send(kept.port, 'POST', '/users', { content: signUp })
    const login = await send(kept.port, 'POST', '/session', {
      content: { email: signUp.email, password: signUp.password },
    })
    const { token = '' } = login.json<{ token?: string }>()
    expect([made.status, login.status, token.length > 10]).toEqual([201, 201, true])
    const item = made.fields['location'] ?? ''
    await send(kept.port, 'PATCH', item, { as: token, content: { pin: 'x' } })
    await send(kept.port, 'POST', '/users', { content: signUp })
    await send(kept.port, 'DELETE', item, { as: token })
    const { exchanges } = (await send(kept.port, 'GET', '/.tenfour/exchanges')).json<{
      exchanges: readonly ExchangeLine[]
    }>()
    for (const { reference } of exchanges.slice(0, 10)) {
      const { content } = await send(kept.port, 'GET', `/.tenfour/x/${reference}`)
      for (const hiddenValue of ['sEcReT', token]) expect(content).not.toContain(hiddenValue)
    }
  })
})
