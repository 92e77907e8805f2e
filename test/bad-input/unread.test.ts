/** Content that nobody asked for: it brings no second answer (RFC 9110 §3.4), and holds no connection for ever. */
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNodeServer } from '../../src/server/index.ts'
import { KEYS, type Started, startNewsroom } from '../start.ts'
import { format, Wire } from '../wire.ts'

let newsroom: Started
let impatient: Started
/** A head may take longer here than a connection may be idle. */
let patient: Started
beforeAll(async () => {
  newsroom = await startNewsroom()
  impatient = await startNewsroom({ limits: { headTime: 400, contentTime: 400 } })
  patient = await startNewsroom({ limits: { headTime: 8_000 } })
})
afterAll(async () => {
  await newsroom.stop()
  await impatient.stop()
  await patient.stop()
})

const LONG = { 'Content-Length': '100' }
const CHUNKED = { 'Transfer-Encoding': 'chunked' }

/** Writes now and then until the connection is over, and says after how many milliseconds that was. */
async function drip(wire: Wire, octets: string): Promise<number> {
  const start = performance.now()
  const writing = setInterval(() => wire.write(octets), 50)
  try {
    await wire.ended(15_000)
    return performance.now() - start
  } finally {
    clearInterval(writing)
    wire.close()
  }
}

describe('a request whose content breaks off after its answer has no second one', () => {
  test.each([
    ['refused', 'POST', LONG, 401],
    ['not looked at', 'GET', LONG, 200],
    ['not looked at, in chunks', 'GET', CHUNKED, 200],
  ])('content that was %s', async (_, method, fields, status) => {
    const wire = await Wire.open(newsroom.port)
    wire.write(format(method, '/articles', { fields, content: method === 'POST' ? '{' : '1\r\n{\r\n' }))
    expect((await wire.read()).status).toBe(status)
    wire.socket.end()
    await wire.ended()
    expect(wire.left).toBe('')
  })

  test('nor in one packet with the end of what the client sends', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.socket.end(format('GET', '/articles', { fields: LONG, content: '{' }))
    expect((await wire.read()).status).toBe(200)
    await wire.ended()
    expect(wire.left).toBe('')
  })

  test('nor when what comes is no chunk (RFC 9112 §7.1)', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(format('GET', '/articles', { fields: CHUNKED, content: '1\r\n{\r\n' }))
    expect((await wire.read()).status).toBe(200)
    wire.write('zz\r\n')
    await wire.ended()
    expect(wire.left).toBe('')
  })

  test('after the answers to the requests before it', async () => {
    const wire = await Wire.open(newsroom.port)
    const article = { title: 'a', body: 'b' }
    wire.socket.end(
      Buffer.concat([
        format('POST', '/articles', { as: KEYS.basic, content: article }),
        format('GET', '/livez', { fields: LONG, content: '{' }),
      ]),
    )
    expect((await wire.read()).status).toBe(201)
    expect((await wire.read()).status).toBe(200)
    await wire.ended()
    expect(wire.left).toBe('')
  })
})

describe('what trickles in after an answer ends', () => {
  test.each([
    ['content of a GET', 'GET', 200],
    ['content that was refused', 'POST', 401],
  ])('%s: within the time that content may take', async (_, method, status) => {
    const wire = await Wire.open(impatient.port)
    wire.write(format(method, '/articles', { fields: { 'Content-Length': '60000' }, content: '{' }))
    expect((await wire.read()).status).toBe(status)
    expect(await drip(wire, 'x')).toBeLessThan(2_000)
  })

  test('empty lines before a request that never comes (RFC 9112 §2.2)', { timeout: 20_000 }, async () => {
    const wire = await Wire.open(impatient.port)
    wire.write(format('GET', '/livez'))
    expect((await wire.read()).status).toBe(200)
    expect(await drip(wire, '\r\n')).toBeLessThan(10_000)
  })

  test('not the connection of a client that sends its content in time', async () => {
    const wire = await Wire.open(impatient.port)
    wire.write(format('GET', '/livez', { fields: { 'Content-Length': '3' }, content: 'a' }))
    expect((await wire.read()).status).toBe(200)
    wire.write('bc')
    await new Promise((resolve) => setTimeout(resolve, 800))
    wire.write(format('GET', '/livez'))
    expect((await wire.read()).status).toBe(200)
    wire.close()
  })
})

