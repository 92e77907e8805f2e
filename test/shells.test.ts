/**
 * The shells' contract: the same request gives the same answer over node:http and through Fetch.
 *
 * Two servers with databases of their own and one clock are sent the same list in the same order,
 * one over raw sockets. Equal means status, phrase, fields and content, octet by octet; Date and
 * what belongs to the connection is left out.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEngine } from '../src/server/engine/engine.ts'
import { createFetchHandler, type FetchHandler } from '../src/server/shell/fetch.ts'
import type { Running } from '../src/server/serving.ts'
import { serveEngine } from '../src/server/shell/node.ts'
import type { Store } from '../src/server/storage.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { NOW, notes } from './shells/api.ts'
import { type Case, fieldsOf, sending, toRequest } from './shells/request.ts'
import { CASES } from './shells/requests.ts'
import { format, raw, Wire } from './wire.ts'

interface Answer {
  readonly status: number
  readonly phrase: string
  readonly fields: Readonly<Record<string, string>>
  readonly content: string
}

let folder: string
const stores: Store[] = []
const logged: { fields: object; message: string }[] = []
let running: Running
let throughFetch: FetchHandler

async function open(name: string): Promise<Store> {
  const store = await openSqlite(`file:${join(folder, name)}`)
  stores.push(store)
  return store
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shells-'))
  const log = {
    info() {},
    warn() {},
    error: (fields: object, message: string) => void logged.push({ fields, message }),
  }
  const options = { log, now: () => NOW }
  const store = await open('node.db')
  running = await serveEngine(await createEngine({ declaration: notes() }, { ...options, store }), options)
  const engine = await createEngine({ declaration: notes() }, { ...options, store: await open('fetch.db') })
  throughFetch = createFetchHandler(engine)
})

afterAll(async () => {
  await running.stop()
  for (const store of stores) await store.close()
  rmSync(folder, { recursive: true })
})

async function overSocket(request: Case): Promise<Answer> {
  const { method, target, host = 'localhost', content } = request
  const lines = Object.entries(fieldsOf(request)).map(([name, value]) => `${name}: ${value}`)
  const chunks = Array.isArray(content)
    ? content.map((chunk: string) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
    : []
  if (chunks.length > 0) lines.push('Transfer-Encoding: chunked')
  const head = `${[`${method} ${target} HTTP/1.1`, `Host: ${host}`, ...lines].join('\r\n')}\r\n\r\n`
  const octets =
    typeof content === 'string' || Buffer.isBuffer(content)
      ? content
      : chunks.map(String).join('') + (chunks.length > 0 ? '0\r\n\r\n' : '')
  const { port } = running
  const response = await raw(port, Buffer.concat([Buffer.from(head), Buffer.from(octets)]), {
    toHead: method === 'HEAD',
  })
  return { ...response, fields: compared(response.fields) }
}

async function throughRequest(request: Case): Promise<Answer> {
  const response = await throughFetch(toRequest(request), { address: '127.0.0.1' })
  return {
    status: response.status,
    phrase: response.statusText,
    fields: compared(Object.fromEntries(response.headers)),
    content: await response.text(),
  }
}

/** Without the time of day, and what is the connection's. */
function compared(fields: Readonly<Record<string, string>>): Record<string, string> {
  expect(fields['date']).toMatch(/ GMT$/)
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !APART.has(name)))
}

const APART: ReadonlySet<string> = new Set(['date', 'connection', 'keep-alive'])

describe('both shells give the same answer', () => {
  test.each(CASES)('%s', async (_, request) => {
    const [overHttp, fetched] = [await overSocket(request), await throughRequest(request)]
    expect(fetched.status).toBe(request.gives)
    const { status, phrase, fields, content } = overHttp
    expect(fetched).toEqual({ status, phrase, fields, content })
  })
})

/** A POST whose content is announced with 20 octets, and begins. */
const BEGUN = format('POST', '/notes', { as: 'ann', fields: { 'Content-Length': '20' }, content: '{"text":' })

