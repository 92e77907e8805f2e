/** Fields in all their forms: dates, tags, Accept, Prefer, credentials, Idempotency-Key; and HEAD beside GET. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { library } from '../apis/library.ts'
import { until } from '../scenario.ts'
import { KEYS, start, type Started, startNewsroom } from '../start.ts'
import { format, send as sendTo, type Sent, Wire } from '../wire.ts'

let newsroom: Started
let shelves: Started
let address: string
let etag: string
beforeAll(async () => {
  newsroom = await startNewsroom()
  shelves = await start(library)
  const made = await send('POST', '/articles', { as: KEYS.basic, content: { title: 'a', body: 'b' } })
  address = made.fields.location ?? ''
  etag = made.fields.etag ?? ''
})
afterAll(async () => {
  await newsroom.stop()
  await shelves.stop()
})

const send = (method: string, target: string, sent?: Sent) => sendTo(newsroom.port, method, target, sent)

describe('dates (RFC 9110 §5.6.7): an item of 1 January 2020, 00:00:00', () => {
  test.each([
    ['the preferred form', 'Wed, 01 Jan 2020 00:00:00 GMT', 304],
    ['one second later', 'Wed, 01 Jan 2020 00:00:01 GMT', 304],
    ['one second before', 'Tue, 31 Dec 2019 23:59:59 GMT', 200],
    ['the form of RFC 850', 'Wednesday, 01-Jan-20 00:00:00 GMT', 304],
    ['the form of RFC 850, before', 'Tuesday, 31-Dec-19 23:59:59 GMT', 200],
    ['the form of asctime', 'Wed Jan  1 00:00:00 2020', 304],
    ['the form of asctime, before', 'Tue Dec 31 23:59:59 2019', 200],
    ['the time to come', 'Wed, 01 Jan 2200 00:00:00 GMT', 304],
    ['ISO 8601 is none of them', '2020-01-01T00:00:00Z', 200],
    ['a number is none of them', '1577836800', 200],
    ['another zone is none of them', 'Wed, 01 Jan 2020 00:00:00 +0000', 200],
    ['a day that is not there', 'Wed, 32 Jan 2020 00:00:00 GMT', 200],
    ['the wrong weekday counts as it stands', 'Mon, 01 Jan 2020 00:00:00', 200],
    ['nonsense', 'yesterday', 200],
    ['nothing', '', 200],
  ])('If-Modified-Since, %s', async (_, date, status) => {
    const response = await sendTo(shelves.port, 'GET', '/almanac', { fields: { 'If-Modified-Since': date } })
    expect(response.status).toBe(status)
  })

  test.each([
    ['the very time', 'Wed, 01 Jan 2020 00:00:00 GMT', 204],
    ['the form of RFC 850', 'Wednesday, 01-Jan-20 00:00:00 GMT', 204],
    ['the form of asctime', 'Wed Jan  1 00:00:00 2020', 204],
    ['one second before', 'Tue, 31 Dec 2019 23:59:59 GMT', 412],
    ['one second before, by asctime', 'Tue Dec 31 23:59:59 2019', 412],
    ['nonsense is as good as no condition, which is demanded here (RFC 6585 §3)', 'yesterday', 428],
  ])('If-Unmodified-Since, %s', async (_, date, status) => {
    const response = await sendTo(shelves.port, 'DELETE', '/almanac', {
      as: 'root',
      fields: { 'If-Unmodified-Since': date },
    })
    expect(response.status).toBe(status)
  })
})

test('If-Unmodified-Since, nonsense is not looked at where nothing is demanded (RFC 9110 §13.1.4)', async () => {
  const fields = { 'If-Unmodified-Since': 'yesterday' }
  expect((await send('PATCH', address, { as: KEYS.basic, fields, content: { body: 'b' } })).status).toBe(200)
})

describe('tags (RFC 9110 §8.8.3, §13.1.1, §13.1.2): the tag is "r1"', () => {
  test.each<[string, string, number, number]>([
    ['the tag', '"r1"', 304, 200],
    ['the tag, weak', 'W/"r1"', 304, 412],
    ['any', '*', 304, 200],
    ['any, with spaces', ' * ', 304, 200],
    ['another', '"r2"', 200, 412],
    ['another case', '"R1"', 200, 412],
    ['a list with it', '"r0", "r1"', 304, 200],
    ['a list with it, without spaces', '"r0","r1"', 304, 200],
    ['a list with empty members', ', "r0",, "r1",', 304, 200],
    ['a list with it, weak', '"r0", W/"r1"', 304, 412],
    ['a list without it', '"r0", "r2"', 200, 412],
    ['a tag of nothing', '""', 200, 412],
    ['a tag with a comma', '"a,b", "r1"', 304, 200],
    ['without quotes', 'r1', 400, 400],
    ['half a tag', '"r1', 400, 400],
    ['a lower-case weakness', 'w/"r1"', 400, 400],
    ['a space in between', 'W/ "r1"', 400, 400],
    ['a quote too many', '"r"1"', 400, 400],
    ['any and more', '*, "r1"', 400, 400],
  ])('%s', async (_, tags, noneMatch, match) => {
    const { port } = shelves
    expect((await sendTo(port, 'GET', '/rooms/1', { fields: { 'If-None-Match': tags } })).status).toBe(noneMatch)
    expect((await sendTo(port, 'GET', '/rooms/1', { fields: { 'If-Match': tags } })).status).toBe(match)
  })

  test('a list of 500 tags', async () => {
    const tags = [...Array.from({ length: 500 }, (_, index) => `"t${index}"`), '"r1"'].join(', ')
    expect((await sendTo(shelves.port, 'GET', '/rooms/1', { fields: { 'If-None-Match': tags } })).status).toBe(304)
  })

  test('two lines are one list (RFC 9110 §5.3)', async () => {
    const wire = await Wire.open(shelves.port)
    wire.write('GET /rooms/1 HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: "r0"\r\nIf-None-Match: "r1"\r\n\r\n')
    expect((await wire.read()).status).toBe(304)
    wire.close()
  })

  test('a stale tag and wrong content: the tag is judged first (RFC 9110 §13.2.1)', async () => {
    const response = await send('PATCH', address, { as: KEYS.basic, fields: { 'If-Match': '"stale"' }, content: '{' })
    expect(response.status).toBe(412)
  })

  test('a stale tag of somebody who may not: that is said first (RFC 9110 §13.2.1)', async () => {
    expect((await send('DELETE', address, { fields: { 'If-Match': '"stale"' } })).status).toBe(401)
    const theirs =
      (await send('POST', '/articles', { as: KEYS.admin, content: { title: 'a', body: 'b' } })).fields.location ?? ''
    expect((await send('DELETE', theirs, { as: KEYS.basic, fields: { 'If-Match': '"stale"' } })).status).toBe(403)
    expect((await send('DELETE', '/articles/none', { as: KEYS.basic, fields: { 'If-Match': '*' } })).status).toBe(404)
  })
})

describe('a version that has to be named (RFC 6585 §3)', () => {
  const put = (id: string, fields: Record<string, string>) =>
    sendTo(shelves.port, 'PUT', `/pages/${id}`, { as: 'bob', fields, content: { text: 'x', draft: false } })
  const LATER = 'Wed, 01 Jan 2200 00:00:00 GMT'

  test.each<[string, string, number, number]>([
    ['If-Match', '*', 200, 412],
    ['If-None-Match', '*', 412, 201],
    ['If-None-Match', '"another"', 428, 428],
    ['If-Unmodified-Since', LATER, 200, 428],
    ['If-Unmodified-Since', 'yesterday', 428, 428],
    ['If-Unmodified-Since', '', 428, 428],
    ['If-Unmodified-Since', `${LATER}, ${LATER}`, 428, 428],
    ['If-Modified-Since', LATER, 428, 428],
  ])('%s: %s', async (name, value, there, born) => {
    const id = `${name}-${value}`.replace(/\W/g, '.')
    expect((await put(`${id}.new`, { [name]: value })).status).toBe(born)
    expect((await put(id, { 'If-None-Match': '*' })).status).toBe(201)
    expect((await put(id, { [name]: value })).status).toBe(there)
  })
})

describe('Accept (RFC 9110 §12.5.1)', () => {
  test.each([
    ['application/json', 200],
    ['application/*', 200],
    ['*/*', 200],
    ['', 200],
    ['image/png', 406],
    ['image/png, */*;q=0.1', 200],
    ['application/json;q=0', 406],
    ['*/*;q=0', 406],
    ['application/json;q=0, */*', 406],
    ['application/json;q=0.001', 200],
    ['APPLICATION/JSON', 200],
    ['text/html', 406],
    ['nonsense', 200],
    ['application/json;q=2', 200],
  ])('%s is %i', async (accept, status) => {
    const response = await send('GET', address, { fields: { Accept: accept } })
    expect(response.status).toBe(status)
  })

  test('a write is never lost over it', async () => {
    const response = await send('POST', '/articles', {
      as: KEYS.basic,
      fields: { Accept: 'image/png' },
      content: { title: 'a', body: 'b' },
    })
    expect(response.status).toBe(201)
  })

  test.each([
    ['text/html', 'text/html; charset=utf-8'],
    ['text/html;q=0.9, application/json', 'application/problem+json'],
    ['application/problem+json', 'application/problem+json'],
    ['image/png', 'application/problem+json'],
    ['*/*;q=0', 'application/problem+json'],
  ])('errors with Accept %s are %s, and never 406', async (accept, type) => {
    const response = await send('GET', '/nowhere', { fields: { Accept: accept } })
    expect([response.status, response.fields['content-type']]).toEqual([404, type])
  })
})

