/**
 * Requests made of odd parts, by the hundred: whatever is sent, the answer is one of those the table
 * gives for what clients do wrong, it comes, it is complete, and it repeats nothing of what was sent.
 */
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { statusRow } from '../../src/rules/index.ts'
import { KEYS, type Started, startNewsroom } from '../start.ts'
import { format, Wire, type WireResponse } from '../wire.ts'

let newsroom: Started
let address: string
beforeAll(async () => {
  newsroom = await startNewsroom()
  const wire = await Wire.open(newsroom.port)
  wire.write(format('POST', '/articles', { as: KEYS.basic, content: { title: 'a', body: 'b' } }))
  address = (await wire.read()).fields.location ?? ''
  wire.close()
})
afterAll(() => newsroom.stop())

/** Sent as a value and never as a name: names are repeated, so that what is wrong can be found. */
const SECRET = 'xyzzy-4711'

const method = fc.constantFrom(
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'BREW',
  'get',
)
const segment = fc.constantFrom(
  '',
  'articles',
  'users',
  'session',
  'keys',
  'none',
  'ITEM',
  SECRET,
  '%00',
  '%2F',
  '%ff',
  '%',
  '..',
  '.',
  '*',
  '__proto__',
  'a'.repeat(9000),
  'openapi.json',
  '{id}',
  '~',
  ';a=b',
)
const query = fc.constantFrom(
  '',
  '',
  '?',
  '?colour=1',
  `?limit=${SECRET}`,
  '?limit=1',
  '?limit=1&limit=1',
  `?after=${SECRET}`,
  '?authorId=%',
  `?sort=${SECRET}`,
  '?=&=',
  `?access_token=${SECRET}`,
)
const target = fc.oneof(
  fc
    .tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), query)
    .map(([path, rest]) => `/${path.join('/')}${rest}`.replace('/ITEM', address.slice('/articles'.length))),
  fc.constantFrom(
    '*',
    '/',
    '//',
    '/articles',
    'http://localhost/articles',
    'https://localhost/articles',
    `http://${SECRET}/users`,
  ),
)

const VALUES: Readonly<Record<string, readonly string[]>> = {
  Host: ['localhost', '', 'a b', `${SECRET}.example`, '[::1]:80', 'localhost:99999'],
  Authorization: [
    `Bearer ${KEYS.basic}`,
    `Bearer ${KEYS.admin}`,
    `Bearer ${SECRET}`,
    `Basic ${SECRET}`,
    SECRET,
    'Bearer',
    '',
  ],
  Accept: ['*/*', 'application/json', 'text/html', `${SECRET}/${SECRET}`, '*/*;q=0', ',,,', 'application/json;q="1'],
  'Content-Type': [
    'application/json',
    'application/merge-patch+json',
    'text/plain',
    `${SECRET}/x`,
    '',
    'application/json; charset=utf-16',
  ],
  'Content-Encoding': ['identity', 'gzip', SECRET],
  'Content-Range': ['bytes 0-1/2', SECRET],
  Expect: ['100-continue', SECRET, ''],
  'If-Match': ['*', `"${SECRET}"`, SECRET, 'W/"a"', ',', ''],
  'If-None-Match': ['*', `"${SECRET}"`, SECRET, 'W/"a"', ',', ''],
  'If-Modified-Since': ['Wed, 01 Jan 2020 00:00:00 GMT', 'Wed, 01 Jan 2200 00:00:00 GMT', SECRET, ''],
  'If-Unmodified-Since': ['Wed, 01 Jan 2020 00:00:00 GMT', SECRET, ''],
  'If-Range': [`"${SECRET}"`],
  'Idempotency-Key': [`"${SECRET}"`, `"${SECRET}`, SECRET, '""', '"a", "b"'],
  Prefer: ['return=minimal', `return=${SECRET}`, ';;', 'handling=strict'],
  Range: ['bytes=0-1', SECRET],
  Origin: [`https://${SECRET}`],
  'Access-Control-Request-Method': ['PUT'],
  Connection: ['close', 'keep-alive', 'upgrade', SECRET],
  Upgrade: ['websocket', SECRET],
  Cookie: [`session=${SECRET}`],
  'Max-Forwards': ['0'],
  TE: ['trailers'],
}
const fields = fc
  .array(
    fc
      .constantFrom(...Object.keys(VALUES))
      .chain((name) => fc.tuple(fc.constant(name), fc.constantFrom(...(VALUES[name] ?? [])))),
    { maxLength: 6 },
  )
  .map((pairs) => Object.fromEntries(pairs))

