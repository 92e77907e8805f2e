/**
 * What the lesson promises, line by line, on the wire: the newsroom as it is shipped, raw sockets, a
 * real file; and for each answer the decision that gave it.
 */
import { readFileSync, renameSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import written from '../examples/newsroom/lesson.ts'
import type { LessonStep } from '../src/cli/lesson-step.ts'
import { ESSENTIAL, PROSE, STATUS, STATUS_CODES, statusRow } from '../src/rules/index.ts'
import { library } from './apis/library.ts'
import { atOnce, until } from './scenario.ts'
import { KEYS, start, type Started, startNewsroom } from './start.ts'
import { format, raw, send as sendTo, type Sent, Wire, type WireResponse } from './wire.ts'

const lesson: readonly LessonStep[] = written
let newsroom: Started
let shelves: Started
let numbers = 0

beforeAll(async () => {
  newsroom = await startNewsroom({ development: true })
  shelves = await start(library)
})
afterAll(async () => {
  await newsroom.stop()
  await shelves.stop()
})

const send = (method: string, target: string, sent?: Sent) => sendTo(newsroom.port, method, target, sent)
const asBasic = (content?: unknown, fields: Record<string, string> = {}): Sent => ({
  as: KEYS.basic,
  fields,
  ...(content === undefined ? {} : { content }),
})
const asAdmin = (content?: unknown, fields: Record<string, string> = {}): Sent => ({
  ...asBasic(content, fields),
  as: KEYS.admin,
})
const fresh = () => ({ email: `reader${++numbers}@example.org`, username: `reader${numbers}` })

async function article(): Promise<{ path: string; etag: string; date: string }> {
  const { status, fields } = await send('POST', '/articles', asBasic({ title: 'Ten-four', body: 'Received.' }))
  expect(status).toBe(201)
  return { path: fields.location ?? '', etag: fields.etag ?? '', date: fields['last-modified'] ?? '' }
}

/** The decision that gave the last answer. */
function decided(server: Started = newsroom): string {
  const last = server.path().at(-1)
  return `${last?.id} ${last?.mark}`
}

const pointers = (response: WireResponse) =>
  response.json<{ errors?: { pointer: string }[] }>().errors?.map(({ pointer }) => pointer)

describe('L1 the author declares facts and writes no status code', () => {
  test('L1 no status stands in the declaration of the newsroom', () => {
    const source = readFileSync(new URL('../examples/newsroom/api.ts', import.meta.url), 'utf8')
    const numbered = [...source.matchAll(/\b[1-5]\d\d\b/g)].map(([number]) => number)
    // The longest title.
    expect(numbered).toEqual(['200'])
    expect(source).not.toMatch(/\bstatus\s*[:=(]/)
  })

  test('L1 each operation knows every status it can give', () => {
    const { operations } = newsroom.engine
    const statuses = (name: string) =>
      operations.find(({ operation }) => `${operation.method} ${operation.path}` === name)?.plan.statuses
    expect(statuses('DELETE /articles/{id}')).toEqual(expect.arrayContaining([204, 401, 403, 404, 412]))
    expect(statuses('GET /articles')).not.toContain(403)
    expect(statuses('POST /users')).toEqual(expect.arrayContaining([201, 400, 409]))
  })
})

describe('L2 each code has one meaning a client can act on', () => {
  const reactions: Readonly<Record<number, string>> = {
    200: 'unneeded',
    201: 'unneeded',
    204: 'unneeded',
    304: 'unneeded',
    400: 'changed',
    401: 'authenticated',
    403: 'never',
    404: 'never',
    409: 'changed',
    500: 'later',
  }

  test.each(lesson.map((step) => [step.code, step] as const))('L2 %i by its own request', async (code, step) => {
    const prepared = step.prepare === undefined ? undefined : await sendStep(step.prepare, undefined)
    const response = await sendStep(step.request, prepared)
    expect(response.status).toBe(code)
    expect(statusRow(response.status).retry).toBe(reactions[code])
    expect(response.phrase).toBe(statusRow(code).phrase)
  })

  test('L2 the ten, in order', () => {
    expect(lesson.map(({ code }) => code)).toEqual(ESSENTIAL)
  })

  function sendStep(request: LessonStep['request'], before: WireResponse | undefined): Promise<WireResponse> {
    const fill = (text: string) =>
      text.replace(/\{([A-Z][\w-]*)\}/g, (_, name: string) => before?.fields[name.toLowerCase()] ?? '')
    const { method, path, as, fields = {}, content } = request
    return send(method, fill(path), {
      as: as === undefined ? undefined : KEYS[as],
      fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, fill(value)])),
      ...(content === undefined ? {} : { content }),
    })
  }
})

