/** Request lines, fields and framing that are odd or wrong, octet by octet: RFC 9112, and what node:http makes of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defineApi, resource } from '../../src/server/index.ts'
import { type Started, start, startNewsroom } from '../start.ts'
import { Wire } from '../wire.ts'

let newsroom: Started
beforeAll(async () => {
  newsroom = await startNewsroom()
})
afterAll(() => newsroom.stop())

const HOST = 'Host: localhost\r\n'
const AUTH = 'Authorization: Bearer basic-key\r\n'
const JSON_TYPE = 'Content-Type: application/json\r\n'
const ARTICLE = '{"title":"a","body":"b"}'
const get = (fields: string, line = 'GET /articles HTTP/1.1') => `${line}\r\n${fields}\r\n`
const post = (fields: string, content: string) =>
  `POST /articles HTTP/1.1\r\n${HOST}${AUTH}${JSON_TYPE}${fields}\r\n${content}`
const chunked = (content: string) => post('Transfer-Encoding: chunked\r\n', content)

/** What came in cannot be trusted to end where it seems to: the connection ends. */
const CLOSES: readonly (readonly [title: string, octets: string, status: number])[] = [
  ['no HTTP', 'hello there\r\n\r\n', 400],
  ['an empty start line only, then rubbish', '\r\n\r\nrubbish\r\n\r\n', 400],
  ['no target (RFC 9112 §3)', 'GET HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
  ['a space in the target (RFC 9112 §3.2)', get(HOST, 'GET /art icles HTTP/1.1'), 400],
  ['a lower-case scheme name for the version (RFC 9112 §2.3)', get(HOST, 'GET /articles http/1.1'), 400],
  ['a version without digits (RFC 9112 §2.3)', get(HOST, 'GET /articles HTTP/one'), 400],
  ['bare LF (RFC 9112 §2.2)', 'GET /articles HTTP/1.1\nHost: localhost\n\n', 400],
  ['bare CR (RFC 9112 §2.2)', get(`${HOST}X-A: a\rb\r\n`), 400],
  ['a space before the colon (RFC 9112 §5.1)', get(`${HOST}X-A : a\r\n`), 400],
  ['a space before the first field (RFC 9112 §2.2)', `GET /articles HTTP/1.1\r\n ${HOST}\r\n`, 400],
  ['a field without a colon (RFC 9112 §5)', get(`${HOST}nonsense\r\n`), 400],
  ['a field without a name (RFC 9112 §5)', get(`${HOST}: a\r\n`), 400],
  ['NUL in a value (RFC 9110 §5.5)', get(`${HOST}X-A: a\0b\r\n`), 400],
  ['a control character in a name (RFC 9110 §5.1)', get(`${HOST}X\u0001A: a\r\n`), 400],
  [
    'Content-Length and Transfer-Encoding (RFC 9112 §6.3)',
    post('Content-Length: 24\r\nTransfer-Encoding: chunked\r\n', `18\r\n${ARTICLE}\r\n0\r\n\r\n`),
    400,
  ],
  [
    'Content-Length and a Transfer-Encoding of nothing (RFC 9112 §6.1)',
    post('Transfer-Encoding:\r\nContent-Length: 24\r\n', ARTICLE),
    400,
  ],
  ['two different lengths (RFC 9112 §6.3)', post('Content-Length: 24\r\nContent-Length: 25\r\n', ARTICLE), 400],
  ['a negative length (RFC 9110 §8.6)', post('Content-Length: -1\r\n', ARTICLE), 400],
  ['a length with a sign (RFC 9110 §8.6)', post('Content-Length: +24\r\n', ARTICLE), 400],
  ['a hexadecimal length (RFC 9110 §8.6)', post('Content-Length: 0x18\r\n', ARTICLE), 400],
  ['a length that no number holds (RFC 9110 §8.6)', post('Content-Length: 99999999999999999999999\r\n', ARTICLE), 400],
  ['chunked twice (RFC 9112 §6.1)', post('Transfer-Encoding: chunked, chunked\r\n', '0\r\n\r\n'), 400],
  ['gzip alone (RFC 9112 §6.3)', post('Transfer-Encoding: gzip\r\n', ''), 400],
  ['chunked before gzip (RFC 9112 §6.3)', post('Transfer-Encoding: chunked, gzip\r\n', ''), 400],
  ['a chunk size that is none (RFC 9112 §7.1)', chunked(`zz\r\n${ARTICLE}\r\n0\r\n\r\n`), 400],
  ['a chunk without its end (RFC 9112 §7.1)', chunked(`18\r\n${ARTICLE}0\r\n\r\n`), 400],
  ['a chunk size that no number holds (RFC 9112 §7.1)', chunked(`${'f'.repeat(20)}\r\n${ARTICLE}\r\n0\r\n\r\n`), 400],
  ['a Host that is none (RFC 9112 §3.2)', get('Host: a b\r\n'), 400],
  ['a Host with a path (RFC 9112 §3.2)', get('Host: localhost/x\r\n'), 400],
  ['gzip, then chunked (RFC 9112 §6.1)', post('Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n'), 501],
  ['HTTP/0.9 (RFC 9110 §15.6.6)', get(HOST, 'GET /articles HTTP/0.9'), 505],
  ['HTTP/2.0 in the words of HTTP/1 (RFC 9110 §15.6.6)', get(HOST, 'GET /articles HTTP/2.0'), 505],
  ['HTTP/3.0 (RFC 9110 §15.6.6)', get(HOST, 'GET /articles HTTP/3.0'), 505],
  ['HTTP/9.9 (RFC 9110 §15.6.6)', get(HOST, 'GET /articles HTTP/9.9'), 505],
  ['a method in lower case (RFC 9110 §9.1)', get(HOST, 'get /articles HTTP/1.1'), 501],
  ['a method that nobody knows (RFC 9110 §15.6.2)', get(HOST, 'BREW /articles HTTP/1.1'), 501],
  ['a method that is no token (RFC 9110 §9.1)', get(HOST, '(GET /articles HTTP/1.1'), 400],
  ['a method with what no token has (RFC 9110 §5.6.2)', get(HOST, 'G(T /articles HTTP/1.1'), 400],
  ['a method that ends too soon (RFC 9110 §15.6.2)', get(HOST, 'PRO /articles HTTP/1.1'), 501],
  ['no method (RFC 9112 §3)', get(HOST, ' /articles HTTP/1.1'), 400],
  ['CONNECT (RFC 9110 §9.3.6)', get(HOST, 'CONNECT example.org:443 HTTP/1.1'), 501],
  ['authority-form of another method (RFC 9112 §3.2.3)', get(HOST, 'GET example.org:443 HTTP/1.1'), 400],
]

/** Read to its end, judged, and the connection goes on. */
const GOES_ON: readonly (readonly [title: string, octets: string, status: number])[] = [
  ['two spaces, which are taken for one (RFC 9112 §3)', get(HOST, 'GET  /articles HTTP/1.1'), 200],
  ['no Host (RFC 9112 §3.2)', get(''), 400],
  ['two Hosts (RFC 9112 §3.2)', get(`${HOST}${HOST}`), 400],
  ['two Hosts, differently written (RFC 9112 §3.2)', get(`${HOST}HOST: example.org\r\n`), 400],
  ['an empty line first (RFC 9112 §2.2)', `\r\n${get(HOST)}`, 200],
  ['the target in absolute-form (RFC 9112 §3.2.2)', get(HOST, 'GET http://localhost/articles HTTP/1.1'), 200],
  ['a target of https over plain text (RFC 9110 §7.4)', get(HOST, 'GET https://localhost/articles HTTP/1.1'), 421],
  ['a target of ftp (RFC 9110 §7.4)', get(HOST, 'GET ftp://localhost/articles HTTP/1.1'), 421],
  ['* of GET (RFC 9112 §3.2.4)', get(HOST, 'GET * HTTP/1.1'), 400],
  ['* of OPTIONS (RFC 9110 §9.3.7)', get(HOST, 'OPTIONS * HTTP/1.1'), 204],
  ['TRACE (RFC 9110 §9.3.8)', get(HOST, 'TRACE /articles HTTP/1.1'), 501],
  ['a method of WebDAV (RFC 9110 §15.6.2)', get(HOST, 'PROPFIND /articles HTTP/1.1'), 501],
  ['an upgrade that is not asked of this connection (RFC 9110 §7.8)', get(`${HOST}Upgrade: websocket\r\n`), 200],
  ['an unknown field (RFC 9110 §5.1)', get(`${HOST}X-Whatever: \x80\xff\r\n`), 200],
  ['a field of no value (RFC 9110 §5.5)', get(`${HOST}X-Empty:\r\n`), 200],
  [
    'chunk extensions and trailers (RFC 9112 §7.1.1, §7.1.2)',
    chunked(`18;a=b\r\n${ARTICLE}\r\n0\r\nX-Trailer: t\r\n\r\n`),
    201,
  ],
  [
    'many small chunks (RFC 9112 §7.1)',
    chunked(`${[...ARTICLE].map((one) => `1\r\n${one}\r\n`).join('')}0\r\n\r\n`),
    201,
  ],
  ['content of GET (RFC 9110 §9.3.1)', get(`${HOST}Content-Length: 3\r\n`).concat('abc'), 200],
  ['a range (RFC 9110 §14.2)', get(`${HOST}Range: bytes=0-1\r\n`), 200],
  ['Max-Forwards of a server (RFC 9110 §7.6.2)', get(`${HOST}Max-Forwards: 0\r\n`), 200],
  ['the path with unreserved characters escaped (RFC 9110 §4.2.3)', get(HOST, 'GET /%61rticles HTTP/1.1'), 200],
  ['the path with a slash escaped (RFC 3986 §2.2)', get(HOST, 'GET /articles%2Fx HTTP/1.1'), 404],
  ['the path with a slash at its end', get(HOST, 'GET /articles/ HTTP/1.1'), 404],
  ['the path with two slashes', get(HOST, 'GET //articles HTTP/1.1'), 404],
  ['the path with dots', get(HOST, 'GET /x/../articles HTTP/1.1'), 404],
  ['the path with NUL escaped', get(HOST, 'GET /articles/%00 HTTP/1.1'), 404],
  ['the path with half an escape', get(HOST, 'GET /articles/%4 HTTP/1.1'), 404],
  ['the path with an escape that is no UTF-8', get(HOST, 'GET /articles/%ff HTTP/1.1'), 404],
  ['the path with a name of every object', get(HOST, 'GET /__proto__ HTTP/1.1'), 404],
  ['an id with a name of every object', get(HOST, 'GET /articles/constructor HTTP/1.1'), 404],
]

describe('what ends where nobody knows ends the connection', () => {
  test.each(CLOSES)('%s', async (_, octets, status) => {
    const wire = await Wire.open(newsroom.port)
    wire.write(octets)
    const response = await wire.read()
    expect([response.status, response.content]).toEqual([status, expect.stringContaining(`"status":${status}`)])
    expect(response.fields).toMatchObject({
      date: expect.stringMatching(/GMT$/),
      connection: 'close',
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    })
    await wire.ended()
    expect(wire.left).toBe('')
  })
})

describe('what was read to its end leaves the connection open', () => {
  test.each(GOES_ON)('%s', async (_, octets, status) => {
    const wire = await Wire.open(newsroom.port)
    wire.write(octets)
    const response = await wire.read()
    expect([response.status, response.content]).toEqual([status, expect.anything()])
    expect(response.fields.connection).not.toBe('close')
    expect(wire.left).toBe('')
    wire.write(get(HOST, 'GET /livez HTTP/1.1'))
    expect((await wire.read()).status).toBe(200)
    wire.close()
  })
})

describe('HEAD has no content, also where it is broken (RFC 9110 §9.3.2)', () => {
  const BROKEN = `${HOST}X-A : a\r\n`
  test.each([
    ['a space before the colon', get(BROKEN, 'HEAD /articles HTTP/1.1'), 400, ''],
    ['after a GET', `${get(HOST)}${get(BROKEN, 'HEAD /articles HTTP/1.1')}`, 400, ''],
    ['no target', get(HOST, 'HEAD  HTTP/1.1'), 400, ''],
    ['HTTP/2.0', get(HOST, 'HEAD /articles HTTP/2.0'), 505, ''],
    ['a target beyond all measure', get(HOST, `HEAD /${'a'.repeat(30_000)} HTTP/1.1`), 414, ''],
    ['fields beyond all measure', get(`${HOST}X-A: ${'a'.repeat(30_000)}\r\n`, 'HEAD /articles HTTP/1.1'), 431, ''],
    ['a GET after a HEAD', `${get(HOST, 'HEAD /articles HTTP/1.1')}${get(BROKEN)}`, 400, 'problem'],
    ['content with a line like it', post('Transfer-Encoding: chunked\r\n', '6\r\nHEAD /\r\nzz\r\n'), 400, 'problem'],
  ])('%s', async (title, octets, status, content) => {
    const wire = await Wire.open(newsroom.port)
    wire.write(octets)
    if (title.includes('after')) await wire.read({ toHead: title.endsWith('HEAD') })
    const response = await wire.read({ toHead: content === '' })
    expect(response.status).toBe(status)
    expect(Number(response.fields['content-length'])).toBeGreaterThan(0)
    expect(response.content === '').toBe(content === '')
    await wire.ended()
    expect(wire.left).toBe('')
  })
})

describe('nor where nobody knows any more whether it was HEAD (RFC 9110 §9.3.2)', () => {
  const BROKEN = 'calhost\r\nX-A : a\r\n\r\n'
  test.each([
    ['a head in two packets', ['HEAD /articles HTTP/1.1\r\nHost: lo', BROKEN], 400, []],
    ['a method in two packets', ['HE', `AD /articles HTTP/1.1\r\nHost: lo${BROKEN}`], 400, []],
    ['words that could begin one', ['HEAD /articles HTTP/1.1\r\nX-A: ', 'see /articles\r\nX-B : b\r\n\r\n'], 400, []],
    ['fields beyond all measure', ['HEAD /articles HTTP/1.1\r\nX-A: ', 'a'.repeat(30_000)], 431, []],
    ['right after content', [`${post('Content-Length: 24\r\n', ARTICLE)}HEAD  HTTP/1.1\r\n`], 400, [201]],
    ['right after content of words', [`${post('Content-Length: 5\r\n', 'GET /')}HEAD  HTTP/1.1\r\n`], 400, [400]],
    ['a GET in two packets', ['GET /articles HTTP/1.1\r\nHost: lo', BROKEN], 400, []],
  ])('%s', async (_, packets, status, before) => {
    const wire = await Wire.open(newsroom.port)
    for (const packet of packets) {
      wire.write(packet)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    for (const earlier of before) expect((await wire.read()).status).toBe(earlier)
    const { status: got, fields } = await wire.read({ toHead: true })
    expect([got, fields['connection'], fields['content-length']]).toEqual([status, 'close', '0'])
    expect(fields).not.toHaveProperty('content-type')
    await wire.ended()
    expect(wire.left).toBe('')
  })

  test('the second of a connection that is broken in one packet is told why, unless it is HEAD', async () => {
    for (const [method, toHead] of [
      ['HEAD', true],
      ['GET', false],
    ] as const) {
      const wire = await Wire.open(newsroom.port)
      wire.write(get(HOST))
      await wire.read()
      wire.write(get(`${HOST}X-A : a\r\n`, `${method} /articles HTTP/1.1`))
      const response = await wire.read({ toHead })
      expect([response.status, Number(response.fields['content-length']) > 0]).toEqual([400, true])
      await wire.ended()
      expect(wire.left).toBe('')
    }
  })

  test('a HEAD whose content breaks before it has its answer', async () => {
    const slow = resource('/slow', {
      allow: { get: 'anyone' },
      get: () => new Promise<object>((resolve) => setTimeout(resolve, 200, {})),
    })
    const { port, stop } = await start(defineApi({ slow }))
    const wire = await Wire.open(port)
    wire.write(get(`${HOST}Transfer-Encoding: chunked\r\n`, 'HEAD /slow HTTP/1.1') + 'zz\r\n')
    expect((await wire.read({ toHead: true })).status).toBe(400)
    await wire.ended()
    expect(wire.left).toBe('')
    await stop()
  })
})

describe('versions of old', () => {
  test.each([
    ['HTTP/1.0 without Host (RFC 9112 §3.2)', 'GET /articles HTTP/1.0\r\n\r\n', 200],
    [
      'HTTP/1.0 that expects 100 (RFC 9110 §10.1.1)',
      `POST /articles HTTP/1.0\r\n${AUTH}${JSON_TYPE}Expect: 100-continue\r\nContent-Length: 24\r\n\r\n${ARTICLE}`,
      201,
    ],
  ])('%s', async (_, octets, status) => {
    const wire = await Wire.open(newsroom.port)
    wire.write(octets)
    const response = await wire.read()
    expect([response.status, response.interim]).toEqual([status, []])
    await wire.ended()
  })

  test('HTTP/1.2 is served or refused by its version, never misread (RFC 9110 §2.5)', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(get(HOST, 'GET /articles HTTP/1.2'))
    expect([200, 505]).toContain((await wire.read()).status)
    wire.close()
  })

  test('a folded line is one value or refused (RFC 9112 §5.2)', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(get(`${HOST}X-A: a\r\n b\r\n`))
    expect([200, 400]).toContain((await wire.read()).status)
    wire.close()
  })
})