test('content that comes after its answer leaves nothing behind on the connection', async () => {
  const server = createNodeServer(newsroom.engine)
  await once(server.listen(0), 'listening')
  const connected = once(server, 'connection') as Promise<[Socket]>
  const wire = await Wire.open((server.address() as AddressInfo).port)
  const [socket] = await connected
  const ask = async (): Promise<void> => {
    wire.write(format('POST', '/articles', { fields: { 'Content-Length': '2' }, content: '{' }))
    expect((await wire.read()).status).toBe(401)
    wire.write('}')
    wire.write(format('GET', '/livez'))
    expect((await wire.read()).status).toBe(200)
  }
  await ask()
  const listeners = socket.listenerCount('close')
  for (let time = 0; time < 5; time++) await ask()
  expect(socket.listenerCount('close')).toBe(listeners)
  wire.close()
  await once(server.close(), 'close')
})

describe.concurrent('an idle connection', () => {
  test(
    'is closed after the time that Keep-Alive names, and not before (RFC 9112 §9.8)',
    { timeout: 20_000 },
    async () => {
      const wire = await Wire.open(newsroom.port)
      for (const pause of [0, 4_000]) {
        await new Promise((resolve) => setTimeout(resolve, pause))
        wire.write(format('GET', '/livez'))
        const { status, fields } = await wire.read()
        expect([status, fields['keep-alive']]).toEqual([200, 'timeout=5'])
      }
      const answered = performance.now()
      await wire.ended()
      const idle = performance.now() - answered
      expect(idle).toBeGreaterThan(5_000)
      expect(idle).toBeLessThan(10_000)
    },
  )

  test.each([
    ['of a client that ends it', 'GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 'close', undefined],
    ['of HTTP/1.0', 'GET /livez HTTP/1.0\r\n\r\n', 'close', undefined],
    [
      'of HTTP/1.0 that is to be kept',
      'GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
      'keep-alive',
      'timeout=5',
    ],
  ])('%s has such a time only if it is kept (RFC 9112 §9.6)', async (_, request, connection, time) => {
    const wire = await Wire.open(newsroom.port)
    wire.write(request)
    const { fields } = await wire.read()
    expect([fields['connection'], fields['keep-alive']]).toEqual([connection, time])
    wire.close()
  })

  test.each([
    ['', 'GET /livez HTTP/1.1\r\nHost: local'],
    ['after content', 'GET /livez HTTP/1.1\r\nHost: local'],
    ['in two packets', 'GET /livez HTTP/1.1\r\n', 'Host: local'],
  ])(
    'is one on which no request was begun: half a head is late, as the first would be (RFC 9110 §15.5.9) %s',
    { timeout: 20_000 },
    async (title, ...packets) => {
      const wire = await Wire.open(patient.port)
      wire.write(title === 'after content' ? format('POST', '/session', { content: {} }) : format('GET', '/livez'))
      await wire.read()
      for (const packet of packets) {
        wire.write(packet)
        await new Promise((resolve) => setTimeout(resolve, 1_500))
      }
      const { status, fields } = await wire.read({ toHead: true })
      expect([status, fields['connection']]).toEqual([408, 'close'])
      await wire.ended()
    },
  )

  test('is closed as well where the server was closed before and listens again', { timeout: 20_000 }, async () => {
    const server = createNodeServer(newsroom.engine)
    await once(server.listen(0), 'listening')
    await once(server.close(), 'close')
    await once(server.listen(0), 'listening')
    const wire = await Wire.open((server.address() as AddressInfo).port)
    wire.write(format('GET', '/livez'))
    expect((await wire.read()).status).toBe(200)
    await wire.ended()
    await once(server.close(), 'close')
  })

  test('stays open as long as the owner of the server says, and says so', { timeout: 20_000 }, async () => {
    const server = createNodeServer(newsroom.engine)
    server.keepAliveTimeout = 9_000
    await once(server.listen(0), 'listening')
    const wire = await Wire.open((server.address() as AddressInfo).port)
    for (const pause of [0, 7_500]) {
      await new Promise((resolve) => setTimeout(resolve, pause))
      wire.write(format('GET', '/livez'))
      const { status, fields } = await wire.read()
      expect([status, fields['keep-alive']]).toEqual([200, 'timeout=9'])
    }
    wire.close()
    await once(server.close(), 'close')
  })

  test('is one whose answer was sent: who waits for it is let wait', { timeout: 20_000 }, async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(format('POST', '/users', { fields: { 'Content-Length': '9000' }, content: '{' }))
    await new Promise((resolve) => setTimeout(resolve, 8_000))
    wire.write(`${' '.repeat(8_998)}}`)
    expect((await wire.read()).status).toBe(400)
    wire.close()
  })
})

test(
  'a connection on which a request came while the process was at work is not idle',
  { timeout: 20_000 },
  async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(format('GET', '/livez'))
    expect((await wire.read()).status).toBe(200)
    // The sweep comes by.
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    wire.write(format('GET', '/livez'))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5_500)
    expect((await wire.read()).status).toBe(200)
    wire.close()
  },
)
