/** Too long, too large, too deep, too slow; and what a client that asks first is told (RFC 9110 §10.1.1). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../scenario.ts'
import { KEYS, type Started, startNewsroom } from '../start.ts'
import { format, raw, send as sendTo, type Sent, Wire } from '../wire.ts'

let newsroom: Started
let impatient: Started
beforeAll(async () => {
  newsroom = await startNewsroom()
  impatient = await startNewsroom({ limits: { headTime: 400, contentTime: 400 } })
})
afterAll(async () => {
  await newsroom.stop()
  await impatient.stop()
})

const send = (method: string, target: string, sent?: Sent) => sendTo(newsroom.port, method, target, sent)
const MEGABYTE = 1_048_576
const HEAD = `POST /articles HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEYS.basic}\r\nContent-Type: application/json\r\n`
/** An article of so many octets. */
const article = (octets: number) => `{"title":"Long","body":"${'x'.repeat(octets - 26)}"}`

describe('the target (RFC 9110 §4.1, §15.5.15)', () => {
  test.each([
    ['a line of 8,000 octets is taken', `/articles?authorId=${'a'.repeat(7966)}`, 200],
    ['a target of 8,192 octets is taken', `/articles?authorId=${'a'.repeat(8192 - 19)}`, 200],
    ['a target of 8,193 octets is not', `/articles?authorId=${'a'.repeat(8193 - 19)}`, 414],
    ['nor one of 20,000', `/${'a'.repeat(19_999)}`, 414],
    ['nor one of a megabyte', `/articles/${'a'.repeat(MEGABYTE)}`, 414],
  ])('%s', async (_, target, status) => {
    const response = await send('GET', target)
    expect(response.status).toBe(status)
    expect(response.fields.date).toMatch(/GMT$/)
  })

  test.each(['/', 'http://localhost/', 'HTTPS://localhost/'])('a megabyte without a line end: %s', async (begin) => {
    expect((await raw(newsroom.port, `GET ${begin}${'a'.repeat(MEGABYTE)}`)).status).toBe(414)
  })
})

describe('the fields (RFC 6585 §5)', () => {
  test.each([
    ['15 KiB in one', { 'X-One': 'a'.repeat(15 * 1024) }, 200],
    ['16 KiB in one', { 'X-One': 'a'.repeat(16 * 1024) }, 431],
    ['24 KiB in one', { 'X-One': 'a'.repeat(24 * 1024) }, 431],
    ['a megabyte in one', { 'X-One': 'a'.repeat(MEGABYTE) }, 431],
    ['a name of 20 KiB', { [`X-${'a'.repeat(20 * 1024)}`]: 'a' }, 431],
    [
      '1,000 small ones',
      Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`X-${index}`, 'abcdefghij'])),
      431,
    ],
    ['500 small ones', Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`X-${index}`, 'a'])), 200],
  ])('%s', async (_, fields, status) => {
    const response = await send('GET', '/articles', { fields })
    expect(response.status).toBe(status)
    expect(response.fields.date).toMatch(/GMT$/)
  })
})

describe('the content (RFC 9110 §15.5.14)', () => {
  test('1 MiB is taken', async () => {
    expect((await send('POST', '/articles', { as: KEYS.basic, content: article(MEGABYTE) })).status).toBe(201)
  })

  test('1 MiB in chunks is taken', async () => {
    const chunk = `${(MEGABYTE / 16).toString(16)}\r\n`
    const content = article(MEGABYTE)
    const chunks = Array.from(
      { length: 16 },
      (_, at) => `${chunk}${content.slice((at * MEGABYTE) / 16, ((at + 1) * MEGABYTE) / 16)}\r\n`,
    )
    const response = await raw(newsroom.port, `${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunks.join('')}0\r\n\r\n`)
    expect(response.status).toBe(201)
  })

  test.each([
    ['announced and sent', `Content-Length: ${MEGABYTE + 1}\r\n\r\n${article(MEGABYTE + 1)}`],
    ['announced and never sent', 'Content-Length: 1000000000\r\n\r\n'],
    ['in one chunk', `Transfer-Encoding: chunked\r\n\r\n100001\r\n${article(MEGABYTE + 1)}\r\n0\r\n\r\n`],
    ['in a chunk that never ends', `Transfer-Encoding: chunked\r\n\r\nfffffff\r\n${'x'.repeat(MEGABYTE + 1)}`],
  ])('one octet more, %s, is not', async (_, rest) => {
    const response = await raw(newsroom.port, HEAD + rest)
    expect([response.status, response.fields.connection]).toEqual([413, 'close'])
    expect(response.json()).toMatchObject({ status: 413 })
  })

  test('content that is refused and small leaves the connection open', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(format('POST', '/articles', { content: { title: 'x', body: 'y'.repeat(10_000) } }))
    expect((await wire.read()).status).toBe(401)
    wire.write(format('GET', '/livez'))
    expect((await wire.read()).status).toBe(200)
    wire.close()
  })

  test.each([
    [63, 201],
    [64, 400],
    [10_000, 400],
    [200_000, 400],
  ])('%i levels in a member', async (levels, status) => {
    const { port } = newsroom
    const content = `{"title":"deep","body":"x","slug":${'['.repeat(levels)}${']'.repeat(levels)}}`
    const response = await sendTo(port, 'POST', '/articles', { as: KEYS.basic, content })
    // A list is no slug either way: what is asked here is that depth does no harm.
    expect(response.status).toBe(400)
    expect(response.content.includes('levels deep')).toBe(status === 400)
  })
})

