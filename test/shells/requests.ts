/** What both shells are asked, in this order: each request with the status it gives. */

import type { Case } from './request.ts'

const text = (words: string) => JSON.stringify({ text: words })
const put = { method: 'PUT', target: '/notes/1', as: 'ann' } as const
const post = { method: 'POST', target: '/notes', as: 'ann' } as const

export const CASES: readonly (readonly [title: string, request: Case])[] = [
  // ── the connection ──
  ['a target of 8,000 octets is no problem', { method: 'GET', target: `/${'a'.repeat(8000)}`, gives: 404 }],
  ['RFC 9110 §15.5.15: a target that is too long', { method: 'GET', target: `/${'a'.repeat(8192)}`, gives: 414 }],
  [
    'RFC 6585 §5: fields that are too large',
    { method: 'GET', target: '/notes', fields: { 'X-Much': 'x'.repeat(17_000) }, gives: 431 },
  ],
  ...['abc', '+2', '2, 2', '0x2', '-1', '1e1', ''].map((length): readonly [string, Case] => [
    `RFC 9112 §6.3: the length ${JSON.stringify(length)} is none`,
    { method: 'GET', target: '/notes', fields: { 'Content-Length': length }, gives: 400 },
  ]),
  ['RFC 9110 §15.6.2: a method that nobody knows', { method: 'BREW', target: '/notes', gives: 501 }],
  ['RFC 9110 §15.5.20: another authority', { method: 'GET', target: '/notes', host: 'other.example', gives: 421 }],
  // ── the target ──
  ['an unknown path', { method: 'GET', target: '/nothing?at=all', gives: 404 }],
  ['RFC 3986 §6.2.2.2: unreserved characters, escaped', { method: 'GET', target: '/%6Eotes/%31', gives: 200 }],
  ['a variable without its form', { method: 'GET', target: '/notes/123456789', gives: 404 }],
  ['RFC 9110 §15.4.9: a former address', { method: 'GET', target: '/posts/1?a=b', gives: 308 }],
  ['RFC 9110 §15.4.8: another address at present', { method: 'POST', target: '/memos/1', content: '{}', gives: 307 }],
  ['RFC 9110 §15.5.11: a former resource', { method: 'GET', target: '/slips', gives: 410 }],
  ['RFC 9110 §15.5.6: a method it does not have', { method: 'PATCH', target: '/notes', content: '{}', gives: 405 }],
  ['RFC 9110 §9.3.7: OPTIONS', { method: 'OPTIONS', target: '/notes', gives: 204 }],
  [
    'Fetch §3.2.2: a preflight',
    {
      method: 'OPTIONS',
      target: '/notes',
      fields: { Origin: 'https://app.example', 'Access-Control-Request-Method': 'POST' },
      gives: 204,
    },
  ],
  [
    'Fetch §3.2.2: a preflight of an origin that was not declared',
    {
      method: 'OPTIONS',
      target: '/notes',
      fields: {
        Origin: 'https://evil.example',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'x-anything',
      },
      gives: 204,
    },
  ],
  [
    'Fetch §3.2.3: another origin may read',
    { method: 'GET', target: '/notes', fields: { Origin: 'https://app.example' }, gives: 200 },
  ],
  // ── the caller ──
  ['RFC 9110 §15.5.2: nobody', { method: 'POST', target: '/notes', content: text('a'), gives: 401 }],
  ['RFC 9110 §15.5.2: unknown credentials', { method: 'GET', target: '/notes', as: 'nobody', gives: 401 }],
  ['RFC 9110 §15.5.4: not this caller', { method: 'GET', target: '/users', as: 'ann', gives: 403 }],
  ['who is asking', { method: 'GET', target: '/session', gives: 401 }],
  // ── the head ──
  [
    'RFC 9110 §10.1.1: another expectation',
    { ...post, fields: { Expect: 'miracles' }, content: text('a'), gives: 417 },
  ],
  ['an unknown parameter of the query', { method: 'GET', target: '/notes?page=2', gives: 400 }],
  ['a query that does not decode', { method: 'GET', target: '/notes?part=%ff', gives: 400 }],
  ['a good query', { method: 'GET', target: '/notes?part=text', gives: 200 }],
  [
    'RFC 9110 §15.5.7: nothing acceptable',
    { method: 'GET', target: '/notes', fields: { Accept: 'image/png' }, gives: 406 },
  ],
  ['a page for a browser', { method: 'GET', target: '/nothing', fields: { Accept: 'text/html' }, gives: 404 }],
  ['the index as a page', { method: 'GET', target: '/', fields: { Accept: 'text/html' }, gives: 200 }],
  ['an entity tag that is none', { method: 'GET', target: '/notes/1', fields: { 'If-None-Match': 'v1' }, gives: 400 }],
  [
    'RFC 9110 §15.5.16: a content coding',
    { ...post, fields: { 'Content-Encoding': 'gzip' }, content: 'x', gives: 415 },
  ],
  [
    'RFC 9110 §15.5.16: another media type',
    { ...post, fields: { 'Content-Type': 'text/csv' }, content: 'x', gives: 415 },
  ],
  [
    'RFC 9110 §14.5: part of a representation',
    { ...put, fields: { 'Content-Range': 'bytes 0-1/5' }, content: '{}', gives: 400 },
  ],
  // ── the item ──
  ['a representation', { method: 'GET', target: '/notes/1', gives: 200 }],
  ['RFC 9110 §9.3.2: HEAD', { method: 'HEAD', target: '/notes/1', gives: 200 }],
  ['HEAD of what is not there', { method: 'HEAD', target: '/notes/9', gives: 404 }],
  [
    'RFC 9110 §15.4.5: the same tag',
    { method: 'GET', target: '/notes/1', fields: { 'If-None-Match': '"v1"' }, gives: 304 },
  ],
  [
    'RFC 9110 §13.1.3: unchanged since',
    {
      method: 'HEAD',
      target: '/notes/1',
      fields: { 'If-Modified-Since': 'Fri, 01 Jun 2029 00:00:01 GMT' },
      gives: 304,
    },
  ],
  ['an item that is not there', { method: 'GET', target: '/notes/9', gives: 404 }],
  ['an item that is gone', { method: 'GET', target: '/notes/burnt', gives: 410 }],
  ['an item that moved', { method: 'GET', target: '/notes/zero', gives: 308 }],
  ['RFC 6585 §3: which version is not said', { ...put, content: text('a'), gives: 428 }],
  ['RFC 9110 §15.5.13: another version', { ...put, fields: { 'If-Match': '"v0"' }, content: text('a'), gives: 412 }],
  // ── the content ──
  ['no content', { ...post, gives: 400 }],
  ['content without its type', { ...post, fields: { 'Content-Type': '' }, content: text('a'), gives: 415 }],
  ['content that is no JSON', { ...post, content: '{"text":', gives: 400 }],
  ['content that is no UTF-8', { ...post, content: Buffer.from([0x22, 0xff, 0x22]), gives: 400 }],
  ['content that does not fit', { ...post, content: text('more than twenty characters'), gives: 400 }],
  ['content in pieces', { ...post, content: ['{"te', 'xt":"pie', 'ces"}'], gives: 201 }],
  ['RFC 9110 §15.5.14: content that is announced as too large', { ...post, content: 'x'.repeat(2001), gives: 413 }],
  ['content that turns out too large', { ...post, content: ['x'.repeat(1500), 'x'.repeat(1500)], gives: 413 }],
  ['RFC 9110 §15.5.9: content that does not come', { ...post, content: '{"text":', stalls: true, gives: 408 }],
  [
    'RFC 9110 §15.2.1: content after leave is given',
    { ...post, fields: { Expect: '100-continue' }, content: text('b'), gives: 201 },
  ],
  // ── the outcome ──
  ['RFC 9110 §15.3.2: created', { ...post, fields: { 'Idempotency-Key': '"k1"' }, content: text('c'), gives: 201 }],
  ['the first answer again', { ...post, fields: { 'Idempotency-Key': '"k1"' }, content: text('c'), gives: 201 }],
  [
    'other content with the same key',
    { ...post, fields: { 'Idempotency-Key': '"k1"' }, content: text('d'), gives: 422 },
  ],
  ['RFC 9110 §15.5.10: taken', { ...post, content: text('c'), gives: 409 }],
  ['created, minimally', { ...post, fields: { Prefer: 'return=minimal' }, content: text('e'), gives: 201 }],
  ['RFC 9110 §15.3.3: accepted', { method: 'POST', target: '/errands', content: '{"how":"later"}', gives: 202 }],
  [
    'RFC 9110 §15.4.4: to be seen elsewhere',
    { method: 'POST', target: '/errands', content: '{"how":"elsewhere"}', gives: 303 },
  ],
  ['changed', { ...put, fields: { 'If-Match': '"v1"' }, content: text('z'), gives: 200 }],
  [
    'changed, minimally',
    { ...put, fields: { 'If-Match': '"v2"', Prefer: 'return=minimal' }, content: text('y'), gives: 204 },
  ],
  ['deleted', { method: 'DELETE', target: '/notes/1', as: 'root', fields: { 'If-Match': '*' }, gives: 204 }],
  // ── faults ──
  ['RFC 9110 §15.6.1: thrown', { method: 'GET', target: '/faults/throws', gives: 500 }],
  ['thrown, to HEAD', { method: 'HEAD', target: '/faults/throws', gives: 500 }],
  ['RFC 9110 §15.6.3: a bad answer from elsewhere', { method: 'GET', target: '/faults/upstream', gives: 502 }],
  ['RFC 9110 §15.6.4: something is down', { method: 'GET', target: '/faults/down', gives: 503 }],
  ['RFC 9110 §15.6.5: no answer from elsewhere', { method: 'GET', target: '/faults/slow', gives: 504 }],
  // ── the server itself ──
  ['alive', { method: 'GET', target: '/livez', gives: 200 }],
  ['ready', { method: 'GET', target: '/readyz', gives: 200 }],
  ['described', { method: 'GET', target: '/openapi.json', gives: 200 }],
]