describe('Prefer (RFC 7240; both returns are neither, §4.2)', () => {
  test.each([
    ['return=minimal', 204],
    ['return="minimal"', 204],
    ['Return=minimal', 204],
    ['respond-async, return=minimal; foo=bar', 204],
    ['return=representation', 200],
    ['return=minimal, return=representation', 200],
    ['return', 200],
    ['return=nothing', 200],
    ['wait=10', 200],
    [';;;', 200],
    ['', 200],
  ])('%s is %i', async (preference, status) => {
    const response = await send('PATCH', address, {
      as: KEYS.basic,
      fields: { Prefer: preference },
      content: { body: 'c' },
    })
    expect(response.status).toBe(status)
    expect(response.fields['preference-applied']).toBe(status === 204 ? 'return=minimal' : undefined)
  })
})

test('what has no content in any case is no preference applied (RFC 7240 §3)', async () => {
  const made = await send('POST', '/articles', { as: KEYS.basic, content: { title: 'a', body: 'b' } })
  const fields = { Prefer: 'return=minimal' }
  const removed = await send('DELETE', made.fields.location ?? '', { as: KEYS.basic, fields })
  expect([removed.status, removed.fields['preference-applied']]).toEqual([204, undefined])
})

describe('credentials (RFC 9110 §11.6.2, RFC 6750 §2.1)', () => {
  test.each([
    ['no field', undefined, 401, false],
    ['a key', `Bearer ${KEYS.basic}`, 200, false],
    ['the scheme in another case', `bEARER ${KEYS.basic}`, 200, false],
    ['more spaces', `Bearer    ${KEYS.basic}`, 200, false],
    ['an unknown key', 'Bearer abc', 401, true],
    ['an empty value', '', 401, false],
    ['the scheme alone', 'Bearer', 401, true],
    ['the key alone', KEYS.basic, 401, false],
    ['another scheme', 'Basic YmFzaWM6a2V5', 401, false],
    ['an unknown scheme', 'Negotiate abc', 401, false],
    ['no token68', 'Bearer a"b', 401, true],
    ['two keys', `Bearer ${KEYS.basic}, Bearer ${KEYS.admin}`, 401, true],
    ['a key and parameters', `Bearer ${KEYS.basic} realm="x"`, 401, true],
    ['a key in quotes', `Bearer "${KEYS.basic}"`, 401, true],
    ['a key of 8 KiB', `Bearer ${'a'.repeat(8192)}`, 401, true],
  ])('%s', async (_, value, status, refused) => {
    const response = await send('GET', '/session', { fields: value === undefined ? {} : { Authorization: value } })
    expect(response.status).toBe(status)
    if (status === 401) {
      const challenge = response.fields['www-authenticate'] ?? ''
      expect(challenge).toMatch(/^Bearer realm="[^"]+"/)
      expect(challenge.includes('error="invalid_token"')).toBe(refused)
    }
  })

  test('two Authorization lines are nobody', async () => {
    const wire = await Wire.open(newsroom.port)
    wire.write(
      `GET /session HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEYS.basic}\r\nAuthorization: Bearer ${KEYS.admin}\r\n\r\n`,
    )
    expect((await wire.read()).status).toBe(401)
    wire.close()
  })

  test('wrong credentials are never taken for none', async () => {
    expect((await send('GET', '/articles', { as: 'abc' })).status).toBe(401)
    expect((await send('POST', '/users', { as: 'abc', content: {} })).status).toBe(401)
  })

  test('credentials in the query are a parameter nobody knows (RFC 6750 §2.3)', async () => {
    const response = await send('GET', `/articles?access_token=${KEYS.basic}`)
    expect(response.status).toBe(400)
    expect(response.content).not.toContain(KEYS.basic)
  })
})