describe('several requests on one connection (RFC 9112 §9.3.2)', () => {
  test('are answered in their order', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(
      [
        get(HOST, 'GET /livez HTTP/1.1'),
        get(HOST, 'GET /nowhere HTTP/1.1'),
        chunked(`18\r\n${ARTICLE}\r\n0\r\n\r\n`),
        get(HOST, 'HEAD /livez HTTP/1.1'),
        get(HOST, 'DELETE /articles HTTP/1.1'),
      ].join(''),
    )
    const statuses = []
    for (const toHead of [false, false, false, true, false]) statuses.push((await wire.read({ toHead })).status)
    expect(statuses).toEqual([200, 404, 201, 200, 405])
    expect(wire.left).toBe('')
    wire.close()
  })

  test('are answered up to the one that is broken, and that one once', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(
      `${chunked(`18\r\n${ARTICLE}\r\n0\r\n\r\n`)}${get(HOST, 'GET /livez HTTP/1.1')}BREW / HTTP/1.1\r\n${HOST}\r\n`,
    )
    expect((await wire.read()).status).toBe(201)
    expect((await wire.read()).status).toBe(200)
    expect((await wire.read()).status).toBe(501)
    await wire.ended()
    expect(wire.left).toBe('')
  })

  test('a method that nobody knows right after content is 501 all the same', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(`${post('Content-Length: 24\r\n', ARTICLE)}BREW / HTTP/1.1\r\n${HOST}\r\n`)
    expect((await wire.read()).status).toBe(201)
    expect((await wire.read()).status).toBe(501)
    await wire.ended()
    wire.close()
  })

  test('what is no HTTP after a whole request is 400, not a method that nobody knows', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(`${get(HOST)}hello there\r\n\r\n`)
    expect((await wire.read()).status).toBe(200)
    expect((await wire.read()).status).toBe(400)
    await wire.ended()
    expect(wire.left).toBe('')
  })

  test('Connection: close is the last one', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(`${get(`${HOST}Connection: close\r\n`)}${get(HOST)}`)
    const { status, fields } = await wire.read()
    expect([status, fields.connection]).toEqual([200, 'close'])
    await wire.ended()
    expect(wire.left).toBe('')
  })
})