const content = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(
    '',
    '{',
    '[]',
    'null',
    `"${SECRET}"`,
    '{"title":1}',
    '\0',
    '{"colour":1}',
    '[[[[',
    `{"title":"${SECRET}","body":null}`,
  ),
  fc.record(
    {
      title: fc.constantFrom('a', '', SECRET, SECRET.repeat(30), null, 1, [SECRET], { a: SECRET }),
      body: fc.constantFrom('b', SECRET, null, false),
      slug: fc.constantFrom('c', SECRET, null, 7),
      email: fc.constantFrom(SECRET, `${SECRET}@example.org`, 'a@example.org', null, {}),
      username: fc.constantFrom('ab', SECRET, `x${SECRET}`, null),
      role: fc.constantFrom('admin', 'basic', SECRET),
      password: fc.constantFrom(SECRET, 'short', null, 12345678),
      label: fc.constantFrom(SECRET, '', 1),
      userId: fc.constantFrom(SECRET, 1),
      authorId: fc.constantFrom(SECRET, null, 1),
      colour: fc.constant(1),
      id: fc.constantFrom(SECRET, 1),
      createdAt: fc.constantFrom(SECRET, 0),
    },
    { requiredKeys: [] },
  ),
)

test('requests of odd parts', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(method, target, fields, content, async (verb, where, odd, sent) => {
      const octets = format(verb, where, { fields: odd, ...(sent === undefined ? {} : { content: sent }) })
      const wire = await Wire.open(newsroom.port)
      try {
        wire.write(octets)
        const response = await wire.read({ toHead: verb === 'HEAD', timeout: 5_000 })
        judge(verb, response)
      } finally {
        wire.close()
      }
    }),
    { numRuns: 1500 },
  )
  expect(newsroom.log.filter(({ level }) => level === 'error')).toEqual([])
})

test('an ordinary request with some of its octets changed', { timeout: 60_000 }, async () => {
  const ordinary = format('PATCH', address, { as: KEYS.basic, fields: { 'If-Match': '*' }, content: { title: 'b' } })
  const change = fc.tuple(fc.nat(ordinary.length - 1), fc.constantFrom('replace', 'insert', 'drop'), fc.nat(255))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const octets = [...ordinary]
      for (const [at, how, octet] of changes) {
        if (how === 'replace') octets[at] = octet
        else if (how === 'insert') octets.splice(at, 0, octet)
        else octets.splice(at, 1)
      }
      const wire = await Wire.open(newsroom.port)
      try {
        wire.socket.end(Buffer.from(octets))
        const { status } = await wire.read({ timeout: 5_000 })
        expect(OURS.has(status)).toBe(false)
        await wire.ended(5_000)
      } finally {
        wire.close()
      }
    }),
    { numRuns: 600 },
  )
  expect(newsroom.log.filter(({ level }) => level === 'error')).toEqual([])
})

/** Statuses that would say that the fault is the server's; 501 and 505 are about what the client asked for. */
const OURS: ReadonlySet<number> = new Set([500, 502, 503, 504, 507])

function judge(verb: string, { status, phrase, fields: sent, content: text, lines }: WireResponse): void {
  const row = statusRow(status)
  expect(OURS.has(status)).toBe(false)
  expect(phrase).toBe(row.phrase)
  expect(sent.date).toMatch(/GMT$/)
  for (const name of row.must ?? []) expect(sent).toHaveProperty(name.toLowerCase())
  for (const name of row.mustNot ?? []) expect(sent).not.toHaveProperty(name.toLowerCase())
  if (row.content === 'never') expect(text).toBe('')
  if (row.fault === 'nobody') return
  expect(sent['cache-control']).toBe('no-store')
  expect(lines.map(([, value]) => value).join('\n')).not.toContain(SECRET)
  expect(text).not.toContain(SECRET)
  if (verb === 'HEAD') return
  if (sent['content-type'] === 'application/problem+json')
    expect(JSON.parse(text)).toMatchObject({ status, title: phrase, reference: expect.any(String) })
  else expect(sent['content-type']).toBe('text/html; charset=utf-8')
}