describe('too slow (RFC 9110 §15.5.9)', () => {
  test.each([
    ['a head that stops', 'GET /articles HTTP/1.1\r\nHost: local'],
    ['a request line that stops', 'GET /art'],
    ['content that stops', `${HEAD}Content-Length: 30\r\n\r\n{"title"`],
    ['content that never begins', `${HEAD}Content-Length: 30\r\n\r\n`],
    ['a chunk that stops', `${HEAD}Transfer-Encoding: chunked\r\n\r\n1e\r\n{"tit`],
    ['chunks that stop', `${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`],
  ])('%s', async (_, octets) => {
    const wire = await Wire.open(impatient.port)
    wire.write(octets)
    const response = await wire.read()
    expect([response.status, response.fields.connection]).toEqual([408, 'close'])
    await wire.ended()
    expect(wire.left).toBe('')
  })

  test.each(['HEAD /articles HTTP/1.1\r\nHost: local', 'GET /articles HTTP/1.1\r\nHost: local'])(
    'half of a head may be half of a HEAD, whose answer has no content (§9.3.2): %j',
    async (octets) => {
      const wire = await Wire.open(impatient.port)
      wire.write(octets)
      const { status, fields } = await wire.read({ toHead: true })
      expect([status, fields['content-length']]).toEqual([408, '0'])
      await wire.ended()
      expect(wire.left).toBe('')
    },
  )

  test('a connection that says nothing is closed in silence: no request was begun', async () => {
    const silent = await Wire.open(impatient.port)
    await silent.ended()
    expect(silent.left).toBe('')
    const one = await Wire.open(impatient.port)
    one.write('G')
    expect((await one.read()).status).toBe(408)
  })

  test('a head that comes octet by octet, without end', async () => {
    const wire = await Wire.open(impatient.port)
    const drip = setInterval(() => wire.write('a'), 20)
    try {
      wire.write('GET /articles HTTP/1.1\r\nHost: localhost\r\nX-A: ')
      expect((await wire.read()).status).toBe(408)
    } finally {
      clearInterval(drip)
      wire.close()
    }
  })

  test('a head that comes octet by octet, and in time', async () => {
    const wire = await Wire.open(newsroom.port)
    for (const octet of format('GET', '/livez')) {
      wire.write(Buffer.from([octet]))
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect((await wire.read()).status).toBe(200)
    wire.close()
  })

  test('a client that says nothing is answered nothing', async () => {
    const wire = await Wire.open(impatient.port)
    await wire.ended().catch(() => undefined)
    expect(['', expect.stringMatching(/^HTTP\/1\.1 408 /)]).toContainEqual(wire.left)
    wire.close()
  })

  test('a client that goes away is forgotten', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(`${HEAD}Content-Length: 30\r\n\r\n{"title"`)
    await until(() => newsroom.engine.requests > 0)
    wire.close()
    await until(() => newsroom.engine.requests === 0)
    expect(newsroom.engine.requests).toBe(0)
    expect((await send('GET', '/livez')).status).toBe(200)
  })
})

describe('Expect (RFC 9110 §10.1.1)', () => {
  const anonymous = (fields: Record<string, string>, target = '/articles') =>
    format('POST', target, { fields: { 'Content-Type': 'application/json', Expect: '100-continue', ...fields } })
  const asked = (fields: Record<string, string>, target?: string) =>
    anonymous({ Authorization: `Bearer ${KEYS.basic}`, ...fields }, target)

  test.each(['100-continue', '100-Continue', '100-CONTINUE'])('%s is given leave', async (expectation) => {
    const wire = await Wire.open(newsroom.port)
    wire.write(asked({ Expect: expectation, 'Content-Length': '24' }))
    await until(() => wire.left !== '')
    expect(wire.left).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    wire.write('{"title":"a","body":"b"}')
    expect((await wire.read()).status).toBe(201)
    wire.close()
  })

  test.each<[string, Buffer, number]>([
    ['no credentials', anonymous({ 'Content-Length': '24' }), 401],
    ['too much', asked({ 'Content-Length': '2000000' }), 413],
    ['another type', asked({ 'Content-Length': '24', 'Content-Type': 'text/plain' }), 415],
    ['a coding', asked({ 'Content-Length': '24', 'Content-Encoding': 'gzip' }), 415],
    ['another path', asked({ 'Content-Length': '24' }, '/nowhere'), 404],
    ['another method', format('PUT', '/articles', { fields: { Expect: '100-continue', 'Content-Length': '24' } }), 405],
    ['another expectation', asked({ 'Content-Length': '24', Expect: 'a miracle' }), 417],
    ['one more expectation', asked({ 'Content-Length': '24', Expect: '100-continue, a miracle' }), 417],
    [
      'a stale tag',
      format('PATCH', '/articles/none', {
        as: KEYS.basic,
        fields: { Expect: '100-continue', 'Content-Length': '24', 'Content-Type': 'application/json' },
      }),
      404,
    ],
  ])('%s: the final status, no 100, and the content is not waited for', async (_, octets, status) => {
    const wire = await Wire.open(newsroom.port)
    wire.write(octets)
    const response = await wire.read()
    expect([response.status, response.interim]).toEqual([status, []])
    // Whether the client sends its content now is anybody's guess, so nothing more is read.
    expect(response.fields.connection).toBe('close')
    wire.close()
  })

  test('content that comes without waiting is read', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(Buffer.concat([asked({ 'Content-Length': '24' }), Buffer.from('{"title":"a","body":"b"}')]))
    expect((await wire.read()).status).toBe(201)
    wire.close()
  })

  test('where there is no content there is nothing to wait for', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(format('GET', '/articles', { fields: { Expect: '100-continue' } }))
    const { status, interim } = await wire.read()
    expect([status, interim]).toEqual([200, []])
    wire.close()
  })
})
