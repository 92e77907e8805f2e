/**
 * A server that is asked to end (SIGTERM): what is in progress gets its whole reply, whoever comes later is refused,
 * and the process ends with 0 within the drain time; asked twice, it ends at once.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { holdLock } from './faults/lock.ts'
import { failure } from './faults/problem.ts'
import { BASIC, killAll, type Server, startServer, until } from './faults/server.ts'
import { format, send, Wire, type WireResponse } from './wire.ts'

const root = mkdtempSync(join(tmpdir(), 'tenfour-stop-'))
afterAll(() => rmSync(root, { recursive: true }))

const SLOW = { api: join(import.meta.dirname, 'faults/slow.js') }

let started = 0
let path: string
let server: Server
beforeEach(() => {
  const folder = join(root, String(++started))
  mkdirSync(folder)
  path = join(folder, 'things.db')
})
afterEach(killAll)

const open = () => Wire.open(server.port)
const slow = format('POST', '/slow')
const thing = (name: string) => format('POST', '/things', { content: { name } })

/** Until the signal has reached it: whoever comes now is refused. */
const refusing = () =>
  until('new connections are refused', () =>
    Wire.open(server.port).then(
      (wire) => (wire.close(), false),
      (error: Error & { code?: string }) => error.code === 'ECONNREFUSED',
    ),
  )

/** Asserts that it ends with 0 before long. */
async function expectEnd(within = 5_000): Promise<void> {
  const at = performance.now()
  const { code, signal, said } = await server.ended
  expect({ code, signal, said }).toEqual({ code: 0, signal: null, said: '' })
  expect(performance.now() - at).toBeLessThan(within)
}

describe('a request in progress gets its whole reply', () => {
  test('an action that takes its time', async () => {
    server = await startServer(path, SLOW)
    const wire = await open()
    wire.write(slow)
    await until('the request is in progress', () => taken(wire.socket))
    server.signal('SIGTERM')
    await refusing()
    const response = await wire.read()
    expect(response.json()).toEqual({ waited: 600 })
    expect(response.fields['connection']).toBe('close')
    await wire.ended()
    await expectEnd()
  })

  test('content that is still arriving', async () => {
    server = await startServer(path, SLOW)
    const wire = await open()
    const octets = thing('slow content')
    wire.write(octets.subarray(0, -10))
    await until('the head is read', () => taken(wire.socket))
    server.signal('SIGTERM')
    await refusing()
    await sleep(400)
    wire.write(octets.subarray(-10))
    const response = await wire.read()
    expect(response.status).toBe(201)
    expect(response.json().name).toBe('slow content')
    await wire.ended()
    await expectEnd()
  })

  test('a head that is still arriving', async () => {
    server = await startServer(path, SLOW)
    const wire = await open()
    wire.write('GET /things HTTP/1.1\r\nHo')
    await until('the beginning is read', () => taken(wire.socket))
    server.signal('SIGTERM')
    await refusing()
    await sleep(400)
    wire.write('st: localhost\r\n\r\n')
    expect((await wire.read()).status).toBe(200)
    await wire.ended()
    await expectEnd()
  })

  test('pipelined requests: all of them, in order, and only the last says close (RFC 9112 §9.6)', async () => {
    server = await startServer(path, SLOW)
    const wire = await open()
    wire.write(Buffer.concat([slow, thing('second'), slow, thing('fourth'), slow]))
    await until('they are in progress', () => taken(wire.socket))
    server.signal('SIGTERM')
    await refusing()
    const responses: WireResponse[] = []
    for (let n = 0; n < 5; n++) responses.push(await wire.read())
    expect(responses.map(({ status }) => status)).toEqual([200, 201, 200, 201, 200])
    expect(responses.map(({ fields }) => fields['connection'])).toEqual([
      ...Array.from({ length: 4 }, () => 'keep-alive'),
      'close',
    ])
    await wire.ended()
    expect(wire.left).toBe('')
    await expectEnd()
  })

  test('large replies to a slow reader', async () => {
    server = await startServer(path, SLOW)
    const name = 'x'.repeat(400_000)
    for (let n = 0; n < 12; n++)
      expect((await send(server.port, 'POST', '/things', { content: { name } })).status).toBe(201)
    const socket = connect(server.port, '127.0.0.1').pause()
    const asked = 5
    socket.write(Buffer.concat(Array.from({ length: asked }, () => format('GET', '/things?limit=10'))))
    await until('the requests are in progress', () => taken(socket))
    server.signal('SIGTERM')
    await refusing()
    await sleep(700)
    let octets = await buffer(socket)
    for (let n = 0; n < asked; n++) {
      const head = octets.indexOf('\r\n\r\n') + 4
      const length = Number(/^Content-Length: (\d+)/m.exec(octets.subarray(0, head).toString())?.[1])
      const content = octets.subarray(head, head + length).toString()
      expect(JSON.parse(content)).toMatchObject({ items: Array.from({ length: 10 }, () => ({ name })) })
      octets = octets.subarray(head + length)
    }
    expect(octets).toHaveLength(0)
    await expectEnd()
  })

  test('a write while another process holds the lock: 503, then the end', async () => {
    server = await startServer(path, SLOW)
    const lock = await holdLock(path, 'IMMEDIATE')
    const wire = await open()
    wire.write(thing('late'))
    await until('the request is in progress', () => taken(wire.socket))
    server.signal('SIGTERM')
    failure(await wire.read(), 503)
    await expectEnd()
    await lock.release()
  })

  test('clients that never pause: nothing that was asked for before is lost, nothing that was answered is gone', async () => {
    server = await startServer(path, SLOW)
    const answered: string[] = []
    const lost: unknown[] = []
    let asked = 0
    const client = async (number: number): Promise<void> => {
      const wire = await open()
      for (let n = 0; ; n++) {
        wire.write(thing(`${number} ${n}`))
        asked++
        const response = await wire.read()
        if (response.status !== 201) throw new Error(`${response.status}`)
        answered.push(response.fields['location'] ?? '')
        if (response.fields['connection'] === 'close') return wire.close()
      }
    }
    const clients = Promise.all(
      Array.from({ length: 16 }, (_, number) => client(number).catch((error: unknown) => lost.push(error))),
    )
    await until('they are at work', () => answered.length > 100)
    server.signal('SIGTERM')
    await clients
    await expectEnd()
    expect(lost).toEqual([])
    expect(answered).toHaveLength(asked)
    server = await startServer(path, SLOW)
    for (const location of answered) expect((await send(server.port, 'GET', location)).status).toBe(200)
  })
})