describe('L3 1xx: answered, and nobody has to think about it', () => {
  test('L3 100 before the content is read, then the final status', async () => {
    const wire = await Wire.open(newsroom.port)
    const content = Buffer.from(JSON.stringify({ title: 'Wait', body: 'for me' }))
    wire.write(
      format(
        'POST',
        '/articles',
        asBasic(undefined, {
          Expect: '100-continue',
          'Content-Type': 'application/json',
          'Content-Length': String(content.length),
        }),
      ),
    )
    await until(() => wire.left.startsWith('HTTP/1.1 100 Continue\r\n\r\n'))
    wire.write(content)
    const response = await wire.read()
    wire.close()
    expect(response.interim).toEqual([100])
    expect(response.status).toBe(201)
    expect(newsroom.path()).toContainEqual({ id: 'continue', mark: 'told' })
  })

  test('L3 no 100 where the head is enough', async () => {
    const { status, interim } = await raw(
      newsroom.port,
      format('POST', '/articles', {
        fields: { Expect: '100-continue', 'Content-Type': 'application/json', 'Content-Length': '10' },
      }),
    )
    expect([status, interim]).toEqual([401, []])
    expect(decided()).toBe('signedIn no')
  })
})

describe('L4 200: it worked', () => {
  test('L4 reading', async () => {
    const { path } = await article()
    const response = await send('GET', path)
    expect(response.status).toBe(200)
    expect(response.json()).toMatchObject({ title: 'Ten-four', body: 'Received.' })
    expect(response.fields).toMatchObject({ etag: expect.stringMatching(/^"/), 'last-modified': expect.any(String) })
    expect(decided()).toBe('reads gave')
  })

  test('L4 listing', async () => {
    await article()
    const response = await send('GET', '/articles')
    expect(response.status).toBe(200)
    expect(response.json<{ items: unknown[] }>().items.length).toBeGreaterThan(0)
    expect(response.fields.etag).toMatch(/^W\//)
    expect(decided()).toBe('reads gave')
  })

  test.each(['PUT', 'PATCH'])('L4 %s with a representation in the reply', async (method) => {
    const { path } = await article()
    const response = await send(method, path, asBasic({ title: 'Copy', body: 'that' }))
    expect(response.status).toBe(200)
    expect(response.json()).toMatchObject({ title: 'Copy', body: 'that' })
    expect(decided()).toBe('replies yes')
  })
})

describe('L5 201: every POST that creates', () => {
  test('L5 Location leads to the new representation', async () => {
    const made = await send('POST', '/articles', asBasic({ title: 'New', body: 'and true' }))
    expect(made.status).toBe(201)
    expect(decided()).toBe('created yes')
    expect(made.json()).toMatchObject({ title: 'New', body: 'and true' })
    const read = await send('GET', made.fields.location ?? '')
    expect(read.status).toBe(200)
    expect(read.json()).toEqual(made.json())
    expect(read.fields.etag).toBe(made.fields.etag)
  })

  test('L5 anyone may sign up', async () => {
    const made = await send('POST', '/users', { content: fresh() })
    expect(made.status).toBe(201)
    expect(made.fields.location).toMatch(/^\/users\/./)
  })

  test('L5 `Prefer: return=minimal`: Location without content', async () => {
    const made = await send('POST', '/articles', asBasic({ title: 'Short', body: 'x' }, { Prefer: 'return=minimal' }))
    expect(made).toMatchObject({ status: 201, content: '', fields: { 'preference-applied': 'return=minimal' } })
    expect(made.fields.location).toMatch(/^\/articles\//)
  })
})

describe('L6 204: it worked and there is nothing to return', () => {
  test('L6 DELETE: nothing comes, and nothing is there afterwards', async () => {
    const { path } = await article()
    const response = await send('DELETE', path, asBasic())
    expect(response.status).toBe(204)
    expect(decided()).toBe('deleted yes')
    expect(response.content).toBe('')
    expect(Object.keys(response.fields).filter((name) => /^content-|^transfer-/.test(name))).toEqual([])
    expect((await send('GET', path)).status).toBe(404)
  })

  test.each(['PUT', 'PATCH'])('L6 %s with `Prefer: return=minimal`', async (method) => {
    const { path } = await article()
    const response = await send(method, path, asBasic({ title: 'Brief', body: 'ly' }, { Prefer: 'return=minimal' }))
    expect(response.status).toBe(204)
    expect(decided()).toBe('replies no')
    expect(response.fields['preference-applied']).toBe('return=minimal')
    expect((await send('GET', path)).json()).toMatchObject({ title: 'Brief' })
  })
})

describe('L7 3xx: it used to be here and moved there', () => {
  test.each([
    ['/volumes/{id}', 308, 'notMoved gave'],
    ['/tomes/{id}', 301, 'notMovedOld gave'],
  ])('L7 %s is %i, and Location leads on', async (template, status, decision) => {
    const made = await sendTo(shelves.port, 'POST', '/books', { as: 'bob', content: { title: 'Moved' } })
    const id = (made.fields.location ?? '').slice('/books/'.length)
    const moved = await sendTo(shelves.port, 'GET', template.replace('{id}', id))
    expect(moved.status).toBe(status)
    expect(decided(shelves)).toBe(decision)
    expect((await sendTo(shelves.port, 'GET', moved.fields.location ?? '')).status).toBe(200)
  })

  test('L7 308 keeps the method and the content', async () => {
    const made = await sendTo(shelves.port, 'POST', '/books', { as: 'bob', content: { title: 'Before' } })
    const id = (made.fields.location ?? '').slice('/books/'.length)
    const patch: Sent = { as: 'bob', content: { title: 'After' } }
    const moved = await sendTo(shelves.port, 'PATCH', `/volumes/${id}`, patch)
    expect(moved.status).toBe(308)
    expect(statusRow(moved.status).redirect).toEqual({ permanent: true, method: 'kept' })
    const done = await sendTo(shelves.port, 'PATCH', moved.fields.location ?? '', patch)
    expect(done.json()).toMatchObject({ title: 'After' })
  })
})

describe('L8 304: nothing changed since the version, or the time, that the client names', () => {
  test('L8 If-None-Match, and the octets that are saved', async () => {
    const made = await send('POST', '/articles', asBasic({ title: 'Long', body: 'x'.repeat(10_000) }))
    const path = made.fields.location ?? ''
    const whole = await octetsOf('GET', path, {})
    const spared = await octetsOf('GET', path, { 'If-None-Match': made.fields.etag ?? '' })
    expect(spared.response).toMatchObject({ status: 304, content: '' })
    expect(spared.response.fields.etag).toBe(made.fields.etag)
    expect(decided()).toBe('ifNoneMatch no')
    expect(whole.octets - spared.octets).toBeGreaterThan(10_000)
    expect(spared.octets).toBeLessThan(400)
  })

  test('L8 If-Modified-Since', async () => {
    const { path, date } = await article()
    const response = await send('GET', path, { fields: { 'If-Modified-Since': date } })
    expect(response).toMatchObject({ status: 304, content: '' })
    expect(decided()).toBe('ifModifiedSince no')
  })

  test('L8 a list', async () => {
    const { etag = '' } = (await send('GET', '/articles')).fields
    expect((await send('GET', '/articles', { fields: { 'If-None-Match': etag } })).status).toBe(304)
    await article()
    expect((await send('GET', '/articles', { fields: { 'If-None-Match': etag } })).status).toBe(200)
  })

  test('L8 no row is read for a version that the client has', async () => {
    const { path, etag } = await article()
    const read = vi.spyOn(newsroom.store, 'read')
    try {
      await send('PATCH', path, asBasic({ title: 'Changed' }))
      read.mockClear()
      const now = await send('GET', path)
      const reading = read.mock.calls.length
      read.mockClear()
      expect((await send('GET', path, { fields: { 'If-None-Match': now.fields.etag ?? '' } })).status).toBe(304)
      expect(read.mock.calls.length).toBe(0)
      expect(now.fields.etag).not.toBe(etag)
      expect(reading).toBeLessThanOrEqual(1)
    } finally {
      read.mockRestore()
    }
  })

  async function octetsOf(method: string, path: string, fields: Record<string, string>) {
    const wire = await Wire.open(newsroom.port)
    wire.write(format(method, path, { fields }))
    const response = await wire.read()
    const octets = wire.socket.bytesRead
    wire.close()
    return { response, octets }
  }
})

describe('L9 400: what was sent is wrong in some way', () => {
  test('L9 email without username: the reply names it', async () => {
    const response = await send('POST', '/users', { content: { email: 'grace@example.com' } })
    expect(response.status).toBe(400)
    expect(decided()).toBe('contentValid no')
    expect(response.fields['content-type']).toBe('application/problem+json')
    expect(pointers(response)).toEqual(['/username'])
  })

  test('L9 every wrong member at once', async () => {
    const response = await send('POST', '/users', asAdmin({ email: 'no', username: 'x', role: 'king', colour: 'red' }))
    expect(response.status).toBe(400)
    expect(pointers(response)?.toSorted()).toEqual(['/colour', '/email', '/role', '/username'])
  })
})

describe('L10 401: I do not know who you are', () => {
  // An error is named to whoever sent a token, or meant to (RFC 6750 §3.1).
  const plain = /^Bearer realm="[^"]*"$/
  const refused = /^Bearer realm="[^"]*", error="invalid_token"/
  test.each<[string, Sent, string, RegExp]>([
    ['nothing', {}, 'signedIn no', plain],
    ['a wrong key', { as: 'wrong-key' }, 'credentialsValid no', refused],
    ['another scheme', { fields: { Authorization: 'Basic YTpi' } }, 'credentialsValid no', plain],
    ['a scheme without credentials', { fields: { Authorization: 'Bearer' } }, 'credentialsValid no', refused],
  ])('L10 %s: a challenge says how to sign in', async (_, sent, decision, challenge) => {
    const response = await send('POST', '/articles', { ...sent, content: { title: 'x', body: 'y' } })
    expect(response.status).toBe(401)
    expect(decided()).toBe(decision)
    expect(response.fields['www-authenticate']).toMatch(challenge)
  })

  test('L10 a login: the wrong one, the right one, and its end', async () => {
    const account = { ...fresh(), password: 'correct horse' }
    await send('POST', '/users', { content: account })
    const wrong = await send('POST', '/session', { content: { email: account.email, password: 'battery staple' } })
    expect(wrong.status).toBe(401)
    expect(decided()).toBe('loginRight no')
    expect(wrong.fields['www-authenticate']).toMatch(/^Bearer /)
    const right = await send('POST', '/session', { content: { email: account.email, password: account.password } })
    expect(right.status).toBe(201)
    const { token } = right.json<{ token: string }>()
    expect((await send('GET', '/session', { as: token })).status).toBe(200)
    expect((await send('DELETE', '/session', { as: token })).status).toBe(204)
    expect((await send('GET', '/session', { as: token })).status).toBe(401)
  })
})

describe('L11 403: I know who you are, and you may not', () => {
  test('L11 a role', async () => {
    expect((await send('GET', '/users', asBasic())).status).toBe(403)
    expect(decided()).toBe('classAllowed no')
    expect((await send('GET', '/users', asAdmin())).status).toBe(200)
  })

  test('L11 the owner of one item', async () => {
    const theirs = await send('POST', '/articles', asAdmin({ title: 'Mine', body: 'x' }))
    const path = theirs.fields.location ?? ''
    expect((await send('DELETE', path, asBasic())).status).toBe(403)
    expect(decided()).toBe('itemAllowed no')
    expect((await send('DELETE', path, asAdmin())).status).toBe(204)
  })

  test('L11 a member that only an admin may set', async () => {
    const refused = await send('POST', '/users', { content: { ...fresh(), role: 'admin' } })
    expect(refused.status).toBe(403)
    expect(decided()).toBe('membersAllowed no')
    expect(pointers(refused)).toEqual(['/role'])
    expect((await send('POST', '/users', asAdmin({ ...fresh(), role: 'admin' }))).status).toBe(201)
  })

  test('L11 another account, whether or not it is there', async () => {
    expect((await send('GET', '/users/nobody', asBasic())).status).toBe(403)
    expect(decided()).toBe('classAllowed no')
  })
})

describe('L12 404: no such endpoint or page', () => {
  test('L12 an unknown endpoint', async () => {
    const response = await send('GET', '/nowhere')
    expect(response.status).toBe(404)
    expect(decided()).toBe('route gave')
    expect(response.json()).toMatchObject({ status: 404, title: 'Not Found' })
  })

  test('L12 an unknown item', async () => {
    expect((await send('GET', '/articles/none')).status).toBe(404)
    expect(decided()).toBe('exists no')
  })

  test('L12 a deleted item', async () => {
    const { path } = await article()
    await send('DELETE', path, asBasic())
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'])
      expect((await send(method, path, asBasic(method === 'PUT' ? { title: 'x', body: 'y' } : undefined))).status).toBe(
        404,
      )
  })

  test('L12 a page for a browser', async () => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
    const response = await send('GET', '/nowhere', { fields: { Accept: accept } })
    expect(response.status).toBe(404)
    expect(response.fields['content-type']).toBe('text/html; charset=utf-8')
    expect(response.content).toContain('<h1>Not Found</h1>')
  })
})

describe('L13 409: conflict', () => {
  test('L13 a second user with the same email, whatever its case', async () => {
    const account = fresh()
    await send('POST', '/users', { content: account })
    const second = await send('POST', '/users', { content: { ...fresh(), email: account.email.toUpperCase() } })
    expect(second.status).toBe(409)
    expect(decided()).toBe('noConflict no')
    expect(pointers(second)).toEqual(['/email'])
  })

  test('L13 every member that is taken is named', async () => {
    const account = fresh()
    await send('POST', '/users', { content: account })
    const second = await send('POST', '/users', { content: account })
    expect(pointers(second)?.toSorted()).toEqual(['/email', '/username'])
  })

  test('L13 an account that articles belong to cannot be deleted', async () => {
    await article()
    const me = (await send('GET', '/session', asBasic())).json<{ account: { id: string } }>().account.id
    expect((await send('DELETE', `/users/${me}`, asAdmin())).status).toBe(409)
  })

  test('L13 a state that forbids the change', async () => {
    const made = await sendTo(shelves.port, 'POST', '/books', { as: 'bob', content: { title: 'Lent' } })
    const path = `${made.fields.location}/lend`
    expect((await sendTo(shelves.port, 'POST', path, { as: 'bob' })).status).toBe(200)
    expect((await sendTo(shelves.port, 'POST', path, { as: 'bob' })).status).toBe(409)
    expect(decided(shelves)).toBe('stateAllows no')
  })

  test('L13 100 writers with one ETag: one is heard', async () => {
    const { path, etag } = await article()
    const responses = await together(100, (index) => [
      'PUT',
      path,
      asBasic({ title: `Writer ${index}`, body: 'x' }, { 'If-Match': etag }),
    ])
    expect(tally(responses)).toEqual({ 200: 1, 412: 99 })
    const heard = responses.find(({ status }) => status === 200)
    expect((await send('GET', path)).json()).toMatchObject({ title: heard?.json()['title'] })
  })

  test('L13 100 writers without a precondition: what is answered 200 is never lost', async () => {
    const { path } = await article()
    const responses = await together(100, (index) => [
      'PATCH',
      path,
      asBasic(index % 2 === 0 ? { title: `Title ${index}` } : { body: `Body ${index}` }),
    ])
    const counts = tally(responses)
    expect(Object.keys(counts).filter((status) => status !== '200' && status !== '409')).toEqual([])
    const done = responses.filter(({ status }) => status === 200)
    expect(done.length).toBeGreaterThan(0)
    // Each was written to the version that was judged: as many versions as writers that were heard.
    expect(new Set(done.map(({ fields }) => fields.etag)).size).toBe(done.length)
    const last = (await send('GET', path)).json<{ title: string; body: string }>()
    const said = (member: 'title' | 'body') => done.map((response) => response.json()[member])
    expect(said('title')).toContain(last.title)
    expect(said('body')).toContain(last.body)
  })

  test('L13 50 sign-ups with one email: one account', async () => {
    const { email } = fresh()
    const responses = await together(50, (index) => [
      'POST',
      '/users',
      { content: { email, username: `same${index}x` } },
    ])
    expect(tally(responses)).toEqual({ 201: 1, 409: 49 })
  })

  const together = (many: number, request: (index: number) => Parameters<typeof format>): Promise<WireResponse[]> =>
    atOnce(
      newsroom,
      Array.from({ length: many }, (_, index) => format(...request(index))),
    )

  const tally = (responses: readonly WireResponse[]) => {
    const counts: Record<number, number> = {}
    for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1
    return counts
  }
})

describe('L14 5xx: the fault is the server’s', () => {
  test('L14 a reference that the log knows, and nothing of the inside', async () => {
    const made = await sendTo(shelves.port, 'POST', '/books', { as: 'bob', content: { title: 'Paper' } })
    const response = await sendTo(shelves.port, 'PATCH', made.fields.location ?? '', {
      as: 'bob',
      content: { title: 'burns' },
    })
    expect(response.status).toBe(500)
    expect(decided(shelves)).toBe('unforeseen gave')
    const { reference, detail } = response.json<{ reference: string; detail: string }>()
    expect(response.fields['request-id']).toBe(reference)
    expect(detail).toContain('Nothing was wrong with the request')
    expect(response.content).not.toMatch(/fire|library\.ts|node_modules|SQL|\bat /)
    expect(shelves.log).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ reference }) }),
    )
    expect(statusRow(response.status).fault).toBe('server')
    const { title } = (await sendTo(shelves.port, 'GET', made.fields.location ?? '')).json()
    expect(title).toBe('Paper')
  })
})