describe('Idempotency-Key', () => {
  let numbers = 0
  const key = () => `"key-${++numbers}"`
  const article = (idempotencyKey: string, content: unknown = { title: 'Once', body: 'only' }): Sent => ({
    as: KEYS.basic,
    fields: { 'Idempotency-Key': idempotencyKey },
    content,
  })

  test('the same again is the same answer, and done once', async () => {
    const once = article(key(), { title: 'Once', body: 'only', slug: `once-${numbers}` })
    const first = await send('POST', '/articles', once)
    const second = await send('POST', '/articles', once)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.fields.location).toBe(first.fields.location)
    expect(second.content).toBe(first.content)
  })

  test('other content is 422, and changes nothing', async () => {
    const one = key()
    await send('POST', '/articles', article(one))
    const response = await send('POST', '/articles', article(one, { title: 'Twice', body: 'no' }))
    expect(response.status).toBe(422)
    expect((await send('GET', '/articles')).content).not.toContain('Twice')
  })

  test('after a refusal it is free', async () => {
    const one = key()
    expect((await send('POST', '/articles', article(one, { title: '' }))).status).toBe(400)
    expect((await send('POST', '/articles', article(one))).status).toBe(201)
  })

  test('after a conflict it is free', async () => {
    const one = key()
    const slug = `taken-${numbers}`
    await send('POST', '/articles', article(key(), { title: 'a', body: 'b', slug }))
    expect((await send('POST', '/articles', article(one, { title: 'a', body: 'b', slug }))).status).toBe(409)
    expect((await send('POST', '/articles', article(one, { title: 'a', body: 'b', slug: `${slug}-2` }))).status).toBe(
      201,
    )
  })

  test('a key is one caller’s', async () => {
    const one = key()
    const mine = await send('POST', '/articles', article(one))
    const theirs = await send('POST', '/articles', { ...article(one), as: KEYS.admin })
    expect([mine.status, theirs.status]).toEqual([201, 201])
    expect(theirs.fields.location).not.toBe(mine.fields.location)
  })

  test('50 at once: one is done', async () => {
    const once = article(key(), { title: 'Many', body: 'x', slug: `many-${numbers}` })
    const responses = await Promise.all(Array.from({ length: 50 }, () => send('POST', '/articles', once)))
    const statuses = new Set(responses.map(({ status }) => status))
    expect([...statuses].filter((status) => status !== 201 && status !== 409)).toEqual([])
    expect(new Set(responses.flatMap(({ status, fields }) => (status === 201 ? [fields.location] : []))).size).toBe(1)
  })

  test('while it is at work: 409 for the same, 422 for other content; then the first answer', async () => {
    const made = await sendTo(shelves.port, 'POST', '/books', { as: 'bob', content: { title: 'Slow' } })
    const path = `${made.fields.location}/order`
    const order = (copies: number) =>
      format('POST', path, { as: 'bob', fields: { 'Idempotency-Key': '"slow"' }, content: { copies } })
    const first = await Wire.open(shelves.port)
    first.write(order(97))
    await until(() => shelves.engine.runningKeys.size > 0)
    const [same, other] = await Promise.all([
      sendTo(shelves.port, 'POST', path, {
        as: 'bob',
        fields: { 'Idempotency-Key': '"slow"' },
        content: { copies: 97 },
      }),
      sendTo(shelves.port, 'POST', path, {
        as: 'bob',
        fields: { 'Idempotency-Key': '"slow"' },
        content: { copies: 1 },
      }),
    ])
    expect([same.status, same.fields['retry-after'], other.status]).toEqual([409, '1', 422])
    expect((await first.read()).status).toBe(202)
    first.close()
    const again = await sendTo(shelves.port, 'POST', path, {
      as: 'bob',
      fields: { 'Idempotency-Key': '"slow"' },
      content: { copies: 97 },
    })
    expect(again.status).toBe(202)
  })

  test('after a bug it is free', async () => {
    const bug: Sent = { fields: { 'Idempotency-Key': '"bug"' }, content: { what: 'bug' } }
    expect((await sendTo(shelves.port, 'POST', '/rooms/1', bug)).status).toBe(500)
    const right: Sent = { fields: { 'Idempotency-Key': '"bug"' }, content: { what: 'done' } }
    expect((await sendTo(shelves.port, 'POST', '/rooms/1', right)).status).toBe(200)
  })

  test.each([
    ['""', 400],
    ['"', 400],
    ['"a', 400],
    ['', 400],
    ['"a", "b"', 400],
    [`"${'a'.repeat(256)}"`, 400],
    [`"${'a'.repeat(255)}"`, 201],
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', 201],
  ])('%s is %i', async (value, status) => {
    expect((await send('POST', '/articles', article(value))).status).toBe(status)
  })
})