describe('nothing else holds it up', () => {
  test('connections that are idle, were never used, and what the API itself keeps open', async () => {
    server = await startServer(path, SLOW)
    const used = await open()
    used.write(format('GET', '/livez'))
    expect((await used.read()).status).toBe(200)
    const unused = await open()
    server.signal('SIGTERM')
    await expectEnd(2_000)
    await Promise.all([used.ended(), unused.ended()])
  })

  test.each([
    ['an action that never ends', slow.toString('latin1').replace('/slow', '/endless')],
    [
      'content that never comes',
      'POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    ],
    ['a head that never ends', 'GET /things HTTP/1.1\r\nHost: a\r\nX: '],
  ])('%s, beyond the drain time', async (_, octets) => {
    server = await startServer(path, SLOW)
    const wire = await open()
    wire.write(octets)
    await until('the request is in progress', () => taken(wire.socket))
    const at = performance.now()
    server.signal('SIGTERM')
    await expectEnd(6_000)
    expect(performance.now() - at).toBeGreaterThan(2_000)
    await wire.ended()
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('a second %s ends it at once, and says so', async (signal) => {
    server = await startServer(path, SLOW)
    const wire = await open()
    wire.write(slow.toString('latin1').replace('/slow', '/endless'))
    await until('the request is in progress', () => taken(wire.socket))
    server.signal(signal)
    await refusing()
    // npm passes a signal on that the terminal has sent already, so two at once are one.
    await sleep(400)
    const at = performance.now()
    server.signal(signal)
    expect(await server.ended).toMatchObject({ code: signal === 'SIGTERM' ? 143 : 130 })
    expect(performance.now() - at).toBeLessThan(1_500)
  })
})

test('ended while it starts: it ends with 0 all the same', async () => {
  server = await startServer(path, { env: { BASIC_KEY: BASIC } })
  server.signal('SIGTERM')
  await expectEnd()
})

/** Everything that was written has been taken by the other side's kernel, and a moment has passed. */
async function taken(socket: Socket): Promise<boolean> {
  await sleep(150)
  return socket.writableLength === 0
}
