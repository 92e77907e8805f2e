/** RFC 7240, 8288, 9205, 6750, the Idempotency-Key draft, and fields and codes that are never sent. */
import { expect } from 'vitest'
import { send } from '../wire.ts'
import { KEYS, PASSWORD, work } from './api.ts'
import { crawl, problems } from './crawl.ts'
import { never } from './statuses.ts'
import type { Cases, World } from './world.ts'

/** Of the IANA registry, without what is unused, deprecated or temporary. */
const REGISTERED = new Set([
  100, 101, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 307, 308, 400, 401, 402,
  403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 423, 424, 425, 426, 428, 429,
  431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 511,
])
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

export const PROTOCOLS: Cases = {
  '7240 §2 what is not known is ignored': async (w) => {
    const { path } = await w.article()
    for (const prefer of ['foo; bar=1, return=minimal', 'return=nonsense', ';;,', 'wait=10, handling=strict']) {
      const fields = { Prefer: prefer }
      const { status } = await w.ask('PATCH', path, { as: KEYS.ann, content: { title: prefer }, fields })
      expect([200, 204], `${prefer}`).toContain(status)
    }
  },
  '7240 §2 no preference changes what a cache may hold': async (w) => {
    const { path } = await w.article()
    for (const target of [path, '/articles', '/']) {
      const plain = await w.ask('GET', target)
      for (const prefer of ['return=minimal', 'return=representation']) {
        const preferred = await w.ask('GET', target, { fields: { Prefer: prefer } })
        expect([preferred.status, preferred.content]).toEqual([plain.status, plain.content])
      }
    }
  },
  '7240 §3 Preference-Applied says what was done': async (w) => {
    const { path } = await w.article()
    const fields = { Prefer: 'return=minimal' }
    const patched = await w.ask('PATCH', path, { as: KEYS.ann, content: { title: 'T' }, fields })
    const made = await w.ask('POST', '/articles', { as: KEYS.ann, content: { title: 'A', body: 'B' }, fields })
    for (const answer of [patched, made]) expect(answer.fields['preference-applied']).toBe('return=minimal')
  },
  '7240 §4.1 respond-async is not needed': async (w) => {
    const fields = { Prefer: 'respond-async' }
    const sent = { as: KEYS.ann, content: { title: 'A', body: 'B' }, fields }
    expect((await w.ask('POST', '/articles', sent)).status).toBe(201)
    expect((await w.ask('POST', '/reports', { content: { about: 'later' }, fields })).status).toBe(202)
  },
  '7240 §4.2 minimal is 204, or 201 without content, and representation the new state': async (w) => {
    const { path } = await w.article()
    const put = (prefer: string) =>
      w.ask('PUT', path, { as: KEYS.ann, content: { title: prefer, body: 'B' }, fields: { Prefer: prefer } })
    expect(await put('return=minimal')).toMatchObject({ status: 204, content: '' })
    const full = await put('return=representation')
    expect([full.status, full.json()]).toEqual([200, (await w.ask('GET', path)).json()])
    const fields = { Prefer: 'return=minimal' }
    const made = await w.ask('POST', '/articles', { as: KEYS.ann, content: { title: 'A', body: 'B' }, fields })
    expect([made.status, made.content, made.fields['location']]).toEqual([
      201,
      '',
      expect.stringMatching(/^\/articles\//),
    ])
  },
  '8288 §3.3 every link has rel': async (w) => {
    for (let n = 0; n < 3; n++) await w.article()
    const first = await w.ask('GET', '/articles?limit=1')
    expect(first.fields['link']).toMatch(/^<[^>]+>; rel="next"$/)
    const second = await w.ask('GET', first.json<{ next: string }>().next)
    expect(second.fields['link']).toMatch(/^<[^>]+>; rel="next", <[^>]+>; rel="prev"$/)
  },
  '9205 §3.1 codes mean what HTTP says': async (w) => {
    for (const { method, target, response } of await crawl(w)) {
      if (response.status < 400 && response.content.startsWith('{'))
        expect(Object.keys(response.json()), `${method} ${target}`).not.toContain('error')
    }
    for (const { problem } of await problems(w)) expect(problem['title']).not.toBe('OK')
  },
  '9205 §3.2 addresses are given, not composed': async (w) => {
    await w.article()
    await w.article()
    const page = (await w.ask('GET', '/articles?limit=1')).json<{ next: string }>()
    expect((await w.ask('GET', page.next)).status).toBe(200)
    const index = (await w.ask('GET', '/')).json<{ description: string }>()
    expect((await w.ask('GET', index.description)).status).toBe(200)
  },
  '9205 §4.5 every method is registered': async (w) => {
    const allows = (await crawl(w)).flatMap(({ response }) => response.fields['allow']?.split(', ') ?? [])
    expect(new Set(allows)).toEqual(METHODS)
  },
  '9205 §4.5 GET changes nothing': async (w) => {
    const { path } = await w.article()
    for (const target of [path, '/articles', '/', '/openapi.json', '/things/here']) {
      const [first, second] = [await w.ask('GET', target), await w.ask('GET', target)]
      expect([second.status, second.content, second.fields['etag']], `${target}`).toEqual([
        first.status,
        first.content,
        first.fields['etag'],
      ])
    }
  },
  '9205 §4.6 the description says when a code is sent, after its phrase': async (w) => {
    const { components } = (await w.ask('GET', '/openapi.json')).json<Described>()
    const { NotFound, ...others } = components.responses
    expect(NotFound?.description).toMatch(/^Not Found\. There is no such item\./)
    const phrases = new Set((await crawl(w)).map(({ response }) => response.phrase))
    const described = Object.values(others).map(({ description }) => description.split('. ')[0] ?? '')
    expect(described.filter((phrase) => phrases.has(phrase)).length).toBeGreaterThan(10)
  },
  '9205 §4.6 nothing hangs on the phrase': async (w) => {
    for (const { problem, response } of await problems(w)) expect(problem['status']).toBe(response.status)
  },
  '9205 §4.6 every code is registered': async (w) => {
    for (const { response } of await crawl(w)) expect(REGISTERED).toContain(response.status)
    const index = await w.ask('GET', '/')
    for (const { statuses } of index.json<{ operations: { statuses: number[] }[] }>().operations)
      for (const status of statuses) expect(REGISTERED).toContain(status)
  },
  '9205 §4.6 errors are told apart in the content': async (w) => {
    const { path } = await w.article({ slug: 'apart' })
    const codes: unknown[] = []
    const content = { title: 'A', body: 'B', slug: 'apart' }
    const taken = await w.ask('POST', '/articles', { as: KEYS.ann, content })
    await w.ask('POST', `${path}/publish`, { as: KEYS.ann })
    const published = await w.ask('POST', `${path}/publish`, { as: KEYS.ann })
    for (const answer of [taken, published]) {
      expect(answer.status).toBe(409)
      codes.push(answer.json<{ errors: { code: string }[] }>().errors[0]?.code)
    }
    expect(codes).toEqual(['taken', 'published'])
  },
  '9205 §4.6.1 a redirect concerns its address alone': async (w) => {
    expect((await w.ask('GET', '/entries')).status).toBe(301)
    expect((await w.ask('GET', '/entries/1')).status).toBe(404)
  },
  '9205 §4.7 Location comes with 201, 202 and redirects alone': async (w) => {
    for (const { target, response } of await crawl(w))
      if (response.fields['location'] !== undefined)
        expect([201, 202, 301, 303, 307, 308], `${target}`).toContain(response.status)
  },
  '9205 §4.9.1 every GET says how long it is fresh': async (w) => {
    for (const { method, target, response } of await crawl(w))
      if (method === 'GET' && response.status === 200)
        expect(response.fields['cache-control'], `${target}`).toMatch(/^(private, )?no-cache$|^no-store$/)
  },
  '9205 §4.9.1 answers with secrets are no-store': async (w) => {
    const session = await w.ask('POST', '/session', { content: { email: 'ann@example.org', password: PASSWORD } })
    const key = await w.ask('POST', '/keys', { as: KEYS.ann, content: { label: 'secret' } })
    for (const answer of [session, key])
      expect([answer.status, answer.fields['cache-control']]).toEqual([201, 'no-store'])
  },
  '9205 §4.11 a shared connection means nothing': async (w) => {
    const wire = await w.open()
    const asking = (key?: string) =>
      `GET /session HTTP/1.1\r\nHost: x\r\n${key === undefined ? '' : `Authorization: Bearer ${key}\r\n`}\r\n`
    wire.write(asking(KEYS.ann) + asking() + asking(KEYS.bob) + asking('unknown'))
    const names: unknown[] = []
    for (let n = 0; n < 4; n++) {
      const answer = await wire.read()
      names.push(
        answer.status === 200 ? answer.json<{ account: { username: string } }>().account.username : answer.status,
      )
    }
    expect(names).toEqual(['ann', 401, 'bob', 401])
  },
  'Idempotency-Key §2.3 how long keys live is published': async (w) => {
    expect(await keyDescription(w)).toContain('within a day')
  },
  'Idempotency-Key §2.5.2 the rules are published': async (w) => {
    const description = await keyDescription(w)
    for (const rule of ['409', '422', 'the caller', 'refused']) expect(description).toContain(rule)
  },
  'Idempotency-Key §2.5.2 the key counts with its caller and its content': async (w) => {
    const made = new Set<string | undefined>()
    const content = { title: 'Keyed', body: 'B' }
    for (const as of [KEYS.ann, KEYS.bob, KEYS.ann])
      made.add((await w.ask('POST', '/articles', { as, content, ...keyed('whose') })).fields['location'])
    expect(made.size).toBe(2)
  },
  'Idempotency-Key §2.6 the first time a request is done': async (w) => {
    const content = { title: 'Keyed', body: 'B' }
    const { status } = await w.ask('POST', '/articles', { as: KEYS.ann, content, ...keyed('first') })
    expect(status).toBe(201)
  },
  'Idempotency-Key §2.6 the second time its answer is given again': async (w) => {
    const content = { title: 'Keyed', body: 'B' }
    const once = () => w.ask('POST', '/articles', { as: KEYS.ann, content, ...keyed('again') })
    const first = await once()
    const before = (await w.ask('GET', '/articles')).fields['etag']
    const second = await once()
    const told = ({ status, fields: { location }, content: text }: typeof first) => [status, location, text]
    expect(told(second)).toEqual(told(first))
    expect((await w.ask('GET', '/articles')).fields['etag']).toBe(before)
  },
  'Idempotency-Key §2.6 a refusal is judged again': async (w) => {
    const content = { title: 'Keyed', body: 'B', slug: 'keyed-slug' }
    const holder = await w.article({ slug: 'keyed-slug' })
    const once = async () => (await w.ask('POST', '/articles', { as: KEYS.ann, content, ...keyed('refused') })).status
    expect(await once()).toBe(409)
    await w.ask('DELETE', holder.path, { as: KEYS.ann })
    expect([await once(), await once()]).toEqual([201, 201])
  },
  'Idempotency-Key §2.6 while the first is still running it is 409': async (w) => {
    const done = work.done
    const once = () => w.ask('POST', '/slow', { content: { ms: 300 }, ...keyed('running') })
    const first = once()
    await expect.poll(() => work.done).toBe(done + 1)
    expect((await once()).status).toBe(409)
    expect((await first).status).toBe(201)
    expect([(await once()).status, work.done]).toEqual([201, done + 1])
  },
  'Idempotency-Key §2.7 another content is 422': async (w) => {
    const once = (title: string) =>
      w.ask('POST', '/articles', { as: KEYS.ann, content: { title, body: 'B' }, ...keyed('other') })
    expect((await once('One')).status).toBe(201)
    const { status, json } = await once('Two')
    expect([status, json()['detail']]).toEqual([422, expect.stringContaining('other content')])
  },
  'Idempotency-Key §2.7 what is still running is explained': async (w) => {
    const done = work.done
    const once = () => w.ask('POST', '/slow', { content: { ms: 200 }, ...keyed('explained') })
    const first = once()
    await expect.poll(() => work.done).toBe(done + 1)
    const { status, json } = await once()
    expect([status, json()['detail']]).toEqual([409, expect.stringContaining('still in progress')])
    await first
  },
  '6750 §2.1 Bearer tokens are taken in Authorization': async (w) => {
    for (const key of [KEYS.ann, KEYS.admin]) expect((await w.ask('GET', '/session', { as: key })).status).toBe(200)
    const { status } = await w.ask('GET', '/session', { fields: { Authorization: `bearer  ${KEYS.ann}` } })
    expect(status).toBe(200)
  },
  '6750 §2.3 a token in a query is refused': async (w) => {
    expect((await w.ask('GET', `/users?access_token=${KEYS.admin}`)).status).toBe(401)
    expect((await w.ask('GET', `/articles?access_token=${KEYS.admin}`)).status).toBe(400)
  },
  '6750 §3 no token and a useless one are challenged with Bearer': async (w) => {
    for (const as of [undefined, 'unknown']) {
      const { status, fields } = await w.ask('GET', '/users', { as })
      expect([status, fields['www-authenticate']]).toEqual([401, expect.stringMatching(/^Bearer realm="news"/)])
    }
  },
  '6750 §3 a token that failed is told so': async (w) => {
    expect((await w.ask('GET', '/users', { as: 'unknown' })).fields['www-authenticate']).toContain(
      'error="invalid_token"',
    )
  },
  '6750 §3.1 a malformed request is not let in': async (w) => {
    for (const authorization of ['Bearer', 'Bearer ', 'Bearer a b', `Bearer ${KEYS.ann}, Bearer ${KEYS.admin}`])
      expect((await w.ask('GET', '/users', { fields: { Authorization: authorization } })).status).toBe(401)
    const line = `Authorization: Bearer ${KEYS.admin}\r\n`
    expect((await w.raw(`GET /users HTTP/1.1\r\nHost: x\r\n${line}${line}\r\n`)).status).toBe(401)
  },
  '6750 §3.1 unknown, revoked and ended tokens are invalid_token': async (w) => {
    const key = await w.ask('POST', '/keys', { as: KEYS.ann, content: { label: 'short' } })
    const { key: secret } = key.json<{ key: string }>()
    expect((await w.ask('GET', '/session', { as: secret })).status).toBe(200)
    await w.ask('DELETE', key.fields['location'] ?? '', { as: KEYS.ann })
    for (const as of [secret, 'unknown'])
      expect((await w.ask('GET', '/session', { as })).fields['www-authenticate']).toContain('error="invalid_token"')
  },
  '6750 §3.1 too few rights are 403': async (w) => {
    const { status, fields } = await w.ask('GET', '/users', { as: KEYS.ann })
    expect([status, fields['www-authenticate']]).toEqual([403, undefined])
  },
  '6750 §3.1 without a token there is no error code': async (w) => {
    for (const fields of [{}, { Authorization: 'Basic YTpi' }]) {
      const { status, fields: answered } = await w.ask('GET', '/users', { fields })
      expect([status, answered['www-authenticate']]).toEqual([401, 'Bearer realm="news"'])
    }
  },
  '10008 §2 QUERY is 501': async (w) => {
    const { status } = await w.ask('QUERY', '/articles', { content: { title: 'A' } })
    expect(status).toBe(501)
    for (const { response } of await crawl(w)) expect(response.fields['accept-query']).toBeUndefined()
  },
  ...never('9110 §15.3.6 205 is not sent', 205),
  ...never('9110 §15.4.3 302 is not sent', 302),
  ...never('9110 §15.5.22 426 is not sent', 426),
  ...never('8470 §5.2 425 is not sent', 425),
  ...never('4918 §11.1 207 is not sent', 207),
  ...absent('9745 §2.1 Deprecation is not sent', 'deprecation'),
  ...absent('8594 §3 Sunset is not sent', 'sunset'),
  ...absent('RateLimit §3 RateLimit and RateLimit-Policy are not sent', 'ratelimit', 'ratelimit-policy'),
}

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters: readonly Text[] }>>>>
  readonly components: { readonly responses: Readonly<Record<string, Text>> }
}

interface Text {
  readonly name?: string
  readonly description: string
}

async function keyDescription(w: World): Promise<string> {
  const { paths } = (await send(w.port, 'GET', '/openapi.json')).json<Described>()
  const parameters = paths['/articles']?.['post']?.parameters ?? []
  return parameters.find(({ name }) => name === 'Idempotency-Key')?.description ?? ''
}

const keyed = (key: string) => ({ fields: { 'Idempotency-Key': `"${key}"` } })

/** A field that no answer has. */
function absent(name: string, ...fields: readonly string[]): Cases {
  return {
    [name]: async (w) => {
      for (const { response } of await crawl(w))
        for (const field of fields) expect(response.fields[field]).toBeUndefined()
    },
  }
}
