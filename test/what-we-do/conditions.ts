/** RFC 9110 §13 and §14: preconditions and ranges. */
import { expect } from 'vitest'
import { type Sent, type WireResponse } from '../wire.ts'
import { KEYS, work } from './api.ts'
import { crawl } from './crawl.ts'
import type { Cases, Item, World } from './world.ts'

const PAST = 'Sun, 06 Nov 1994 08:49:37 GMT'
const FUTURE = 'Sun, 07 Nov 2055 08:49:37 GMT'
const NEVER = new Set([206, 416])

export const CONDITIONS: Cases = {
  '9110 §13.1.1 If-Match is compared strongly': async (w) => {
    const item = await w.article()
    expect((await write(w, item, 'PATCH', { 'If-Match': `W/${item.etag}` })).status).toBe(412)
    const list = await w.ask('GET', '/articles')
    const fields = { 'If-Match': list.fields['etag'] ?? '' }
    expect((await w.ask('GET', '/articles', { fields })).status).toBe(412)
  },
  '9110 §13.1.1 If-Match is judged before anything is done': async (w) => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const item = await w.article()
      expect((await write(w, item, method, { 'If-Match': '"stale"' })).status).toBe(412)
      expect(await tagOf(w, item)).toBe(item.etag)
      expect((await write(w, item, method, { 'If-Match': `"a", ${item.etag}` })).status).toBe(
        method === 'DELETE' ? 204 : 200,
      )
    }
    // Where there is no version no tag is the current one.
    const fields = { 'If-Match': '"stale"' }
    const before = (await w.ask('GET', '/articles')).fields['etag']
    const sent = { as: KEYS.ann, content: { title: 'Unread', body: 'Text' }, fields }
    expect((await w.ask('POST', '/articles', sent)).status).toBe(412)
    expect((await w.ask('GET', '/articles')).fields['etag']).toBe(before)
    const { done } = work
    expect((await w.ask('POST', '/slow', { content: { ms: 0 }, fields })).status).toBe(412)
    expect(work.done).toBe(done)
    expect((await w.ask('GET', '/things/here', { fields })).status).toBe(412)
    expect((await w.ask('DELETE', '/session', { as: KEYS.ann, fields })).status).toBe(412)
    // An action has the version of its item.
    const { path, etag } = await w.article()
    const publish = async (tag: string) =>
      (await w.ask('POST', `${path}/publish`, { as: KEYS.ann, fields: { 'If-Match': tag } })).status
    expect([await publish('"stale"'), await publish(etag)]).toEqual([412, 200])
  },
  '9110 §13.1.1 If-Match counts after any number of fields': async (w) => {
    const item = await w.article()
    const octets =
      `DELETE ${item.path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${KEYS.ann}\r\n` +
      `${'A: b\r\n'.repeat(2_100)}If-Match: "stale"\r\n\r\n`
    expect((await w.raw(octets)).status).toBe(412)
    expect(await tagOf(w, item)).toBe(item.etag)
  },
  '9110 §13.1.1 If-Match: * needs something to be there': async (w) => {
    const sent = { as: KEYS.ann, content: { text: 'x' }, fields: { 'If-Match': '*' } }
    expect((await w.ask('PUT', '/pages/not-there', sent)).status).toBe(412)
    expect((await w.ask('GET', '/pages/not-there')).status).toBe(404)
    expect((await write(w, await w.article(), 'PATCH', { 'If-Match': '*' })).status).toBe(200)
    // What has no version can be there all the same; what nobody can look at is not.
    const post = { as: KEYS.ann, content: { title: 'A', body: 'Text' }, fields: { 'If-Match': '*' } }
    expect((await w.ask('POST', '/articles', post)).status).toBe(201)
    expect((await w.ask('GET', '/things/here', { fields: post.fields })).status).toBe(200)
    expect((await w.ask('POST', '/reports', { content: { about: 'known' }, fields: post.fields })).status).toBe(412)
  },
  '9110 §13.1.2 If-None-Match is compared weakly': async (w) => {
    const { path, etag } = await w.article()
    for (const tags of [`W/${etag}`, `"a", W/${etag}`, `, ${etag},,`])
      expect((await w.ask('GET', path, { fields: { 'If-None-Match': tags } })).status).toBe(304)
  },
  '9110 §13.1.2 the current tag is a 304, for HEAD too': async (w) => {
    const { path, etag } = await w.article()
    for (const method of ['GET', 'HEAD'])
      for (const tag of [etag, '*'])
        expect((await w.ask(method, path, { fields: { 'If-None-Match': tag } })).status).toBe(304)
    const list = await w.ask('GET', '/articles')
    const fields = { 'If-None-Match': list.fields['etag'] ?? '' }
    expect((await w.ask('GET', '/articles', { fields })).status).toBe(304)
    // Of what has no version nobody knows a tag.
    const thing = async (tag: string) =>
      (await w.ask('GET', '/things/here', { fields: { 'If-None-Match': tag } })).status
    expect([await thing('"x"'), await thing('*')]).toEqual([200, 304])
  },
  '9110 §13.1.2 for other methods it is 412, and nothing is done': async (w) => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const item = await w.article()
      for (const tag of ['*', item.etag])
        expect((await write(w, item, method, { 'If-None-Match': tag })).status).toBe(412)
      expect(await tagOf(w, item)).toBe(item.etag)
    }
    // Of a POST to a list it is the list that is there.
    const post = async (tag: string) => {
      const sent = { as: KEYS.ann, content: { title: 'A', body: 'Text' }, fields: { 'If-None-Match': tag } }
      return (await w.ask('POST', '/articles', sent)).status
    }
    const before = (await w.ask('GET', '/articles')).fields['etag']
    expect(await post('*')).toBe(412)
    expect((await w.ask('GET', '/articles')).fields['etag']).toBe(before)
    expect(await post('"x"')).toBe(201)
    const report = { content: { about: 'known' }, fields: { 'If-None-Match': '*' } }
    expect((await w.ask('POST', '/reports', report)).status).toBe(303)
  },
  '9110 §13.1.3 If-Modified-Since is ignored beside If-None-Match': async (w) => {
    const { path } = await w.article()
    const fields = { 'If-None-Match': '"other"', 'If-Modified-Since': FUTURE }
    expect((await w.ask('GET', path, { fields })).status).toBe(200)
  },
  '9110 §13.1.3 If-Modified-Since is ignored when it is no date, a list, or with other methods': async (w) => {
    const item = await w.article()
    const { path, lastModified } = item
    for (const value of ['yesterday', '1', '2055-11-07', `${lastModified}, ${lastModified}`])
      expect((await w.ask('GET', path, { fields: { 'If-Modified-Since': value } })).status, `${value}`).toBe(200)
    const line = `If-Modified-Since: ${lastModified}\r\n`
    const twice = await w.raw(`GET ${path} HTTP/1.1\r\nHost: x\r\n${line}${line}\r\n`)
    expect(twice.status).toBe(200)
    expect((await write(w, item, 'PATCH', { 'If-Modified-Since': FUTURE })).status).toBe(200)
  },
  '9110 §13.1.3 If-Modified-Since is judged before anything is done': async (w) => {
    const { path, lastModified } = await w.article()
    for (const method of ['GET', 'HEAD']) {
      expect((await w.ask(method, path, { fields: { 'If-Modified-Since': lastModified } })).status).toBe(304)
      expect((await w.ask(method, path, { fields: { 'If-Modified-Since': PAST } })).status).toBe(200)
    }
  },
  '9110 §13.1.3 a 304 has what a cache needs and no more': async (w) => {
    const { path, lastModified } = await w.article()
    const { lines } = await w.ask('GET', path, { fields: { 'If-Modified-Since': lastModified } })
    const names = lines.map(([name]) => name).toSorted()
    expect(names).toEqual(['Cache-Control', 'Connection', 'Date', 'ETag', 'Keep-Alive', 'Vary'])
  },
  '9110 §13.1.4 If-Unmodified-Since is judged before anything is done': async (w) => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const item = await w.article()
      expect((await write(w, item, method, { 'If-Unmodified-Since': PAST })).status).toBe(412)
      expect(await tagOf(w, item)).toBe(item.etag)
      const { status } = await write(w, item, method, { 'If-Unmodified-Since': item.lastModified })
      expect([200, 204]).toContain(status)
    }
  },
  '9110 §13.2.1 preconditions come after who may, and before the content': async (w) => {
    const { path } = await w.article()
    const fields = { 'If-Match': '"stale"' }
    const patch = (sent: Sent) => w.ask('PATCH', path, { fields, content: { title: 'A' }, ...sent })
    expect((await patch({})).status).toBe(401)
    expect((await patch({ as: KEYS.bob })).status).toBe(403)
    expect((await patch({ as: KEYS.ann })).status).toBe(412)
    expect((await patch({ as: KEYS.ann, content: '{' })).status).toBe(412)
    const text = { as: KEYS.ann, content: 'x', fields: { ...fields, 'Content-Type': 'text/plain' } }
    expect((await patch(text)).status).toBe(415)
  },
  '9110 §13.2.1 preconditions are ignored where the answer is another': async (w) => {
    const fields = { 'If-None-Match': '*', 'If-Match': '"x"' }
    expect((await w.ask('GET', '/articles/none', { fields })).status).toBe(404)
    expect((await w.ask('GET', '/posts/1', { fields })).status).toBe(308)
    expect((await w.ask('GET', '/users', { as: KEYS.ann, fields })).status).toBe(403)
    expect((await w.ask('OPTIONS', '/articles', { fields })).status).toBe(204)
  },
  '9110 §13.2.2 the order, over all combinations': async (w) => {
    const item = await w.article()
    const { path, etag, lastModified } = item
    const values = {
      'If-Match': [undefined, etag, '"x"'],
      'If-Unmodified-Since': [undefined, FUTURE, PAST],
      'If-None-Match': [undefined, '"x"', etag],
      'If-Modified-Since': [undefined, PAST, lastModified],
    }
    for (const match of values['If-Match'])
      for (const unmodified of values['If-Unmodified-Since'])
        for (const none of values['If-None-Match'])
          for (const modified of values['If-Modified-Since']) {
            const fields = given({
              'If-Match': match,
              'If-Unmodified-Since': unmodified,
              'If-None-Match': none,
              'If-Modified-Since': modified,
            })
            const first = match === '"x"' || (match === undefined && unmodified === PAST)
            const second = none === undefined ? modified === lastModified : none === etag
            const read = await w.ask('GET', path, { fields })
            expect(read.status, `${JSON.stringify(fields)}`).toBe(first ? 412 : second ? 304 : 200)
            // An empty patch changes nothing, so the tag stays.
            const written = await w.ask('PATCH', path, { as: KEYS.ann, content: {}, fields })
            expect(written.status, `${JSON.stringify(fields)}`).toBe(first || none === etag ? 412 : 200)
          }
  },
  '9110 §14.2 Range is ignored, with every method': async (w) => {
    const item = await w.article()
    const fields = { Range: 'bytes=0-3', 'If-Range': item.etag }
    const [plain, ranged] = [await w.ask('GET', item.path), await w.ask('GET', item.path, { fields })]
    expect([ranged.status, ranged.content]).toEqual([200, plain.content])
    expect((await w.ask('HEAD', item.path, { fields })).status).toBe(200)
    expect((await write(w, item, 'PUT', fields)).status).toBe(200)
    for (const { response } of await crawl(w)) expect(NEVER).not.toContain(response.status)
  },
  '9110 §14.5 PUT with Content-Range is 400': async (w) => {
    const item = await w.article()
    expect((await write(w, item, 'PUT', { 'Content-Range': 'bytes 0-9/100' })).status).toBe(400)
    expect(await tagOf(w, item)).toBe(item.etag)
  },
}

/** A write of Ann's that would change the item. */
function write(
  w: World,
  { path }: Item,
  method: string,
  fields: Readonly<Record<string, string>>,
): Promise<WireResponse> {
  const content = { PUT: { title: 'Put', body: 'Put' }, PATCH: { title: 'Patched' } }[method]
  return w.ask(method, path, { as: KEYS.ann, fields, ...(content !== undefined && { content }) })
}

async function tagOf(w: World, { path }: Item): Promise<string | undefined> {
  return (await w.ask('GET', path)).fields['etag']
}

function given(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined))
}
