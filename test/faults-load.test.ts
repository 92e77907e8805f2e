/** What many clients at once can do to the newsroom: nothing. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADMIN, BASIC, killAll, type Server, startServer } from './faults/server.ts'
import { format, send, type Sent, Wire, type WireResponse } from './wire.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenfour-load-'))
let server: Server
beforeAll(async () => {
  server = await startServer(join(folder, 'news.db'))
})
afterAll(async () => {
  await killAll()
  rmSync(folder, { recursive: true })
})

const ask = (method: string, target: string, sent?: Sent): Promise<WireResponse> =>
  send(server.port, method, target, sent)

/** A new article; its path and its tag. */
async function article(): Promise<{ readonly at: string; readonly etag: string }> {
  const { fields } = await ask('POST', '/articles', { as: BASIC, content: { title: '0', body: 'text' } })
  return { at: fields['location'] ?? '', etag: fields['etag'] ?? '' }
}

/** Requests on a connection each, all written before any answer is read. */
async function atOnce(requests: readonly Buffer[]): Promise<WireResponse[]> {
  const wires = await Promise.all(requests.map(() => Wire.open(server.port)))
  for (const [n, wire] of wires.entries()) wire.write(requests[n] ?? '')
  const responses = await Promise.all(wires.map((wire) => wire.read()))
  for (const wire of wires) wire.close()
  return responses
}

const numbered = (length: number, make: (n: number) => Buffer) => Array.from({ length }, (_, n) => make(n))

function count(responses: readonly WireResponse[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

test('100 writers with the same entity tag: one 200, 99 × 412, twenty times (RFC 9110 §13.1.1)', async () => {
  for (let round = 0; round < 20; round++) {
    const { at, etag } = await article()
    const methods = ['PATCH', 'PUT'] as const
    const responses = await atOnce(
      numbered(100, (n) =>
        format(methods[n % 2] ?? 'PUT', at, {
          as: n % 3 === 0 ? ADMIN : BASIC,
          content: n % 2 === 0 ? { title: `by ${n}` } : { title: `by ${n}`, body: 'text' },
          fields: { 'If-Match': etag },
        }),
      ),
    )
    expect(count(responses)).toEqual({ 200: 1, 412: 99 })
    const winner = responses.findIndex(({ status }) => status === 200)
    expect((await ask('GET', at)).json().title).toBe(`by ${winner}`)
  }
})

test('100 that delete with the same entity tag: one 204, the others 404 or 412', async () => {
  const { at, etag } = await article()
  const responses = await atOnce(numbered(100, () => format('DELETE', at, { as: BASIC, fields: { 'If-Match': etag } })))
  const { 204: done, ...others } = count(responses)
  expect(done).toBe(1)
  expect(Object.keys(others).filter((status) => status !== '404' && status !== '412')).toEqual([])
})

test('without If-Match the version that was judged is the one that is written: whoever loses the item meanwhile changes nothing', async () => {
  const admin = (await ask('GET', '/users', { as: ADMIN })).json<{ items: { id: string; role: string }[] }>()
  const authorId = admin.items.find(({ role }) => role === 'admin')?.id
  for (let round = 0; round < 10; round++) {
    const { at } = await article()
    const responses = await atOnce([
      ...numbered(20, (n) => format('PATCH', at, { as: BASIC, content: { title: `basic ${n}` } })),
      format('PATCH', at, { as: ADMIN, content: { authorId } }),
      ...numbered(20, (n) => format('PATCH', at, { as: BASIC, content: { title: `basic ${20 + n}` } })),
    ])
    expect(Object.keys(count(responses)).filter((status) => !['200', '403', '409'].includes(status))).toEqual([])
    // Every version is written over the one before it, so each success has a version of its own.
    const tags = responses.filter(({ status }) => status === 200).map(({ fields }) => fields['etag'])
    expect(new Set(tags).size).toBe(tags.length)
    const given = responses[20]
    if (given?.status !== 200) continue
    // The title that was there when the article was given away is the last that its author could write.
    const now = (await ask('GET', at)).json()
    expect(now.authorId).toBe(authorId)
    expect(now.title).toBe(given.json().title)
  }
})

test('50 sign-ups with one email: one 201, 49 × 409', async () => {
  const responses = await atOnce(
    numbered(50, (n) =>
      format('POST', '/users', {
        content: { email: n % 2 === 0 ? 'new@example.com' : 'NEW@example.com', username: `new-${n}` },
      }),
    ),
  )
  expect(count(responses)).toEqual({ 201: 1, 409: 49 })
  for (const response of responses.filter(({ status }) => status === 409))
    expect(response.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer)).toEqual(['/email'])
})

test(
  '20,000 requests of junk, never the same twice, leave nothing in memory, and none is a 5xx',
  { timeout: 90_000 },
  async () => {
    const { at } = await article()
    let sent = 0
    const junk: ((n: number) => Buffer)[] = [
      (n) => format('GET', `/nowhere/${n}/${'x'.repeat(n % 500)}`),
      (n) => format('GET', `/articles/${n}`),
      (n) => format('GET', `/articles?unknown${n}=${n}&cursor=${n}`),
      (n) => format('GET', at, { fields: { Accept: `text/x-${n};q=0.${n % 10}, */*`, 'If-None-Match': `"${n}"` } }),
      (n) => format('GET', '/articles', { as: `key-${n}` }),
      (n) =>
        format('POST', '/articles', {
          as: BASIC,
          content: { [`member-${n}`]: n },
          fields: { 'Idempotency-Key': `"k${n}"` },
        }),
      (n) => format('POST', '/articles', { as: BASIC, content: `{"title": ${n}` }),
      (n) => format('PATCH', at, { as: BASIC, content: { title: 'x' }, fields: { 'If-Match': `"${n}"` } }),
      (n) => format('POST', '/users', { content: { email: `no address ${n}`, username: n } }),
      (n) => format(`M${n}`, at),
      (n) => format('OPTIONS', `/users/${n}`, { fields: { Prefer: `x-${n}=${n}`, [`X-${n}`]: 'y'.repeat(n % 300) } }),
    ]
    const client = async (total: number): Promise<Set<number>> => {
      const statuses = new Set<number>()
      let wire = await Wire.open(server.port)
      for (let n = 0; n < total; n++) {
        const number = sent++
        wire.write(junk[number % junk.length]?.(number) ?? '')
        const { status, fields } = await wire.read()
        statuses.add(status)
        if (fields['connection'] !== 'close') continue
        wire.close()
        wire = await Wire.open(server.port)
      }
      wire.close()
      return statuses
    }
    const flood = async (total: number): Promise<number[]> => {
      const found = await Promise.all(Array.from({ length: 10 }, () => client(total / 10)))
      return [...new Set(found.flatMap((statuses) => [...statuses]))]
    }
    // Code is compiled and caches are filled by the first of them.
    await flood(5_000)
    const before = (await server.inside()).heap
    const statuses = await flood(20_000)
    const after = (await server.inside()).heap
    expect(statuses.filter((status) => status >= 500 && status !== 501)).toEqual([])
    expect(after - before).toBeLessThan(8 * 1024 * 1024)
  },
)
