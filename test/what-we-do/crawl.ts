/** Every kind of answer the open API gives, for the rules that hold of all of them. */
import { format, raw, type Sent, type WireResponse } from '../wire.ts'
import { KEYS, PASSWORD } from './api.ts'
import type { World } from './world.ts'

interface Seen {
  readonly method: string
  readonly target: string
  readonly response: WireResponse
}

const crawled = new WeakMap<World, Promise<readonly Seen[]>>()

/** About ninety requests, sent once for all cases. */
export function crawl(w: World): Promise<readonly Seen[]> {
  const known = crawled.get(w) ?? visit(w)
  crawled.set(w, known)
  return known
}

/** Answers with problem details as their content. */
export async function problems(w: World): Promise<readonly (Seen & { problem: Record<string, unknown> })[]> {
  const seen = await crawl(w)
  return seen
    .filter(({ response }) => response.fields['content-type'] === 'application/problem+json' && response.content !== '')
    .map((one) => ({ ...one, problem: one.response.json() }))
}

type Request = readonly [method: string, target: string, sent?: Sent]

async function visit(w: World): Promise<readonly Seen[]> {
  const { path, etag, lastModified } = await w.article({ slug: 'crawled' })
  const taken = await w.article()
  const seen: Seen[] = []
  const paths = ['/', '/openapi.json', '/livez', '/readyz', '/articles', '/articles?limit=1', path, '/things/here']
  const others = ['/users', '/session', '/keys', '/nowhere', '/posts/1', '/entries', '/latest', '/guestbook']
  const things = ['/things/gone', '/things/moved', '/things/away', '/things/none', '/articles/none', '/articles?x=1']
  const fails = ['bug', 'unavailable', 'badUpstream', 'upstreamTimeout'].map((how) => `/fails/${how}`)
  const requests: Request[] = [
    ...[...paths, ...others, ...things, ...fails].flatMap((target): Request[] => [
      ['GET', target],
      ['HEAD', target],
      ['OPTIONS', target],
    ]),
    ...['/users', '/session', '/keys', path].map((target): Request => ['GET', target, { as: KEYS.admin }]),
    ['GET', '/users', { as: 'unknown' }],
    ['GET', '/users', { as: KEYS.ann }],
    ['GET', '/', { fields: { Accept: 'text/html' } }],
    ['GET', '/nowhere', { fields: { Accept: 'text/html' } }],
    ['GET', path, { fields: { 'If-None-Match': etag } }],
    ['GET', path, { fields: { 'If-Modified-Since': lastModified } }],
    ['GET', path, { fields: { Accept: 'image/png' } }],
    ['GET', path, { fields: { Range: 'bytes=0-1' } }],
    ['GET', path, { fields: { Upgrade: 'websocket', Connection: 'Upgrade' } }],
    ['GET', '/', { fields: { 'X-Big': 'x'.repeat(20_000) } }],
    ['GET', `/${'x'.repeat(9_000)}`],
    ['GET', '/', { fields: { Expect: '200-maybe' } }],
    ['OPTIONS', '*'],
    ['BREW', '/articles'],
    ['TRACE', '/articles'],
    ['QUERY', '/articles'],
    ['DELETE', '/articles', { as: KEYS.ann }],
    ['PUT', path, { as: KEYS.ann, content: { title: 'A', body: 'B' }, fields: { 'If-Match': '"old"' } }],
    ['PUT', path, { as: KEYS.bob, content: { title: 'A', body: 'B' } }],
    ['PUT', path, { as: KEYS.ann, content: { title: 'A', body: 'B' } }],
    ['PATCH', path, { as: KEYS.ann, content: { title: 'C' } }],
    ['PATCH', path, { as: KEYS.ann, content: { title: 'D' }, fields: { Prefer: 'return=minimal' } }],
    ['PATCH', path, { as: KEYS.ann, content: '{' }],
    ['PATCH', path, { as: KEYS.ann, content: 'x', fields: { 'Content-Type': 'text/plain' } }],
    ['POST', '/articles', { as: KEYS.ann, content: {} }],
    ['POST', '/articles', { as: KEYS.ann, content: 'x', fields: { 'Content-Encoding': 'gzip' } }],
    ['POST', '/articles', { as: KEYS.ann, content: 'x', fields: { 'Content-Length': '2000000' } }],
    ['POST', '/articles', { as: KEYS.ann, content: { title: 'A', body: 'B' } }],
    ['POST', '/articles', { content: { title: 'A', body: 'B' } }],
    ['POST', '/users', { content: { email: 'ann@example.org', username: 'someone' } }],
    ['POST', '/session', { content: { email: 'ann@example.org', password: PASSWORD } }],
    ['POST', '/session', { content: { email: 'ann@example.org', password: 'wrong words' } }],
    ['POST', '/keys', { as: KEYS.ann, content: { label: 'crawl' } }],
    ['POST', '/reports', { content: { about: 'later' } }],
    ['POST', '/reports', { content: { about: 'known' } }],
    ['POST', '/slow', { content: { ms: 0 } }],
    ['PUT', '/pages/crawled', { as: KEYS.ann, content: { text: 'new' } }],
    ['PUT', '/guarded/none', { content: { text: 'new' } }],
    ['POST', `${path}/publish`, { as: KEYS.ann }],
    ['POST', `${path}/publish`, { as: KEYS.ann }],
    ['DELETE', taken.path, { as: KEYS.ann }],
    ['DELETE', taken.path, { as: KEYS.ann }],
  ]
  for (const [method, target, sent = {}] of requests) {
    const response = await raw(w.port, format(method, target, sent), { toHead: method === 'HEAD' })
    seen.push({ method, target, response })
  }
  return seen
}
