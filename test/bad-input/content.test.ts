/** Content that is broken, odd or nonsense: RFC 8259, RFC 7396, RFC 9110 §15.5.1; and queries and ids likewise. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KEYS, type Started, startNewsroom } from '../start.ts'
import { raw, send as sendTo, type Sent, type WireResponse } from '../wire.ts'

let newsroom: Started
let address: string
beforeAll(async () => {
  newsroom = await startNewsroom()
  const made = await send('POST', '/articles', { as: KEYS.basic, content: { title: 'a', body: 'b', slug: 'first' } })
  address = made.fields.location ?? ''
})
afterAll(() => newsroom.stop())

const send = (method: string, target: string, sent?: Sent) => sendTo(newsroom.port, method, target, sent)

/** Octets as content. */
function post(octets: Buffer, type = 'application/json'): Promise<WireResponse> {
  const head = `POST /articles HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEYS.basic}\r\nContent-Type: ${type}\r\nContent-Length: ${octets.length}\r\n\r\n`
  return raw(newsroom.port, Buffer.concat([Buffer.from(head), octets]))
}

const named = (response: WireResponse) =>
  response
    .json<{ errors?: { pointer?: string; parameter?: string }[] }>()
    .errors?.map(({ pointer, parameter }) => pointer ?? parameter)
    .toSorted()

describe('not JSON (RFC 8259)', () => {
  test.each<[string, Buffer]>([
    ['half of it', Buffer.from('{"title":')],
    ['a comma too many', Buffer.from('{"title":"a","body":"b",}')],
    ['single quotes', Buffer.from("{'title':'a'}")],
    ['a comment', Buffer.from('{"title":"a",/* */"body":"b"}')],
    ['NaN', Buffer.from('{"title":NaN,"body":"b"}')],
    ['two values', Buffer.from('{} {}')],
    ['spaces only', Buffer.from('   ')],
    ['NUL', Buffer.from('\0')],
    ['NUL after it', Buffer.from('{"title":"a","body":"b"}\0')],
    ['a form', Buffer.from('title=a&body=b')],
    ['a control character in a string', Buffer.from('{"title":"a\nb","body":"b"}')],
    ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['an overlong form', Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d])],
    ['UTF-16', Buffer.from('{"title":"a","body":"b"}', 'utf16le')],
    ['half a surrogate pair in UTF-8', Buffer.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d])],
  ])('%s', async (_, octets) => {
    const response = await post(octets)
    expect([response.status, response.fields['content-type']]).toEqual([400, 'application/problem+json'])
    expect(newsroom.path().at(-1)).toEqual({ id: 'contentParses', mark: 'no' })
  })
})

describe('JSON, and nothing that fits (RFC 9110 §15.5.1)', () => {
  test.each<[string, string, readonly string[]]>([
    ['a list', '[]', ['']],
    ['a string', '"title"', ['']],
    ['a number', '1', ['']],
    ['null', 'null', ['']],
    ['nothing in it', '{}', ['/body', '/title']],
    ['a list for a string', '{"title":["a"],"body":"b"}', ['/title']],
    ['an object for a string', '{"title":{"toString":1},"body":"b"}', ['/title']],
    ['null for a string', '{"title":null,"body":"b"}', ['/title']],
    ['a number for a string', '{"title":1e400,"body":2}', ['/body', '/title']],
    ['too long', `{"title":"${'a'.repeat(201)}","body":"b"}`, ['/title']],
    ['empty', '{"title":"","body":"b"}', ['/title']],
    ['half a surrogate pair', '{"title":"\\ud800","body":"b"}', ['/title']],
    ['NUL, escaped', '{"title":"a\\u0000b","body":"b"}', ['/title']],
    ['a member nobody knows', '{"title":"a","body":"b","colour":"red"}', ['/colour']],
    ['a member of every object', '{"title":"a","body":"b","__proto__":{"role":"admin"}}', ['/__proto__']],
    ['another one', '{"title":"a","body":"b","constructor":1,"toString":2}', ['/constructor', '/toString']],
    ['a member with a slash and a tilde', '{"title":"a","body":"b","a/b~c":1}', ['/a~1b~0c']],
    ['a member without a name', '{"title":"a","body":"b","":1}', ['/']],
    [
      'what the server makes',
      '{"title":"a","body":"b","id":"x","createdAt":"2020-01-01T00:00:00Z"}',
      ['/createdAt', '/id'],
    ],
  ])('%s', async (_, content, pointers) => {
    const response = await post(Buffer.from(content))
    expect(response.status).toBe(400)
    expect(named(response)).toEqual(pointers)
  })

  test.each([
    ['a member twice: the last one counts (RFC 8259 §4)', '{"title":"a","title":"z","body":"b"}', { title: 'z' }],
    ['a byte order mark before it (RFC 8259 §8.1)', '\ufeff{"title":"a","body":"b"}', { title: 'a' }],
    [
      'all of Unicode',
      '{"title":"\u{1f600}\u202e\u0000ff"}'.replace('\u0000ff', '').replace('}', ',"body":"\\ud83d\\ude00"}'),
      { body: '\u{1f600}' },
    ],
  ])('%s', async (_, content, kept) => {
    const response = await post(Buffer.from(content))
    expect([response.status, response.json()]).toEqual([201, expect.objectContaining(kept)])
  })
})

