/**
 * Servers that send what they should not: each ends in a typed reply or one clear error, never in a hang.
 */
import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createClient, memoryCache } from '../../src/client/index.ts'

const stops: (() => void)[] = []
afterEach(() => stops.splice(0).forEach((stop) => stop()))

/** Says this to whoever asks, octet by octet; `end` closes the connection after. */
async function saying(octets: string, { end = true } = {}): Promise<{ url: string; asked: () => number }> {
  const sockets = new Set<Socket>()
  let asked = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => {
      asked++
      if (end) socket.end(octets)
      else socket.write(octets)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked }
}

const JSON_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
const OPTIONS = { retry: { wait: 1 }, timeout: 500, limit: 1000 } as const

describe('errors', () => {
  test.each<[string, string, string, RegExp, boolean?]>([
    ['garbage', 'SSH-2.0-OpenSSH\r\n\r\n', 'NetworkError', /GET http:.*: no reply/],
    ['nothing', '', 'NetworkError', /no reply/],
    ['half a head', 'HTTP/1.1 200 OK\r\nContent-', 'NetworkError', /no reply/],
    ['truncated content', `${JSON_HEAD}Content-Length: 20\r\n\r\n{"a":`, 'NetworkError', /no reply/],
    ['truncated chunks', `${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n`, 'NetworkError', /no reply/],
    ['broken JSON', `${JSON_HEAD}Content-Length: 4\r\n\r\n{"a"`, 'ContentError', /200, but .* not the JSON/],
    [
      'HTML for JSON',
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>',
      'ContentError',
      /text\/html, not JSON/,
    ],
    [
      'too much',
      `${JSON_HEAD}Content-Length: 2000\r\n\r\n${' '.repeat(2000)}`,
      'ContentError',
      /longer than 1000 octets/,
    ],
    ['too much, of unknown length', `${JSON_HEAD}\r\n${' '.repeat(2000)}`, 'ContentError', /longer than 1000 octets/],
    ['silence', '', 'TimeoutError', /no whole reply within 500 ms/, false],
    ['silence in the content', `${JSON_HEAD}Content-Length: 20\r\n\r\n{`, 'TimeoutError', /within 500 ms/, false],
  ])('%s', async (_, octets, name, message, end = true) => {
    const server = await saying(octets, { end })
    for (const cache of [undefined, memoryCache()]) {
      const client = createClient(server.url, { ...OPTIONS, ...(cache === undefined ? {} : { cache }) })
      const error: unknown = await client.get('/').catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ name, message: expect.stringMatching(message) })
    }
  })

  test.each([
    ['garbage', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['nothing', ''],
    ['truncated content', `${JSON_HEAD}Content-Length: 20\r\n\r\n{"a":`],
  ])('%s, to a POST: asked once', async (_, octets) => {
    const server = await saying(octets)
    await expect(createClient(server.url, OPTIONS).post('/', { content: {} })).rejects.toThrow(/POST .*no reply/)
    expect(server.asked()).toBe(1)
  })

  test.each([
    [
      'what failed deeper down',
      new Error('', { cause: new Error('read ECONNRESET') }),
      /no reply \(read ECONNRESET\)$/,
    ],
    [
      'the first of several addresses',
      new AggregateError([new Error('ECONNREFUSED ::1')]),
      /no reply \(ECONNREFUSED ::1\)$/,
    ],
    ['the platform’s word, where nothing is said deeper down', new Error(''), /no reply \(fetch failed\)$/],
  ])('it says %s', async (_, cause, message) => {
    const failing = async (): Promise<Response> => {
      throw new TypeError('fetch failed', { cause })
    }
    await expect(createClient('http://a.example', { fetch: failing, retry: false }).get('/')).rejects.toThrow(message)
  })

  test.each([
    'localhost:4010',
    '/api',
    'file:///etc',
    '',
    'http://a.example/api?key=1',
    'http://a.example/?',
    'http://a.example/#api',
  ])('%j is the address of no API: said at once', (base) => {
    expect(() => createClient(base)).toThrow(TypeError)
  })

  test('a page can name its own API by its path, as in fetch (RFC 3986 §4.2)', async () => {
    vi.stubGlobal('location', { href: 'http://a.example/page' })
    const asked: string[] = []
    const client = createClient('/api', { fetch: async (url) => (asked.push(url), Response.json({})) })
    await client.get('/articles').finally(() => vi.unstubAllGlobals())
    expect(asked).toEqual(['http://a.example/api/articles'])
  })

  test('nobody there', async () => {
    const server = await saying('')
    stops.splice(0).forEach((stop) => stop())
    await expect(createClient(server.url, OPTIONS).get('/')).rejects.toThrow(/no reply \(.*ECONNREFUSED/)
  })
})

describe('replies', () => {
  test.each<[string, string, object]>([
    [
      'a failure with broken JSON',
      'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{',
      { status: 404, problem: { title: 'Not Found', status: 404 } },
    ],
    [
      'a failure in HTML',
      'HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>',
      { status: 502, problem: { title: 'Bad Gateway' } },
    ],
    [
      'a failure with too much',
      `HTTP/1.1 400 \r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n${' '.repeat(2000)}`,
      { status: 400, problem: { title: 'HTTP 400' } },
    ],
    [
      'a problem that lies about its status',
      'HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nContent-Length: 37\r\n\r\n{"status":200,"title":7,"errors":[1]}',
      { status: 409, problem: { status: 409, title: 'Conflict' } },
    ],
    [
      'a failure that breaks off',
      'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
      { status: 404 },
    ],
    ['no content where there could be', `${JSON_HEAD}Content-Length: 0\r\n\r\n`, { status: 200, content: undefined }],
    ['JSON without a type', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}', { status: 200, content: {} }],
    [
      'an unknown code',
      'HTTP/1.1 299 Whatever\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
      { ok: true, status: 299 },
    ],
    [
      'a Location that is none',
      'HTTP/1.1 201 Created\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n',
      { status: 201 },
    ],
    [
      'a challenge that is none',
      'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: =\r\nContent-Length: 0\r\n\r\n',
      { status: 401 },
    ],
  ])('%s', async (_, octets, expected) => {
    const server = await saying(octets)
    expect(await createClient(server.url, { ...OPTIONS, retry: false }).get('/')).toMatchObject(expected)
  })

  test('members of a problem that are of other types than they should be are ignored (RFC 9457 §3.1)', async () => {
    const problem = '{"type":1,"detail":[],"instance":null,"balance":3}'
    const server = await saying(
      `HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nContent-Length: ${problem.length}\r\n\r\n${problem}`,
    )
    const r = await createClient(server.url, OPTIONS).get('/')
    expect(r.ok || r.problem).toEqual({ title: 'Conflict', status: 409, balance: 3 })
  })

  test('a 204 with content: a 204, or no reply; never the content', async () => {
    const server = await saying('HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}')
    const r = await createClient(server.url, OPTIONS)
      .delete('/')
      .catch((error: unknown) => error)
    expect(r).toSatisfy((one: { status?: number; content?: unknown; name?: string }) =>
      one.status === 204 ? one.content === undefined : one.name === 'NetworkError',
    )
  })

  test('whoever asks for no JSON gets text, or octets', async () => {
    const text = await saying('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}')
    expect(await createClient(text.url).get('/', { headers: { accept: '*/*' } })).toMatchObject({ content: '{}' })
    const octets = await saying('HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 2\r\n\r\n{}')
    const r = await createClient(octets.url).get('/', { headers: { accept: 'image/png' } })
    expect(r.ok && r.content).toEqual(new Uint8Array([123, 125]))
  })
})
