/** RFC 9110 §2 to §8: messages, targets, fields, representations. */
import { expect } from 'vitest'
import { format, send } from '../wire.ts'
import { KEYS } from './api.ts'
import { crawl } from './crawl.ts'
import { type Cases, inTurn } from './world.ts'

const IMF_FIXDATE =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/
const ENTITY_TAG = /^(W\/)?"[!#-~\x80-\xff]*"$/
const TOKEN = "[!#$%&'*+\\-.^_`|~\\w]+"
const TOKENS = new RegExp(`^${TOKEN}(, ${TOKEN})*$`)
const MEDIA_TYPE = new RegExp(`^${TOKEN}/${TOKEN}(; ?${TOKEN}=(${TOKEN}|"[^"\\\\]*"))*$`)
const CHALLENGE = new RegExp(`^Bearer realm="[^"\\\\]*"(, ${TOKEN}="[^"\\\\]*")*$`)
/** The grammar of each field that is sent; a field that is not here makes the case fail. */
const GRAMMAR: Readonly<Record<string, RegExp>> = {
  accept: new RegExp(`^${TOKEN}/${TOKEN}(, ${TOKEN}/${TOKEN})*$`),
  'accept-encoding': TOKENS,
  'accept-patch': new RegExp(`^${TOKEN}/${TOKEN}(, ${TOKEN}/${TOKEN})*$`),
  'accept-post': new RegExp(`^${TOKEN}/${TOKEN}(, ${TOKEN}/${TOKEN})*$`),
  allow: TOKENS,
  'cache-control': TOKENS,
  connection: TOKENS,
  'content-length': /^\d+$/,
  'content-location': /^\/[\w\-.~!$&'()*+,;=:@%/?]*$/,
  'content-security-policy': /^[a-z-]+ '[\w+/=-]+'(; [a-z-]+ '[\w+/=-]+')*$/,
  'content-type': MEDIA_TYPE,
  date: IMF_FIXDATE,
  etag: ENTITY_TAG,
  'keep-alive': /^timeout=\d+$/,
  'last-modified': IMF_FIXDATE,
  link: /^<[^<>\s"]+>; rel="[a-z]+"(, <[^<>\s"]+>; rel="[a-z]+")*$/,
  location: /^\/[\w\-.~!$&'()*+,;=:@%/?]*$/,
  'preference-applied': new RegExp(`^${TOKEN}=${TOKEN}$`),
  'request-id': TOKENS,
  'retry-after': /^\d+$/,
  vary: TOKENS,
  'www-authenticate': CHALLENGE,
  'x-content-type-options': /^nosniff$/,
}
const LISTS = new Set(['vary'])

export const MESSAGES: Cases = {
  '9110 §2.2 every field of every answer parses by its grammar': async (w) => {
    for (const { method, target, response } of await crawl(w)) {
      for (const [name, value] of response.lines)
        expect(value, `${method} ${target}: ${name}`).toMatch(GRAMMAR[name.toLowerCase()] ?? /^unknown field$/)
    }
  },
  '9110 §2.3 malformed and oversized requests get a 4xx': async (w) => {
    const head = 'GET / HTTP/1.1\r\nHost: x\r\n'
    const requests = [
      '%%%\r\n\r\n',
      'GET\r\n\r\n',
      `GET /${'y'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      `${head}X-Many: ${'y'.repeat(40_000)}\r\n\r\n`,
      `${head}Content-Length: 99999999999999999999\r\n\r\n`,
      `${head}${'A: b\r\n'.repeat(8_000)}\r\n`,
      `${head}: no name\r\n\r\n`,
    ]
    for (const request of requests) {
      const { status } = await w.raw(request)
      expect(status, `${request.slice(0, 60)}`).toBeGreaterThanOrEqual(400)
      expect(status, `${request.slice(0, 60)}`).toBeLessThan(500)
    }
  },
  '9110 §2.5 HTTP/1.2 is 505': async (w) => {
    const { status, lines } = await w.raw('GET /articles HTTP/1.2\r\nHost: x\r\n\r\n')
    expect([status, lines.find(([name]) => name === 'Connection')?.[1]]).toEqual([505, 'close'])
  },
  '9110 §7.8 a request to change the protocol is the last one of its connection': async (w) => {
    const wire = await w.open()
    wire.write('GET /articles HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n')
    expect(await wire.read()).toMatchObject({ status: 200, fields: { connection: 'close' } })
  },
  '9110 §3.3 who asks is decided for each request on a connection': async (w) => {
    const wire = await w.open()
    const [known, unknown, known2] = await inTurn(wire, [
      ['GET', '/users', { as: KEYS.admin }],
      ['GET', '/users'],
      ['GET', '/users', { as: KEYS.ann }],
    ])
    expect([known?.status, unknown?.status, known2?.status]).toEqual([200, 401, 403])
  },
  '9110 §8.7 what a write answers with says whose representation it is': async (w) => {
    const { path } = await w.article({ draft: true })
    const content = { title: 'A', body: 'B' }
    const asks: readonly (readonly [string, string, object])[] = [
      ['PATCH', path, { content: { title: 'N' } }],
      ['PUT', path, { content }],
      ['POST', `${path}/publish`, {}],
      ['POST', '/articles', { content }],
      ['PUT', '/pages/located', { content: { text: 'new' } }],
    ]
    for (const [method, target, sent] of asks) {
      const answer = await w.ask(method, target, { as: KEYS.ann, ...sent })
      const at = answer.fields['content-location'] ?? ''
      expect(at, `${method} ${target}`).toMatch(/^\/(articles|pages)\/[^/]+$/)
      if (answer.status === 201) expect(at).toBe(answer.fields['location'])
      const read = await w.ask('GET', at, { as: KEYS.ann })
      expect(answer.content, `${method} ${target}`).toBe(read.content)
      if (method !== 'PUT') expect(answer.fields['etag']).toBe(read.fields['etag'])
    }
  },
  '9110 §8.7 what is no representation of an item is not said to be one': async (w) => {
    for (const { method, target, response } of await crawl(w)) {
      if (response.fields['content-location'] === undefined) continue
      expect(['POST', 'PUT', 'PATCH'], `${method} ${target}`).toContain(method)
      expect([200, 201]).toContain(response.status)
      expect(response.content).not.toBe('')
    }
  },
  '9110 §4.1 a target of 8,000 octets is read': async (w) => {
    const { status } = await w.ask('GET', `/nowhere?${'x'.repeat(7_991)}`)
    expect(status).toBe(404)
  },
  '9110 §4.2.3 escapes of unreserved characters make no difference': async (w) => {
    const { path } = await w.article()
    const plain = await w.ask('GET', path)
    const escaped = await w.ask('GET', path.replace('-', '%2d').replace('a', '%61'))
    expect(escaped.content).toBe(plain.content)
    expect((await w.ask('GET', '/%74hings/%68ere')).status).toBe(200)
  },
  '9110 §5.1 an unknown field changes nothing': async (w) => {
    const { path } = await w.article()
    const plain = await w.ask('GET', path)
    const probed = await w.ask('GET', path, { fields: { 'X-Unknown': 'y', Foo: 'bar;baz' } })
    expect([probed.status, probed.content]).toEqual([plain.status, plain.content])
  },
  '9110 §5.3 only lists come on several lines': async (w) => {
    for (const { method, target, response } of await crawl(w)) {
      const names = response.lines.map(([name]) => name.toLowerCase()).filter((name) => !LISTS.has(name))
      expect(new Set(names).size, `${method} ${target}`).toBe(names.length)
    }
  },
  '9110 §5.3 nothing is done before the last field is there': async (w) => {
    const { path } = await w.article()
    const wire = await w.open()
    wire.write(`DELETE ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${KEYS.ann}\r\n`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect((await w.ask('GET', path)).status).toBe(200)
    wire.write('If-Match: "wrong"\r\n\r\n')
    expect((await wire.read()).status).toBe(412)
    expect((await w.ask('GET', path)).status).toBe(200)
  },
  '9110 §5.4 oversized fields are 431': async (w) => {
    for (const octets of [17_000, 65_536]) {
      const { status } = await w.ask('GET', '/', { fields: { 'X-Big': 'x'.repeat(octets) } })
      expect(status).toBe(431)
    }
  },
  '9110 §5.5 CR, LF and NUL in a value are 400, and none gets into an answer': async (w) => {
    for (const octet of ['\0', '\r', '\n']) {
      const { status } = await w.raw(`GET / HTTP/1.1\r\nHost: x\r\nX-A: b${octet}c\r\n\r\n`)
      expect(status).toBe(400)
    }
    const moved = await w.ask('GET', '/posts/%0d%0aX-Evil:%201?q=%0d%0aX-Evil:%201')
    expect(moved.status).toBe(308)
    expect(moved.fields['x-evil']).toBeUndefined()
  },
  '9110 §5.6.7 all three forms of date are read': async (w) => {
    const { path } = await w.article()
    const forms = ['Sun, 07 Nov 2055 08:49:37 GMT', 'Sunday, 07-Nov-55 08:49:37 GMT', 'Sun Nov  7 08:49:37 2055']
    const past = ['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994']
    for (const date of forms)
      expect((await w.ask('PATCH', path, patch({ 'If-Unmodified-Since': date }))).status, `${date}`).toBe(200)
    for (const date of past) {
      expect((await w.ask('GET', path, { fields: { 'If-Modified-Since': date } })).status, `${date}`).toBe(200)
      expect((await w.ask('PATCH', path, patch({ 'If-Unmodified-Since': date }))).status, `${date}`).toBe(412)
    }
    const { 'last-modified': now = '' } = (await w.ask('GET', path)).fields
    for (const date of allForms(now))
      expect((await w.ask('GET', path, { fields: { 'If-Modified-Since': date } })).status, `${date}`).toBe(304)
  },
  '9110 §5.6.7 dates are written as IMF-fixdate': async (w) => {
    let dates = 0
    for (const { response } of await crawl(w)) {
      for (const name of ['date', 'last-modified', 'expires']) {
        const value = response.fields[name]
        if (value === undefined) continue
        dates++
        expect(value).toMatch(IMF_FIXDATE)
        expect(new Date(value).toUTCString()).toBe(value)
      }
    }
    expect(dates).toBeGreaterThan(50)
  },
  '9110 §6.6.1 Date is the time of the answer': async (w) => {
    const before = Date.now()
    const { fields } = await w.ask('GET', '/')
    const date = Date.parse(fields['date'] ?? '')
    expect(date).toBeGreaterThanOrEqual(before - 2_000)
    expect(date).toBeLessThanOrEqual(Date.now())
  },
  '9110 §6.6.1 every answer has Date': async (w) => {
    const seen = await crawl(w)
    for (const { method, target, response } of seen)
      expect(response.fields['date'], `${method} ${target}`).toBeDefined()
    const statuses = new Set(seen.map(({ response }) => response.status))
    for (const status of [200, 201, 202, 204, 301, 303, 304, 307, 308, 400, 401, 403, 404, 405, 412, 414, 431, 501])
      expect(statuses, `${status}`).toContain(status)
  },
  '9110 §7.4 a declared origin answers for no other': async (w) => {
    const at = (host: string) => send(w.strict, 'GET', '/articles', { fields: { Host: host } })
    expect((await at('localhost')).status).toBe(200)
    expect((await at('evil.example')).status).toBe(421)
    expect((await at('localhost:81')).status).toBe(421)
    for (const same of ['localhost:80', 'localhost:', 'LocalHost:0080'])
      expect((await at(same)).status, `${same}`).toBe(200)
    const { status } = await w.raw('GET https://localhost/articles HTTP/1.1\r\nHost: localhost\r\n\r\n')
    expect(status).toBe(421)
  },
  '9110 §8.3 content comes with its media type': async (w) => {
    for (const { method, target, response } of await crawl(w))
      if (response.content !== '') expect(response.fields['content-type'], `${method} ${target}`).toMatch(MEDIA_TYPE)
  },
  '9110 §8.6 HEAD has the length that GET has': async (w) => {
    const seen = await crawl(w)
    let compared = 0
    for (const head of seen.filter(({ method }) => method === 'HEAD')) {
      const get = seen.find(({ method, target }) => method === 'GET' && target === head.target)
      // The content of an error has a reference of its own.
      if (get === undefined || head.response.status >= 400) continue
      compared++
      expect(lengthOf(head.response.fields), `${head.target}`).toBe(lengthOf(get.response.fields))
    }
    expect(compared).toBeGreaterThan(10)
  },
  '9110 §8.6 a 304 has no length': async (w) => {
    const { path, etag } = await w.article()
    const { status, fields } = await w.ask('GET', path, { fields: { 'If-None-Match': etag } })
    expect([status, fields['content-length']]).toEqual([304, undefined])
  },
  '9110 §8.6 neither 100 nor 204 has a length': async (w) => {
    const wire = await w.open()
    const content = JSON.stringify({ title: 'A', body: 'B' })
    wire.write(
      `POST /articles HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${KEYS.ann}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${content.length}\r\nExpect: 100-continue\r\n\r\n`,
    )
    await expect.poll(() => wire.left).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    wire.write(content)
    expect((await wire.read()).status).toBe(201)
    for (const { response } of await crawl(w))
      if (response.status === 204) expect(response.fields['content-length']).toBeUndefined()
  },
  '9110 §8.8.1 a weak tag changes with the list': async (w) => {
    const tag = async () => (await w.ask('GET', '/articles')).fields['etag'] ?? ''
    const { path } = await w.article()
    const before = await tag()
    expect(before).toMatch(/^W\//)
    expect(await tag()).toBe(before)
    await w.ask('PATCH', path, { as: KEYS.ann, content: { title: 'Another' } })
    const changed = await tag()
    await w.ask('DELETE', path, { as: KEYS.ann })
    expect(new Set([before, changed, await tag()]).size).toBe(3)
  },
  '9110 §8.8.1 a strong tag changes with the content and with what a caller sees': async (w) => {
    const { path, etag } = await w.article()
    await w.ask('PATCH', path, { as: KEYS.admin, content: { notes: 'for the editors' } })
    const [everybody, admin] = [await w.ask('GET', path), await w.ask('GET', path, { as: KEYS.admin })]
    expect(everybody.content).not.toBe(admin.content)
    expect(new Set([etag, everybody.fields['etag'], admin.fields['etag']]).size).toBe(3)
  },
  '9110 §8.8.2.1 an item has Last-Modified': async (w) => {
    const { path } = await w.article()
    expect((await w.ask('GET', path)).fields['last-modified']).toMatch(IMF_FIXDATE)
  },
  '9110 §8.8.2.1 Last-Modified is never later than Date': async (w) => {
    const wire = await w.open()
    const until = Date.now() + 2_500
    while (Date.now() < until) {
      wire.write(format('POST', '/articles', { as: KEYS.ann, content: { title: 'A', body: 'B' } }))
      const { fields } = await wire.read()
      expect(Date.parse(fields['last-modified'] ?? '')).toBeLessThanOrEqual(Date.parse(fields['date'] ?? ''))
    }
  },
  '9110 §8.8.3 where octets may differ under a tag it is weak': async (w) => {
    const list = await w.ask('GET', '/articles')
    expect(list.fields['etag']).toMatch(/^W\/"/)
    const { path } = await w.article({ free: { b: 1, a: [1.5, 'ü'] } })
    const [first, second] = [await w.ask('GET', path), await w.ask('GET', path)]
    expect(first.fields['etag']).toMatch(/^"/)
    expect(second.content).toBe(first.content)
  },
  '9110 §8.8.3 every tag is quoted and opaque': async (w) => {
    const tags = (await crawl(w)).flatMap(({ response }) => response.fields['etag'] ?? [])
    expect(tags.length).toBeGreaterThan(4)
    for (const tag of tags) expect(tag).toMatch(ENTITY_TAG)
  },
  '9110 §8.8.3.1 items and lists have an ETag': async (w) => {
    const { path } = await w.article()
    expect((await w.ask('GET', path)).fields['etag']).toBeDefined()
    expect((await w.ask('GET', '/articles')).fields['etag']).toBeDefined()
  },
  '9110 §8.8.3.2 strong and weak comparison': async (w) => {
    const { path, etag } = await w.article()
    const write = (tag: string) => w.ask('PATCH', path, { as: KEYS.ann, content: {}, fields: { 'If-Match': tag } })
    const read = (tag: string) => w.ask('GET', path, { fields: { 'If-None-Match': tag } })
    expect((await write(`W/${etag}`)).status).toBe(412)
    expect((await write(etag)).status).toBe(200)
    expect((await read(`W/${etag}`)).status).toBe(304)
    expect((await read(etag)).status).toBe(304)
    expect((await read('"other"')).status).toBe(200)
  },
}

function patch(fields: Readonly<Record<string, string>>) {
  return { as: KEYS.ann, content: {}, fields }
}

const lengthOf = (fields: Readonly<Record<string, string>>) => fields['content-length']

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** An IMF-fixdate, and the two older forms of the same second. */
function allForms(date: string): string[] {
  const [, day = '', month = '', year = '', time = ''] = /^..., (..) (...) (....) (\S+) GMT$/.exec(date) ?? []
  const weekday = DAYS[new Date(date).getUTCDay()] ?? ''
  return [
    date,
    `${weekday}, ${day}-${month}-${year.slice(2)} ${time} GMT`,
    `${weekday.slice(0, 3)} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`,
  ]
}