describe('over a socket', () => {
  test('RFC 9112 §9.6: what is dropped behind a change of protocol is not taken for answered', async () => {
    const upgrade = format('GET', '/notes', { fields: { Connection: 'keep-alive, Upgrade', Upgrade: 'h2c' } })
    const wire = await Wire.open(running.port)
    wire.write(Buffer.concat([upgrade, format('GET', '/nothing')]))
    expect(await wire.read()).toMatchObject({ status: 200, fields: { connection: 'close' } })
    await wire.ended()
    expect(wire.left).toBe('')
    // Not asked to change anything, it is answered like any other (RFC 9110 §7.8).
    const plain = await Wire.open(running.port)
    plain.write(Buffer.concat([format('GET', '/notes', { fields: { Upgrade: 'h2c' } }), format('GET', '/nothing')]))
    expect([(await plain.read()).status, (await plain.read()).status]).toEqual([200, 404])
    plain.close()
  })

  test('RFC 9110 §15.2.1: leave to send the content is an interim response', async () => {
    const fields = { Expect: '100-continue' }
    const response = await raw(running.port, format('POST', '/notes', { as: 'ann', fields, content: { text: 'f' } }))
    expect(response).toMatchObject({ status: 201, interim: [100] })
  })

  test('RFC 9112 §9.6: after the last answer on a connection nothing is sent any more', async () => {
    const wire = await Wire.open(running.port)
    wire.write(BEGUN)
    expect(await wire.read()).toMatchObject({ status: 408, fields: { connection: 'close' } })
    wire.socket.end()
    await wire.ended()
    expect(wire.left).toBe('')
  })

  test('RFC 9112 §8: content that breaks off is answered once, and is no fault of ours', async () => {
    logged.length = 0
    const wire = await Wire.open(running.port)
    wire.write(BEGUN)
    wire.socket.end()
    expect(await wire.read()).toMatchObject({ status: 400, fields: { connection: 'close' } })
    await wire.ended()
    expect(wire.left).toBe('')
    expect(logged).toEqual([])
  })

  test('a client that goes away is no fault of ours', async () => {
    logged.length = 0
    const before = running.engine.requests
    const wire = await Wire.open(running.port)
    wire.write(BEGUN)
    await expect.poll(() => running.engine.requests).toBe(before + 1)
    wire.socket.resetAndDestroy()
    await expect.poll(() => running.engine.requests).toBe(before)
    expect(logged).toEqual([])
  })
})

describe('through Fetch', () => {
  const post = (body: ReadableStream<Uint8Array>) =>
    throughFetch(
      new Request('http://localhost/notes', {
        method: 'POST',
        headers: { Authorization: 'Bearer ann', 'Content-Type': 'application/json' },
        ...sending(body),
      }),
    )

  test('RFC 9112 §8: content that breaks off is no fault of ours', async () => {
    logged.length = 0
    const response = await post(
      new ReadableStream({
        pull(controller) {
          controller.error(new Error('the connection was lost'))
        },
      }),
    )
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ code: 'incomplete' }] })
    expect(logged).toEqual([])
  })

  test.each([
    ['too large', 413, Buffer.alloc(1500, 'x')],
    ['late', 408, undefined],
  ])('content that is %s is not read on', async (_, status, chunk) => {
    let cancelled = false
    const response = await post(
      new ReadableStream({
        pull(controller): Promise<void> | undefined {
          if (chunk === undefined) return new Promise(() => undefined)
          controller.enqueue(chunk)
          return undefined
        },
        cancel() {
          cancelled = true
        },
      }),
    )
    expect(response.status).toBe(status)
    expect(cancelled).toBe(true)
  })

  test('the fragment of a URL is not part of the target, its port is part of the authority', async () => {
    expect((await throughFetch(new Request('http://localhost/notes#top'))).status).toBe(200)
    expect((await throughFetch(new Request('http://localhost:80/notes'))).status).toBe(200)
    expect((await throughFetch(new Request('http://localhost:4010/notes'))).status).toBe(421)
  })

  test('the connection is not ours: no field speaks of it', async () => {
    const large = new Request('http://localhost/notes', { headers: { 'X-Much': 'x'.repeat(17_000) } })
    const response = await throughFetch(large)
    expect(response.status).toBe(431)
    expect(response.headers.has('connection')).toBe(false)
  })
})