describe('types of content (RFC 9110 §8.3, §15.5.16)', () => {
  const ARTICLE = Buffer.from('{"title":"a","body":"b"}')
  test.each([
    ['application/json', 201],
    ['Application/JSON', 201],
    ['application/json; charset=utf-8', 201],
    ['application/json;charset="UTF-8"', 201],
    ['text/json', 415],
    ['application/jsonx', 415],
    ['application/merge-patch+json', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/json, text/plain', 415],
    ['json', 415],
    ['*/*', 415],
    ['', 415],
  ])('%s is %i', async (type, status) => {
    const response = await post(ARTICLE, type)
    expect(response.status).toBe(status)
    if (status === 415)
      expect(response.fields['accept-post'] ?? response.fields['accept']).toContain('application/json')
  })

  test('PATCH takes both of its types (RFC 7396 §4)', async () => {
    for (const type of ['application/merge-patch+json', 'application/json'])
      expect(
        (await send('PATCH', address, { as: KEYS.basic, fields: { 'Content-Type': type }, content: { title: 'c' } }))
          .status,
      ).toBe(200)
    const refused = await send('PATCH', address, {
      as: KEYS.basic,
      fields: { 'Content-Type': 'application/json-patch+json' },
      content: '[]',
    })
    expect([refused.status, refused.fields['accept-patch']]).toEqual([
      415,
      'application/merge-patch+json, application/json',
    ])
  })
})

describe('merge patches (RFC 7396)', () => {
  test.each<[string, unknown, number, readonly string[] | undefined]>([
    ['nothing changes nothing', {}, 200, undefined],
    ['null takes an optional member away', { slug: null }, 200, undefined],
    ['null does not take a required one away', { title: null }, 400, ['/title']],
    ['a list is no patch', [], 400, ['']],
    ['nor is null', 'null', 400, ['']],
    ['what is there already may be sent back', { title: 'a' }, 200, undefined],
    ['members nobody knows', { colour: 'red', __proto__x: 1 }, 400, ['/__proto__x', '/colour']],
    ['what the server makes', { updatedAt: 'now' }, 400, ['/updatedAt']],
  ])('%s', async (_, content, status, pointers) => {
    const response = await send('PATCH', address, { as: KEYS.basic, content })
    expect([response.status, status === 400 ? named(response) : undefined]).toEqual([status, pointers])
  })

  test('what was read can be written back', async () => {
    const { content } = await send('GET', address)
    expect((await send('PUT', address, { as: KEYS.basic, content })).status).toBe(200)
  })
})

describe('queries (RFC 9110 §4.2.2, RFC 3986 §3.4)', () => {
  test.each<[string, string, number, readonly string[] | undefined]>([
    ['none after the mark', '?', 200, undefined],
    ['one nobody knows', '?colour=red', 400, ['colour']],
    ['several, each named', '?colour=red&limit=x&sort=none', 400, ['colour', 'limit', 'sort']],
    ['one twice', '?limit=1&limit=2', 400, ['limit']],
    ['half an escape', '?authorId=%4', 400, ['']],
    ['no UTF-8', '?authorId=%ff', 400, ['']],
    ['NUL', '?authorId=%00', 400, ['authorId']],
    ['a limit of nothing', '?limit=0', 400, ['limit']],
    ['less than nothing', '?limit=-1', 400, ['limit']],
    ['more than there can be is the most there can be', '?limit=1001', 200, undefined],
    ['a number of another kind', '?limit=1e3', 400, ['limit']],
    ['no number', '?limit=', 400, ['limit']],
    ['a cursor that is none', '?after=abc', 400, ['after']],
    ['a member that is no filter', '?title=a', 400, ['title']],
    ['a name of every object', '?__proto__=a&constructor=b', 400, ['__proto__', 'constructor']],
    ['no name', '?=a', 400, ['']],
    ['a plus for a space', '?authorId=a+b', 200, undefined],
  ])('%s', async (_, query, status, parameters) => {
    const response = await send('GET', `/articles${query}`)
    expect([response.status, status === 400 ? named(response) : undefined]).toEqual([status, parameters])
  })

  test('a query where there is none', async () => {
    const response = await send('GET', `${address}?x=1`)
    expect([response.status, named(response)]).toEqual([400, ['x']])
  })
})

describe('ids are opaque', () => {
  test.each([
    'none',
    '%20',
    '%2e%2e',
    '%2F',
    '%00',
    '%F0%9F%98%80',
    '..;',
    "'%20OR%201=1--",
    '-1',
    'null',
    'undefined',
    '__proto__',
    'a'.repeat(8000),
    '%25',
    '%E2%80%AE',
    '*',
    '~',
    'first',
  ])('%s is 404, whatever is done', async (id) => {
    for (const method of ['GET', 'HEAD', 'DELETE', 'PUT', 'PATCH']) {
      const content = method === 'PUT' || method === 'PATCH' ? { title: 'x', body: 'y' } : undefined
      const { status } = await send(method, `/articles/${id}`, {
        as: KEYS.admin,
        ...(content === undefined ? {} : { content }),
      })
      expect([method, status]).toEqual([method, 404])
    }
  })

  test('an id with its characters escaped is the same id (RFC 9110 §4.2.3)', async () => {
    const id = address.slice('/articles/'.length)
    const escaped = [...id].map((one) => `%${one.charCodeAt(0).toString(16)}`).join('')
    expect((await send('GET', `/articles/${escaped}`)).status).toBe(200)
  })
})
