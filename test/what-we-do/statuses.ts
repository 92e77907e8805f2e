/** RFC 9110 §15 and §16: status codes. */
import { expect } from 'vitest'
import { send, type WireResponse } from '../wire.ts'
import { KEYS } from './api.ts'
import { crawl, problems } from './crawl.ts'
import type { Cases, World } from './world.ts'

/** Of RFC 9110 and RFC 7725: what a cache may reuse without being told for how long. */
const HEURISTIC = new Set([200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501])
const SHARED = ['cache-control', 'content-location', 'etag', 'expires', 'vary']

export const STATUSES: Cases = {
  '9110 §15 one final answer, from 100 to 599': async (w) => {
    for (const { response } of await crawl(w)) {
      expect(response.status).toBeGreaterThanOrEqual(200)
      expect(response.status).toBeLessThan(600)
    }
    const wire = await w.open()
    wire.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n')
    expect([(await wire.read()).status, (await wire.read()).status, wire.left]).toEqual([200, 404, ''])
  },
  '9110 §15.1 nothing else is left to heuristics': async (w) => {
    for (const { method, target, response } of await crawl(w)) {
      if (method !== 'GET' || HEURISTIC.has(response.status) || response.status === 304) continue
      const { 'cache-control': caching, expires } = response.fields
      expect([caching ?? 'no-store', expires], `${target}`).not.toContain('max-age')
      expect(expires).toBeUndefined()
    }
  },
  '9110 §15.3.1 a 200 has the validators there are': async (w) => {
    const { path } = await w.article()
    for (const method of ['GET', 'HEAD']) {
      const { fields } = await w.ask(method, path)
      expect(fields['etag']).toMatch(/^"/)
      expect(fields['last-modified']).toBeDefined()
    }
  },
  '9110 §15.3.1 a 200 has content': async (w) => {
    for (const { method, target, response } of await crawl(w))
      if (response.status === 200 && method !== 'HEAD') expect(response.content, `${target}`).not.toBe('')
  },
  '9110 §15.3.2 a 201 without Location means the target': async (w) => {
    const { status, fields } = await w.ask('PUT', '/pages/where', { as: KEYS.ann, content: { text: 'x' } })
    expect(status).toBe(201)
    expect(fields['location'] ?? '/pages/where').toBe('/pages/where')
    expect((await w.ask('GET', '/pages/where')).status).toBe(200)
  },
  '9110 §15.3.2 validators of a 201 are those of what was made': async (w) => {
    const { path, etag, lastModified } = await w.article()
    expect((await w.ask('GET', path)).fields).toMatchObject({ etag, 'last-modified': lastModified })
  },
  '9110 §15.3.3 a 202 says how it stands and where to ask': async (w) => {
    const { status, fields, json } = await w.ask('POST', '/reports', { content: { about: 'later' } })
    expect([status, json()]).toEqual([202, { state: 'queued' }])
    expect((await w.ask('GET', fields['location'] ?? '')).status).toBe(200)
  },
  '9110 §15.3.5 a 204 ends with its fields': async (w) => {
    const { path } = await w.article()
    const wire = await w.open()
    wire.write(`OPTIONS /articles HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect((await wire.read()).status).toBe(204)
    wire.write(`DELETE ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${KEYS.ann}\r\n\r\n`)
    expect((await wire.read()).status).toBe(204)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(wire.left).toBe('')
  },
  '9110 §15.3.5 the tag of a 204 is that of the next GET': async (w) => {
    const { path, etag } = await w.article()
    const fields = { Prefer: 'return=minimal' }
    const answer = await w.ask('PATCH', path, { as: KEYS.ann, content: { title: 'Other' }, fields })
    expect(answer.status).toBe(204)
    expect(answer.fields['etag']).not.toBe(etag)
    const read = await w.ask('GET', path, { as: KEYS.ann })
    for (const name of ['etag', 'last-modified']) expect(answer.fields[name]).toBe(read.fields[name])
  },
  '9110 §15.3.5 a 204 to an action has no tag': async (w) => {
    const { path } = await w.article({ draft: true })
    const fields = { Prefer: 'return=minimal' }
    const answer = await w.ask('POST', `${path}/publish`, { as: KEYS.ann, fields })
    expect(answer.status).toBe(204)
    for (const name of ['etag', 'last-modified', 'content-location']) expect(answer.fields[name]).toBeUndefined()
  },
  '9110 §15.5.10 to be second is no conflict': async (w) => {
    const { path } = await w.article()
    const patch = (title: string) => w.ask('PATCH', path, { as: KEYS.ann, content: { title } })
    const answers = await Promise.all(Array.from({ length: 20 }, (_, writer) => patch(`Writer ${writer}`)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(answers.map(({ fields }) => fields['etag'])).size).toBe(20)
  },
  '9110 §15.4.2 a 301 has Location': redirect('/entries', 301, '/articles'),
  '9110 §15.4.4 a 303 leads to what GET shows': async (w) => {
    const { status, fields, content } = await w.ask('POST', '/reports', { content: { about: 'known' } })
    expect([status, fields['location'], content]).toEqual([303, '/things/here', ''])
    expect((await w.ask('GET', '/things/here')).status).toBe(200)
  },
  '9110 §15.4.5 a 304 has the fields of the 200 that a cache needs': async (w) => {
    const { path, etag, lastModified } = await w.article()
    const list = await w.ask('GET', '/articles')
    for (const as of [undefined, KEYS.ann])
      for (const [target, fields] of [
        [path, { 'If-None-Match': etag }],
        [path, { 'If-Modified-Since': lastModified }],
        ['/articles', { 'If-None-Match': list.fields['etag'] ?? '' }],
      ] as const) {
        const [full, unchanged] = [await w.ask('GET', target, { as }), await w.ask('GET', target, { as, fields })]
        expect([full.status, unchanged.status]).toEqual([200, 304])
        expect(unchanged.fields['date']).toBeDefined()
        for (const name of SHARED) expect(unchanged.fields[name], `${name}`).toBe(full.fields[name])
      }
  },
  '9110 §15.4.5 a 304 has no other representation field': async (w) => {
    const { path, etag } = await w.article()
    const { fields } = await w.ask('GET', path, { fields: { 'If-None-Match': etag } })
    for (const name of ['content-type', 'content-length', 'content-encoding', 'content-language', 'last-modified'])
      expect(fields[name], `${name}`).toBeUndefined()
  },
  '9110 §15.4.5 a 304 ends with its fields': async (w) => {
    const { path, etag } = await w.article()
    const wire = await w.open()
    wire.write(
      `GET ${path} HTTP/1.1\r\nHost: x\r\nIf-None-Match: ${etag}\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n`,
    )
    expect([(await wire.read()).status, (await wire.read()).status, wire.left]).toEqual([304, 200, ''])
  },
  '9110 §15.4.5 a 304 answers a conditional GET or HEAD alone': async (w) => {
    const seen = (await crawl(w)).filter(({ response }) => response.status === 304)
    expect(seen.map(({ method }) => method)).toEqual(['GET', 'GET'])
  },
  ...never('9110 §15.4.6 305 is not sent', 305),
  ...never('9110 §15.4.7 306 is not sent', 306),
  '9110 §15.4.8 a 307 has Location': redirect('/latest', 307, '/articles'),
  '9110 §15.4.9 a 308 has Location': redirect('/posts/7?q=1', 308, '/articles/7?q=1'),
  '9110 §15.5 every 4xx is explained': async (w) => {
    for (const { target, problem } of (await problems(w)).filter(({ response }) => response.status < 500))
      expect(problem, `${target}`).toMatchObject({ status: expect.any(Number), detail: expect.stringMatching(/\.$/) })
  },
  '9110 §15.5.1 broken content is 400': async (w) => {
    for (const content of ['{', '', 'null x', '"\\ud800', '{"a":}', '\u0000'])
      expect((await w.ask('POST', '/articles', { as: KEYS.ann, content })).status, `${content}`).toBe(400)
  },
  '9110 §15.5.2 every 401 has a challenge': async (w) => {
    for (const [method, target] of [
      ['GET', '/users'],
      ['POST', '/articles'],
      ['GET', '/session'],
      ['GET', '/keys'],
    ] as const)
      for (const as of [undefined, 'unknown'])
        expect((await w.ask(method, target, { as })).fields['www-authenticate']).toMatch(/^Bearer realm="news"/)
  },
  ...never('9110 §15.5.3 402 is not sent', 402),
  '9110 §15.5.4 where hiding is declared a 403 is a 404': async (w) => {
    const made = await w.ask('POST', '/diaries', { as: KEYS.ann, content: { text: 'Dear diary' } })
    const { location = '' } = made.fields
    expect((await w.ask('GET', location, { as: KEYS.ann })).status).toBe(200)
    const [hidden, missing] = [
      await w.ask('GET', location, { as: KEYS.bob }),
      await w.ask('GET', '/diaries/none', { as: KEYS.bob }),
    ]
    expect([hidden.status, told(hidden)]).toEqual([404, told(missing)])
  },
  '9110 §15.5.5 what is unknown or deleted is 404': async (w) => {
    const { path } = await w.article()
    await w.ask('DELETE', path, { as: KEYS.ann })
    for (const target of [path, '/articles/none', '/nowhere']) expect((await w.ask('GET', target)).status).toBe(404)
  },
  '9110 §15.5.6 every 405 has Allow': async (w) => {
    const refused = (await crawl(w)).filter(({ response }) => response.status === 405)
    expect(refused.length).toBeGreaterThan(0)
    for (const { response } of refused) expect(response.fields['allow']).toContain('GET')
  },
  '9110 §15.5.7 a 406 names what there is': async (w) => {
    const { status, json } = await w.ask('GET', '/', { fields: { Accept: 'image/png' } })
    expect(status).toBe(406)
    expect(json()).toMatchObject({ available: ['application/json', 'text/html'] })
  },
  '9110 §15.5.10 a 409 says what stands against it': async (w) => {
    const content = { email: 'ANN@example.org', username: 'bob' }
    const { status, json } = await w.ask('POST', '/users', { content })
    expect(status).toBe(409)
    expect(json()).toMatchObject({ errors: [{ pointer: '/email', code: 'taken' }, { pointer: '/username' }] })
    const { path } = await w.article()
    await w.ask('POST', `${path}/publish`, { as: KEYS.ann })
    const again = await w.ask('POST', `${path}/publish`, { as: KEYS.ann })
    expect([again.status, again.json()['errors']]).toEqual([
      409,
      [{ pointer: '', detail: 'It is published already.', code: 'published' }],
    ])
  },
  '9110 §15.5.11 what is declared gone is 410': async (w) => {
    for (const target of ['/guestbook', '/things/gone']) expect((await w.ask('GET', target)).status).toBe(410)
  },
  '9110 §15.5.13 without a condition there is no 412': async (w) => {
    const conditional = (await crawl(w)).filter(({ response }) => response.status === 412)
    expect(conditional.length).toBe(1)
    const { path } = await w.article()
    const patches = Array.from({ length: 20 }, (_, n) =>
      w.ask('PATCH', path, { as: KEYS.ann, content: { title: `T${n}` } }),
    )
    for (const { status } of await Promise.all(patches)) expect([200, 409]).toContain(status)
  },
  '9110 §15.5.16 a 415 names what is taken': async (w) => {
    const { path } = await w.article()
    const text = { as: KEYS.ann, content: 'x', fields: { 'Content-Type': 'text/plain' } }
    expect(await w.ask('POST', '/articles', text)).toMatchObject({
      status: 415,
      fields: { accept: 'application/json' },
    })
    const patched = await w.ask('PATCH', path, text)
    expect(patched.fields['accept-patch']).toBe('application/merge-patch+json, application/json')
    const untyped = `PATCH ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${KEYS.ann}\r\nContent-Length: 2\r\n\r\n{}`
    expect((await w.raw(untyped)).status).toBe(415)
  },
  ...never('9110 §15.5.19 418 is not sent', 418),
  '9110 §15.5.21 400, 415 and 422 are told apart': async (w) => {
    const sent = async (content: string, type = 'application/json') =>
      (
        await send(w.strict, 'POST', '/articles', {
          as: KEYS.ann,
          content,
          fields: { 'Content-Type': type, Host: 'localhost' },
        })
      ).status
    expect([await sent('{'), await sent('x', 'text/plain'), await sent('{"title":1}')]).toEqual([400, 415, 422])
  },
  '9110 §15.6 every 5xx is explained, and nothing of the inside is told': async (w) => {
    const failed = (await problems(w)).filter(({ response }) => response.status >= 500)
    expect(new Set(failed.map(({ response }) => response.status))).toEqual(new Set([500, 501, 502, 503, 504]))
    for (const { problem, response } of failed) {
      expect(problem['detail']).toEqual(expect.stringMatching(/\.$/))
      expect(response.content).not.toMatch(/SELECT|\.ts|Error:|disk/)
    }
  },
  '9110 §15.6.1 500 is for what nobody foresaw': async (w) => {
    const { status, json } = await w.ask('GET', '/fails/bug')
    expect(status).toBe(500)
    expect(json()).toHaveProperty('reference')
    expect((await w.ask('GET', '/livez')).status).toBe(200)
  },
  '9110 §15.6.2 a method that is supported nowhere is 501': async (w) => {
    expect((await w.ask('BREW', '/articles')).status).toBe(501)
  },
  '9110 §15.6.3 a bad answer from behind is 502': async (w) => {
    expect((await w.ask('GET', '/fails/badUpstream')).status).toBe(502)
  },
  '9110 §15.6.4 what is known to be away is 503, with Retry-After': async (w) => {
    const { status, fields } = await w.ask('GET', '/fails/unavailable')
    expect([status, fields['retry-after']]).toEqual([503, '7'])
  },
  '9110 §15.6.5 no answer from behind is 504': async (w) => {
    expect((await w.ask('GET', '/fails/upstreamTimeout')).status).toBe(504)
  },
  '9110 §16.4.2 a token says all there is to say': async (w) => {
    const [here, there] = [await w.open(), await w.open()]
    const octets = `GET /session HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${KEYS.ann}\r\n\r\n`
    here.write(octets)
    there.write(octets)
    const [first, second] = [await here.read(), await there.read()]
    expect([first.status, first.content]).toEqual([200, second.content])
  },
}

function redirect(target: string, status: number, to: string) {
  return async (w: World): Promise<void> => {
    const answer = await w.ask('GET', target)
    expect([answer.status, answer.fields['location']]).toEqual([status, to])
  }
}

/** A code that no answer has, nor any operation in the description. */
export function never(name: string, status: number): Cases {
  return {
    [name]: async (w) => {
      for (const { response } of await crawl(w)) expect(response.status).not.toBe(status)
      const index = await w.ask('GET', '/')
      for (const { statuses } of index.json<{ operations: { statuses: number[] }[] }>().operations)
        expect(statuses).not.toContain(status)
    },
  }
}

/** All but the reference. */
function told(response: WireResponse): unknown {
  const { reference: _, ...problem } = response.json()
  return problem
}