describe('L15 500: the unforeseen', () => {
  test('L15 what is thrown is 500, and the next request is answered', async () => {
    await send('POST', '/.tenfour/faults', { content: { next: 'throw' } })
    expect((await send('GET', '/articles')).status).toBe(500)
    expect(decided()).toBe('unforeseen gave')
    expect((await send('GET', '/articles')).status).toBe(200)
  })

  test('L15 a database that is away is 503 with Retry-After; it comes back by itself, and nothing is lost', async () => {
    const { path } = await article()
    const before = (await send('GET', path)).json()
    renameSync(newsroom.file, `${newsroom.file}.away`)
    const write = await send('POST', '/articles', asBasic({ title: 'Lost?', body: 'No.' }))
    expect(write.status).toBe(503)
    expect(Number(write.fields['retry-after'])).toBeGreaterThanOrEqual(1)
    await until(() => !newsroom.store.reachable)
    const read = await send('GET', path)
    expect(read.status).toBe(503)
    expect(decided()).toBe('available no')
    expect((await send('GET', '/livez')).status).toBe(200)
    expect((await send('GET', '/readyz')).status).toBe(503)
    renameSync(`${newsroom.file}.away`, newsroom.file)
    await until(() => newsroom.store.reachable)
    expect((await send('GET', '/readyz')).status).toBe(200)
    expect((await send('GET', path)).json()).toEqual(before)
  })
})

describe('L16 there are a lot of codes', () => {
  test('L16 all of the registry, the ten first', () => {
    expect(STATUS_CODES).toHaveLength(64)
    expect(ESSENTIAL).toEqual([200, 201, 204, 304, 400, 401, 403, 404, 409, 500])
  })

  test.each(STATUS_CODES)('L16 %i is known and explained', (code) => {
    expect(STATUS[code]).toMatchObject({ phrase: expect.any(String), rfc: expect.any(String) })
    const { meaning, server, client } = PROSE[code]
    for (const sentence of [meaning, server, client]) expect(sentence).toMatch(/^[A-Z0-9].*\.$/s)
  })
})