describe('HEAD is GET without its content (RFC 9110 §9.3.2)', () => {
  test.each<[string, Sent]>([
    ['/', {}],
    ['/', { fields: { Accept: 'text/html' } }],
    ['/openapi.json', {}],
    ['/livez', {}],
    ['/readyz', {}],
    ['/articles', {}],
    ['/articles?limit=1', {}],
    ['/articles?limit=0', {}],
    ['/articles/none', {}],
    ['/nowhere', { fields: { Accept: 'text/html' } }],
    ['/users', {}],
    ['/users', { as: KEYS.basic }],
    ['/users', { as: KEYS.admin }],
    ['/session', { as: KEYS.basic }],
    ['/keys', { as: KEYS.basic }],
    ['ITEM', {}],
    ['ITEM', { as: KEYS.admin }],
    ['ITEM', { fields: { 'If-None-Match': '*' } }],
    ['ITEM', { fields: { 'If-Match': '"x"' } }],
    ['ITEM', { fields: { Accept: 'image/png' } }],
  ])('%s', async (target, sent) => {
    const path = target === 'ITEM' ? address : target
    const fieldsOf = async (method: string) => {
      const { status, fields, content } = await send(method, path, sent)
      const { date: _, 'request-id': __, ...rest } = fields
      return { status, fields: rest, content }
    }
    const [get, head] = [await fieldsOf('GET'), await fieldsOf('HEAD')]
    expect(head.content).toBe('')
    expect({ status: head.status, fields: head.fields }).toEqual({ status: get.status, fields: get.fields })
  })

  test('the tag stays the same while the item does', async () => {
    expect((await send('HEAD', address)).fields.etag).toBe((await send('GET', address)).fields.etag)
    expect(etag).toMatch(/^"/)
  })
})
