/** RFC 9457, 6585, 5789 and 7396: problems, more codes, patches. */
import { expect } from 'vitest'
import { send } from '../wire.ts'
import { KEYS } from './api.ts'
import { problems } from './crawl.ts'
import { never } from './statuses.ts'
import type { Cases, Item, World } from './world.ts'

const MERGE_PATCH = 'application/merge-patch+json'

/** RFC 7396 Appendix A, one level down: [original, patch, result]; undefined is an absent member. */
const VECTORS: readonly (readonly [unknown, unknown, unknown])[] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, undefined],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
]

export const CONTENT: Cases = {
  '9457 §3 of several problems one is told': async (w) => {
    const { path } = await w.article()
    const fields = { 'Content-Type': 'text/plain', 'If-Match': '"stale"', Prefer: 'foo' }
    const { status, json } = await w.ask('PUT', `${path}?odd=1`, { as: KEYS.ann, content: '{', fields })
    expect([status, json()['status']]).toEqual([400, 400])
    expect(json()['errors']).toEqual([expect.objectContaining({ parameter: 'odd' })])
  },
  '9457 §3 problems are problem+json, whatever else Accept lists': async (w) => {
    for (const accept of ['application/json', 'image/png', '*/*', 'application/problem+json']) {
      const { fields } = await w.ask('GET', '/nowhere', { fields: { Accept: accept } })
      expect(fields['content-type']).toBe('application/problem+json')
    }
  },
  '9457 §3.1.1 type is about:blank': async (w) => {
    const told = await problems(w)
    expect(told.length).toBeGreaterThan(30)
    for (const { problem } of told) expect(problem['type']).toBe('about:blank')
  },
  '9457 §3.1.2 status is the one that is sent': async (w) => {
    for (const { problem, response } of await problems(w)) expect(problem['status']).toBe(response.status)
  },
  '9457 §3.1.3 title is the same for all of a status': async (w) => {
    const titles = new Map<unknown, unknown>()
    for (const { problem } of await problems(w)) {
      expect(titles.get(problem['status']) ?? problem['title']).toBe(problem['title'])
      titles.set(problem['status'], problem['title'])
    }
  },
  '9457 §3.1.4 detail helps, and tells nothing of the inside or of what was sent': async (w) => {
    const secret = 'hunter2-hunter2'
    const answers = [
      await w.ask('POST', '/session', { content: { email: secret, password: secret, [secret]: 1 } }),
      await w.ask('POST', '/articles', { as: KEYS.ann, content: { title: 1, body: { secret } } }),
      await w.ask('GET', '/articles', { as: secret }),
      await w.ask('GET', `/articles?authorId=${secret}&after=${secret}`),
    ]
    for (const { status, content } of answers) {
      expect(status).toBeGreaterThanOrEqual(400)
      expect(content).not.toContain(`"${secret}"`)
    }
    for (const { response } of await problems(w))
      expect(response.content).not.toMatch(/\bat \w+.*:\d+:\d+|SELECT |node_modules|\/srv\/|sqlite/i)
  },
  '9457 §4 names of extensions are words': async (w) => {
    for (const { problem } of await problems(w))
      for (const name of Object.keys(problem)) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_]{2,}$/)
  },
  '9457 §4.2.1 title is the phrase of the status': async (w) => {
    for (const { problem, response } of await problems(w)) expect(problem['title']).toBe(response.phrase)
  },
  '6585 §3 a 428 says how to send it again': async (w) => {
    const made = await w.ask('POST', '/guarded', { content: { text: 'a' } })
    const { status, json } = await w.ask('PUT', made.fields['location'] ?? '', { content: { text: 'b' } })
    expect([status, json()['detail']]).toEqual([428, expect.stringContaining('If-Match')])
  },
  '6585 §3 428 without a condition, 412 with a false one': async (w) => {
    const made = await w.ask('POST', '/guarded', { content: { text: 'a' } })
    const { location = '', etag = '' } = made.fields
    const put = async (fields = {}) => (await w.ask('PUT', location, { content: { text: 'b' }, fields })).status
    expect([await put(), await put({ 'If-Match': '"stale"' }), await put({ 'If-Match': etag })]).toEqual([
      428, 412, 200,
    ])
  },
  '6585 §4 a 429 says what the limit is about and how long to wait': async (w) => {
    const login = () => w.ask('POST', '/session', { content: { email: 'nobody@example.org', password: 'wrong words' } })
    let last = await login()
    for (let tries = 0; last.status === 401 && tries < 12; tries++) last = await login()
    expect(last.status).toBe(429)
    expect(last.json()['detail']).toMatch(/failed logins/)
    expect(Number(last.fields['retry-after'])).toBeGreaterThan(0)
    expect(Number(last.fields['retry-after'])).toBeLessThanOrEqual(60)
  },
  ...never('6585 §6 511 is not sent', 511),
  '5789 §2 a patch is seen whole or not at all': async (w) => {
    const { path } = await w.article({ title: '0', body: '0' })
    const writing = (async () => {
      for (let n = 1; n <= 40; n++) await patch(w, path, { title: `${n}`, body: `${n}` })
    })()
    for (let reads = 0; reads < 80; reads++) {
      const { title, body } = (await w.ask('GET', path)).json()
      expect(title).toBe(body)
    }
    await writing
  },
  '5789 §2 one bad member, and nothing is applied': async (w) => {
    const item = await w.article()
    for (const content of [
      { title: 'Good', body: 1 },
      { title: 'Good', odd: 1 },
      { title: 'Good', authorId: 'x' },
    ]) {
      const { status } = await patch(w, item.path, content)
      expect([400, 403]).toContain(status)
    }
    expect((await w.ask('GET', item.path)).fields['etag']).toBe(item.etag)
  },
  '5789 §2 a patch of another kind is 415': async (w) => {
    const { path } = await w.article()
    const operations = [{ op: 'replace', path: '/title', value: 'x' }]
    const { status } = await patch(w, path, operations, 'application/json-patch+json')
    expect(status).toBe(415)
  },
  '5789 §2 each PATCH is a write of its own': async (w) => {
    const { path } = await w.article()
    const tags = new Set<string | undefined>()
    for (const title of ['A', 'B', 'A']) tags.add((await patch(w, path, { title })).fields['etag'])
    expect(tags.size).toBe(3)
  },
  '5789 §2.2 a broken patch is 400': async (w) => {
    const { path } = await w.article()
    expect((await patch(w, path, '{')).status).toBe(400)
  },
  '5789 §2.2 a patch of a type that is not taken is 415 with Accept-Patch': async (w) => {
    const { path } = await w.article()
    const { status, fields } = await patch(w, path, 'x', 'text/plain')
    expect([status, fields['accept-patch']]).toEqual([415, `${MERGE_PATCH}, application/json`])
  },
  '5789 §2.2 each failure has its own code': async (w) => {
    const { path } = await w.article({ slug: 'own-code' })
    const other = await w.article()
    expect((await patch(w, '/articles/none', {})).status).toBe(404)
    expect((await patch(w, other.path, { slug: 'own-code' })).status).toBe(409)
    const fields = { 'If-Match': '"stale"' }
    expect((await w.ask('PATCH', path, { as: KEYS.ann, content: {}, fields })).status).toBe(412)
    const strict = { as: KEYS.ann, fields: { Host: 'localhost' } }
    const made = await send(w.strict, 'POST', '/articles', { ...strict, content: { title: 'A', body: 'B' } })
    const refused = await send(w.strict, 'PATCH', made.fields['location'] ?? '', { ...strict, content: { title: 1 } })
    expect(refused.status).toBe(422)
  },
  '5789 §2.2 the answer says what went wrong': async (w) => {
    const { path } = await w.article()
    for (const answer of [await patch(w, path, '{'), await patch(w, path, { title: 1 }), await patch(w, path, [])])
      expect(answer.json()['errors']).toEqual([expect.objectContaining({ detail: expect.stringMatching(/\.$/) })])
  },
  '5789 §3.1 OPTIONS lists the types of patches': async (w) => {
    const { path } = await w.article()
    expect((await w.ask('OPTIONS', path)).fields['accept-patch']).toBe(`${MERGE_PATCH}, application/json`)
  },
  '5789 §5 deep and large patches are refused quickly': async (w) => {
    const { path } = await w.article()
    const began = performance.now()
    expect((await patch(w, path, `{"free":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_001)}`)).status).toBe(400)
    expect((await patch(w, path, '['.repeat(1_000_000))).status).toBe(400)
    expect((await patch(w, path, 'x'.repeat(1_100_000))).status).toBe(413)
    expect(performance.now() - began).toBeLessThan(2_000)
  },
  '8259 §4 of members of one name the last one counts': async (w) => {
    const { path } = await w.article({ slug: 'before' })
    const content = '{"slug":1,"slug":"twice","slug":"thrice"}'
    const { status, json } = await w.ask('PATCH', path, { as: KEYS.ann, content })
    expect([status, json()['slug']]).toEqual([200, 'thrice'])
  },
  '8259 §9 what cannot be kept is refused by its name': async (w) => {
    for (const [value, pointer] of [
      ['"a\\u0000"', '/free'],
      ['"\\ud800"', '/free'],
      ['[1e400]', '/free'],
      ['{"a":[{"__proto__":1}]}', '/free/a/0/__proto__'],
    ]) {
      const content = `{"title":"A","body":"B","free":${value}}`
      const { status, json } = await w.ask('POST', '/articles', { as: KEYS.ann, content })
      expect([status, json()['errors']]).toEqual([400, [expect.objectContaining({ pointer })]])
    }
  },
  '7396 §1 a merge patch has a type of its own': async (w) => {
    const { path } = await w.article()
    const { status, json } = await patch(w, path, { title: 'Patched' })
    expect([status, json()['title']]).toEqual([200, 'Patched'])
    expect((await patch(w, path, { slug: 'a-slug' }, 'application/json')).json()).toHaveProperty('slug')
    expect((await patch(w, path, { slug: null }, 'application/json')).json()).not.toHaveProperty('slug')
  },
  '7396 §2 the examples of the RFC': async (w) => {
    for (const [original, sent, result] of VECTORS) {
      const { path } = await w.article({ free: original })
      const { status, json } = await patch(w, path, { free: sent })
      expect([status, json()['free']], `${JSON.stringify(sent)}`).toEqual([200, result])
    }
  },
  '7396 §2 arrays are replaced whole': async (w) => {
    const { path } = await w.article({ free: { a: [{ b: 1 }, { c: 2 }] } })
    expect((await patch(w, path, { free: { a: [1] } })).json()['free']).toEqual({ a: [1] })
  },
  '7396 §2 a patch that is no object would replace the item, and does not fit': async (w) => {
    const item = await w.article()
    for (const content of ['[1]', 'null', '"x"', '7']) expect((await patch(w, item.path, content)).status).toBe(400)
    expect((await w.ask('GET', item.path)).fields['etag']).toBe(item.etag)
  },
  '7396 §2 objects are merged at every depth': async (w) => {
    const { path } = await w.article({ free: { a: { b: 'c' } } })
    const free = async (sent: unknown) => (await patch(w, path, { free: sent })).json()['free']
    expect(await free({ a: { b: 'd', c: null } })).toEqual({ a: { b: 'd' } })
    expect(await free({ a: { b: { e: 1 } } })).toEqual({ a: { b: { e: 1 } } })
  },
  '7396 §5 what a caller may not change stays': async (w) => {
    const item = await w.article()
    const account = (await w.ask('GET', '/session', { as: KEYS.ann })).json<{ account: Item }>().account
    expect((await patch(w, item.path, { id: 'mine' })).status).toBe(400)
    expect((await patch(w, `/users/${account.id}`, { role: 'admin' })).status).toBe(403)
    const after = (await w.ask('GET', '/session', { as: KEYS.ann })).json<{ account: { role: string } }>().account
    expect(after.role).toBe('basic')
  },
}

function patch(w: World, path: string, content: unknown, type = MERGE_PATCH) {
  return w.ask('PATCH', path, { as: KEYS.ann, content, fields: { 'Content-Type': type } })
}
