/** RFC 9110 §9 to §12: methods, expectations, authentication, negotiation. */
import { expect } from 'vitest'
import { format, send } from '../wire.ts'
import { KEYS } from './api.ts'
import { crawl } from './crawl.ts'
import { type Cases, inTurn } from './world.ts'

/** What HEAD need not share with GET: it differs from one second, or one reference, to the next. */
const OWN = new Set(['date', 'request-id'])

export const METHODS: Cases = {
  '9110 §9.1 HEAD is there wherever GET is': async (w) => {
    const seen = await crawl(w)
    for (const { target, response } of seen.filter(({ method }) => method === 'HEAD')) {
      const get = seen.find((one) => one.method === 'GET' && one.target === target)
      expect(response.status, `${target}`).toBe(get?.response.status)
    }
  },
  '9110 §9.1 a method implemented nowhere is 501': async (w) => {
    for (const method of ['BREW', 'PROPFIND', 'TRACE', 'QUERY'])
      expect((await w.ask(method, '/articles')).status, `${method}`).toBe(501)
    expect((await w.ask('BREW', '/nowhere')).status).toBe(501)
    expect((await w.raw('CONNECT a.example:80 HTTP/1.1\r\nHost: a.example\r\n\r\n')).status).toBe(501)
  },
  '9110 §9.1 a method that a resource does not have is 405': async (w) => {
    expect((await w.ask('DELETE', '/articles', { as: KEYS.ann })).status).toBe(405)
    expect((await w.ask('POST', '/things/here', { content: {} })).status).toBe(405)
    expect((await w.ask('GET', '/diaries', { as: KEYS.ann })).status).toBe(405)
  },
  '9110 §9.1 methods are compared by case': async (w) => {
    expect((await w.ask('get', '/articles')).status).toBe(501)
  },
  '9110 §9.2.1 safe methods change nothing': async (w) => {
    const { path } = await w.article()
    const [before] = [await w.ask('GET', path)]
    for (const method of ['GET', 'HEAD', 'OPTIONS']) for (const _ of [1, 2]) await w.ask(method, path, { as: KEYS.ann })
    const after = await w.ask('GET', path)
    expect([after.content, after.fields['etag']]).toEqual([before?.content, before?.fields['etag']])
  },
  '9110 §9.2.1 nothing in a query makes GET do something': async (w) => {
    const { path } = await w.article()
    for (const query of ['action=delete', '_method=DELETE', 'delete'])
      expect((await w.ask('GET', `${path}?${query}`, { as: KEYS.ann })).status).toBe(400)
    const overridden = { as: KEYS.ann, fields: { 'X-HTTP-Method-Override': 'DELETE' } }
    expect((await w.ask('GET', path, overridden)).status).toBe(200)
    expect((await w.ask('GET', path)).status).toBe(200)
  },
  '9110 §9.2.2 PUT and DELETE twice are like once': async (w) => {
    const { path } = await w.article()
    const put = () => w.ask('PUT', path, { as: KEYS.ann, content: { title: 'Same', body: 'Same' } })
    await put()
    const once = await w.ask('GET', path)
    expect((await put()).status).toBe(200)
    expect((await w.ask('GET', path)).content).toBe(once.content)
    await w.ask('DELETE', path, { as: KEYS.ann })
    await w.ask('DELETE', path, { as: KEYS.ann })
    expect((await w.ask('GET', path)).status).toBe(404)
  },
  '9110 §9.3.1 GET with content is GET without': async (w) => {
    const { path } = await w.article()
    const wire = await w.open()
    const [plain, filled, next] = await inTurn(wire, [
      ['GET', path],
      ['GET', path, { content: { title: 'Filter' } }],
      ['GET', path],
    ])
    expect([filled?.status, filled?.content]).toEqual([plain?.status, plain?.content])
    expect(next?.content).toBe(plain?.content)
  },
  '9110 §9.3.2 HEAD has no content, for errors neither': async (w) => {
    for (const target of ['/articles', '/nowhere', '/users', '/fails/bug', '/openapi.json']) {
      const wire = await w.open()
      wire.write(format('HEAD', target))
      expect((await wire.read({ toHead: true })).fields['content-length']).not.toBe('0')
      wire.write(format('GET', '/livez'))
      // Content of the HEAD would be read as the next status line.
      expect((await wire.read()).status, `${target}`).toBe(200)
    }
  },
  '9110 §9.3.2 HEAD has the fields that GET has': async (w) => {
    const seen = await crawl(w)
    for (const head of seen.filter(({ method }) => method === 'HEAD')) {
      const get = seen.find(({ method, target }) => method === 'GET' && target === head.target)
      const own = head.response.status < 400 ? OWN : new Set([...OWN, 'content-length'])
      const fields = (one = head) => one.response.lines.filter(([name]) => !own.has(name.toLowerCase()))
      expect(fields(), `${head.target}`).toEqual(fields(get))
    }
  },
  '9110 §9.3.3 POST that created is 201, with Location and what was made': async (w) => {
    const content = { title: 'New', body: 'Text' }
    const { status, fields, json } = await w.ask('POST', '/articles', { as: KEYS.ann, content })
    expect(status).toBe(201)
    expect(json()).toMatchObject(content)
    const read = await w.ask('GET', fields['location'] ?? '')
    expect([read.status, read.json()]).toEqual([200, json()])
  },
  '9110 §9.3.3 POST is never 206, 304 or 416': async (w) => {
    const fields = { Range: 'bytes=0-1', 'If-Modified-Since': 'Sun, 07 Nov 2055 08:49:37 GMT' }
    const sent = { as: KEYS.ann, content: { title: 'A', body: 'B' }, fields }
    expect((await w.ask('POST', '/articles', sent)).status).toBe(201)
    const { path, etag } = await w.article()
    const none = { as: KEYS.ann, fields: { ...fields, 'If-None-Match': etag } }
    expect((await w.ask('POST', `${path}/publish`, none)).status).toBe(412)
  },
  '9110 §9.3.3 no answer to POST can be reused': async (w) => {
    const answers = (await crawl(w)).filter(({ method }) => method === 'POST')
    expect(answers.length).toBeGreaterThan(10)
    for (const { target, response } of answers) {
      expect(response.fields['cache-control'], `${target}`).toMatch(/no-cache|no-store/)
      expect(response.fields['content-location']).not.toBe(target)
      expect(response.fields['expires']).toBeUndefined()
    }
  },
  '9110 §9.3.4 PUT that creates is 201': async (w) => {
    const { status } = await w.ask('PUT', '/pages/made-by-put', { as: KEYS.ann, content: { text: 'new' } })
    expect(status).toBe(201)
    expect((await w.ask('GET', '/pages/made-by-put')).json()).toMatchObject({ text: 'new' })
  },
  '9110 §9.3.4 PUT that replaces is 200, or 204 if preferred': async (w) => {
    const { path } = await w.article()
    const content = { title: 'A', body: 'B' }
    expect((await w.ask('PUT', path, { as: KEYS.ann, content })).status).toBe(200)
    const fields = { Prefer: 'return=minimal' }
    expect((await w.ask('PUT', path, { as: KEYS.ann, content, fields })).status).toBe(204)
  },
  '9110 §9.3.4 PUT is checked against the declaration': async (w) => {
    const { path } = await w.article()
    for (const content of [{}, { title: '', body: 'B' }, { title: 'A', body: 1 }, { title: 'A', body: 'B', odd: 1 }])
      expect((await w.ask('PUT', path, { as: KEYS.ann, content })).status).toBe(400)
  },
  '9110 §9.3.4 what does not fit is explained': async (w) => {
    const { path } = await w.article()
    const wrong = await w.ask('PUT', path, { as: KEYS.ann, content: { title: 1 } })
    const { errors } = wrong.json<{ errors: { pointer: string }[] }>()
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(['/body', '/title'])
    const text = await w.ask('PUT', path, { as: KEYS.ann, content: 'x', fields: { 'Content-Type': 'text/plain' } })
    expect(text.status).toBe(415)
    expect(text.json()).toHaveProperty('detail')
  },
  '9110 §9.3.4 no validator comes with PUT': async (w) => {
    const { path } = await w.article()
    const replaced = await w.ask('PUT', path, { as: KEYS.ann, content: { title: 'A', body: 'B' } })
    const made = await w.ask('PUT', '/pages/unvalidated', { as: KEYS.ann, content: { text: 'x' } })
    const fields = { Prefer: 'return=minimal' }
    const minimal = await w.ask('PUT', path, { as: KEYS.ann, content: { title: 'A', body: 'C' }, fields })
    expect([replaced.status, made.status, minimal.status]).toEqual([200, 201, 204])
    for (const answer of [replaced, made, minimal])
      expect([answer.fields['etag'], answer.fields['last-modified']]).toEqual([undefined, undefined])
  },
  '9110 §9.3.4 where the server chooses the address there is no PUT': async (w) => {
    const { status, fields } = await w.ask('PUT', '/articles', { as: KEYS.ann, content: {} })
    expect(status).toBe(405)
    expect(fields['allow']).toContain('POST')
  },
  '9110 §9.3.4 no answer to PUT can be reused': async (w) => {
    for (const { method, target, response } of await crawl(w))
      if (method === 'PUT') expect(response.fields['cache-control'], `${target}`).toMatch(/no-cache|no-store/)
  },
  '9110 §9.3.5 DELETE is 204': async (w) => {
    const { path } = await w.article()
    const { status, content } = await w.ask('DELETE', path, { as: KEYS.ann })
    expect([status, content]).toEqual([204, ''])
  },
  '9110 §9.3.5 a second DELETE is 404 and changes nothing': async (w) => {
    const { path } = await w.article()
    await w.ask('DELETE', path, { as: KEYS.ann })
    const before = await w.ask('GET', '/articles')
    expect((await w.ask('DELETE', path, { as: KEYS.ann })).status).toBe(404)
    expect((await w.ask('GET', '/articles')).fields['etag']).toBe(before.fields['etag'])
  },
  '9110 §9.3.7 OPTIONS names what can be asked': async (w) => {
    const item = await w.ask('OPTIONS', '/articles/any')
    expect(item.status).toBe(204)
    expect(item.fields).toMatchObject({
      allow: 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS',
      'accept-patch': 'application/merge-patch+json, application/json',
    })
    expect((await w.ask('OPTIONS', '/articles')).fields).toMatchObject({ 'accept-post': 'application/json' })
    expect((await w.ask('OPTIONS', '*')).fields['allow']).toContain('PATCH')
  },
  '9110 §10.1.1 after 100 comes the final answer': async (w) => {
    for (const [content, status] of [
      ['{"title":"A","body":"B"}', 201],
      ['{"title":"A"', 400],
    ] as const) {
      const answer = await w.raw(expecting('/articles', KEYS.ann, content))
      expect([answer.interim, answer.status]).toEqual([[100], status])
    }
  },
  '9110 §10.1.1 100 is sent only where the content is wanted': async (w) => {
    for (const [target, key, status] of [
      ['/articles', 'unknown', 401],
      ['/nowhere', KEYS.ann, 404],
      ['/things/here', KEYS.ann, 405],
    ] as const) {
      const wire = await w.open()
      wire.write(expecting(target, key, '', 100))
      const answer = await wire.read()
      expect([answer.interim, answer.status, answer.fields['connection']]).toEqual([[], status, 'close'])
    }
  },
  '9110 §10.1.1 any other expectation is 417': async (w) => {
    expect((await w.ask('GET', '/articles', { fields: { Expect: '200-maybe' } })).status).toBe(417)
    expect((await w.ask('GET', '/articles', { fields: { Expect: '100-Continue' } })).status).toBe(200)
  },
  '9110 §10.2.1 Allow is true, method by method': async (w) => {
    const { path } = await w.article()
    for (const target of ['/articles', path, '/things/here', '/reports', '/livez']) {
      const { fields, status } = await w.ask('BREW', target).then(() => w.ask('OPTIONS', target))
      expect(status).toBe(204)
      const allowed = (fields['allow'] ?? '').split(', ')
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        const answer = await w.ask(method, target, { as: 'unknown' })
        expect(answer.status === 405, `${method} ${target}`).toBe(!allowed.includes(method))
        if (answer.status === 405) expect(answer.fields['allow']).toBe(fields['allow'])
      }
    }
  },
  '9110 §10.2.2 Location is one reference that leads somewhere': async (w) => {
    let followed = 0
    for (const { response } of await crawl(w)) {
      const { location } = response.fields
      if (location === undefined || location === '/articles/1') continue
      followed++
      expect(new URL(location, 'http://localhost/x').host).toBe('localhost')
      expect([200, 401, 404]).toContain((await w.ask('GET', location, { as: KEYS.admin })).status)
    }
    expect(followed).toBeGreaterThan(6)
  },
  '9110 §10.2.3 Retry-After is whole seconds': async (w) => {
    const { status, fields } = await w.ask('GET', '/fails/unavailable')
    expect([status, fields['retry-after']]).toEqual([503, '7'])
  },
  '9110 §11.4 missing, unknown and malformed credentials are challenged': async (w) => {
    const credentials = [undefined, 'Bearer unknown', 'Bearer', 'Bearer a b', `Basic ${KEYS.admin}`, KEYS.admin]
    for (const authorization of credentials) {
      const fields = authorization === undefined ? {} : { Authorization: authorization }
      const answer = await w.ask('GET', '/users', { fields })
      expect([answer.status, answer.fields['www-authenticate']?.split(' ')[0]]).toEqual([401, 'Bearer'])
    }
    expect((await w.ask('GET', '/articles', { as: 'unknown' })).status).toBe(401)
  },
  '9110 §11.6.1 every 401 has WWW-Authenticate': async (w) => {
    const refused = (await crawl(w)).filter(({ response }) => response.status === 401)
    expect(refused.length).toBeGreaterThan(5)
    for (const { response } of refused) expect(response.fields['www-authenticate']).toMatch(/^Bearer realm="news"/)
  },
  '9110 §12.5.1 the most specific range decides': async (w) => {
    const status = async (accept: string) => (await w.ask('GET', '/articles', { fields: { Accept: accept } })).status
    expect(await status('application/json;q=0, */*')).toBe(406)
    expect(await status('application/*;q=0, application/json')).toBe(200)
    expect(await status('*/*;q=0, application/*;q=0.1')).toBe(200)
    expect((await w.raw('GET /articles HTTP/1.1\r\nHost: x\r\n\r\n')).status).toBe(200)
  },
  '9110 §12.5.1 where nothing fits a read is 406 and a write is done': async (w) => {
    const fields = { Accept: 'image/png' }
    expect((await w.ask('GET', '/articles', { fields })).status).toBe(406)
    const written = await w.ask('POST', '/articles', { as: KEYS.ann, content: { title: 'A', body: 'B' }, fields })
    expect([written.status, written.fields['content-type']]).toEqual([201, 'application/json'])
  },
  '9110 §12.5.3 content is sent without a coding': async (w) => {
    for (const coding of ['br;q=1', 'gzip, deflate', '*', 'identity;q=0.1']) {
      const { status, fields } = await w.ask('GET', '/articles', { fields: { 'Accept-Encoding': coding } })
      expect([status, fields['content-encoding']]).toEqual([200, undefined])
    }
  },
  '9110 §12.5.3 a 415 for the media type has no Accept-Encoding': async (w) => {
    const sent = { as: KEYS.ann, content: 'x', fields: { 'Content-Type': 'text/plain' } }
    const { status, fields } = await w.ask('POST', '/articles', sent)
    expect([status, fields['accept-encoding']]).toEqual([415, undefined])
  },
  '9110 §12.5.3 a 415 for the coding names the one that is taken': async (w) => {
    const sent = { as: KEYS.ann, content: 'x', fields: { 'Content-Encoding': 'zstd' } }
    const { status, fields } = await w.ask('POST', '/articles', sent)
    expect([status, fields['accept-encoding'], fields['accept']]).toEqual([415, 'identity', undefined])
  },
  '9110 §12.5.5 Vary names the field that chose': async (w) => {
    const vary = async (target: string, fields: Record<string, string> = {}) =>
      (await w.ask('GET', target, { fields })).fields['vary']
    expect(await vary('/')).toBe('Accept')
    expect(await vary('/', { Accept: 'text/html' })).toBe('Accept')
    expect(await vary('/nowhere')).toBe('Accept')
    const { path, etag } = await w.article()
    // Who asks decides which members are shown.
    expect(await vary(path)).toBe('Authorization')
    expect(await vary(path, { 'If-None-Match': etag })).toBe('Authorization')
    expect((await send(w.port, 'GET', '/session', { as: KEYS.ann })).fields['vary']).toBe('Authorization')
  },
}

function expecting(target: string, key: string, content: string, length = content.length): string {
  return (
    `POST ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${length}\r\nExpect: 100-continue\r\n\r\n${content}`
  )
}
