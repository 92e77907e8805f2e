/** Who is asking, and the rest of the head: RFC 9110 §11, §10.1.1, §8. */
import type { Ask, Scenario } from '../scenario.ts'

const PROBLEM = { 'Content-Type': 'application/problem+json' } as const
const JSON_TYPE = { 'Content-Type': 'application/json' } as const
const TITLE = { title: 'A book' } as const
const BOOK: Ask = ['POST', '/books', { as: 'bob', content: TITLE }]

export const CALLER: readonly Scenario[] = [
  {
    title: 'credentials that nobody has, where none are asked for (RFC 9110 §15.5.2)',
    api: 'library',
    ask: ['GET', '/books', { as: 'nobody' }],
    status: 401,
    fields: { ...PROBLEM, 'WWW-Authenticate': 'error="invalid_token"' },
  },
  {
    title: 'credentials that are right (RFC 9110 §11.6.2)',
    api: 'library',
    ask: ['GET', '/books', { as: 'bob' }],
    status: 200,
  },
  {
    title: 'no credentials where they are asked for (RFC 9110 §15.5.2)',
    api: 'library',
    ask: ['GET', '/clock'],
    status: 401,
    fields: { ...PROBLEM, 'WWW-Authenticate': 'Bearer realm=' },
  },
  {
    title: 'whoever is signed in may (RFC 9110 §15.3.1)',
    api: 'library',
    ask: ['GET', '/clock', { as: 'bob' }],
    status: 200,
  },
  {
    title: 'a role that may not (RFC 9110 §15.5.4)',
    api: 'library',
    ask: ['GET', '/users', { as: 'bob' }],
    status: 403,
    fields: PROBLEM,
  },
  {
    title: 'a role that may, and expects too much (RFC 9110 §15.5.18)',
    api: 'library',
    ask: ['GET', '/users', { as: 'root', fields: { Expect: 'miracles' } }],
    status: 417,
  },
  {
    title: 'a known caller, where a database that is away has no status of its own (RFC 9110 §15.3.1)',
    api: 'strict',
    ask: ['GET', '/users', { as: 'bob', fields: { Host: 'strict.example' } }],
    status: 200,
  },
  { title: 'a role that may (RFC 9110 §15.3.1)', api: 'library', ask: ['GET', '/users', { as: 'root' }], status: 200 },
]

export const HEAD: readonly Scenario[] = [
  {
    title: 'an expectation that cannot be met (RFC 9110 §15.5.18)',
    api: 'library',
    ask: ['GET', '/books', { fields: { Expect: 'miracles' } }],
    status: 417,
    fields: PROBLEM,
  },
  {
    title: 'leave to send the content (RFC 9110 §10.1.1)',
    api: 'plain',
    ask: ['POST', '/echo', { fields: { Expect: '100-continue' }, content: { say: 'x' } }],
    status: 200,
    interim: [100],
  },
  {
    title: 'a query parameter that is not known (RFC 9110 §15.5.1)',
    api: 'library',
    ask: ['GET', '/books?colour=red'],
    status: 400,
    fields: PROBLEM,
    content: '"parameter":"colour"',
  },
  {
    title: 'If-Match that is no list of tags (RFC 9110 §13.1.1)',
    api: 'library',
    ask: ['GET', '/books', { fields: { 'If-Match': 'abc' } }],
    status: 400,
    fields: PROBLEM,
  },
  {
    title: 'If-None-Match that is no list of tags (RFC 9110 §13.1.2)',
    api: 'library',
    ask: ['GET', '/books', { fields: { 'If-None-Match': 'abc' } }],
    status: 400,
  },
  {
    title: 'both well formed (RFC 9110 §13.2.2)',
    api: 'library',
    ask: ['GET', '/rooms/1', { fields: { 'If-Match': '"r1"', 'If-None-Match': '"r2"' } }],
    status: 200,
  },
  {
    title: 'Idempotency-Key that is no string (Idempotency-Key §2.1)',
    api: 'library',
    ask: ['POST', '/books', { as: 'bob', fields: { 'Idempotency-Key': '"abc' }, content: TITLE }],
    status: 400,
    fields: PROBLEM,
  },
  {
    title: 'Idempotency-Key that nobody has used (Idempotency-Key §2.6)',
    api: 'library',
    ask: ['POST', '/books', { as: 'bob', fields: { 'Idempotency-Key': '"new-{n}"' }, content: TITLE }],
    status: 201,
    fields: { Location: '/books/', ETag: true },
  },
  {
    title: 'content that is announced too long (RFC 9110 §15.5.14)',
    api: 'library',
    ask: ['POST', '/books', { as: 'bob', fields: { 'Content-Length': '2000000' }, content: TITLE }],
    status: 413,
    fields: { ...PROBLEM, Connection: 'close' },
  },
  {
    title: 'content with a coding (RFC 9110 §15.5.16)',
    api: 'library',
    ask: ['POST', '/books', { as: 'bob', fields: { 'Content-Encoding': 'gzip' }, content: TITLE }],
    status: 415,
    fields: { 'Accept-Encoding': 'identity' },
  },
  {
    title: 'content with the coding that is none (RFC 9110 §8.4)',
    api: 'library',
    ask: ['POST', '/books', { as: 'bob', fields: { 'Content-Encoding': 'identity' }, content: TITLE }],
    status: 201,
  },
  {
    title: 'content of no stated type (RFC 9110 §8.3)',
    api: 'library',
    ask: 'POST /books HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer bob\r\nContent-Length: 2\r\n\r\n{}',
    status: 415,
    fields: { 'Accept-Post': 'application/json' },
  },
  {
    title: 'content of a type that is not taken (RFC 9110 §15.5.16, RFC 5789 §2.2)',
    api: 'library',
    given: [['POST', '/books', { as: 'bob', content: TITLE }]],
    ask: ['PATCH', '/books/{id}', { as: 'bob', fields: { 'Content-Type': 'text/plain' }, content: 'x' }],
    status: 415,
    fields: { 'Accept-Patch': 'application/merge-patch+json' },
  },
  {
    title: 'neither content nor its type (RFC 9110 §6.4)',
    api: 'library',
    ask: ['POST', '/books', { as: 'bob' }],
    status: 400,
    fields: PROBLEM,
  },
  {
    title: 'a PUT of a part (RFC 9110 §14.5)',
    api: 'library',
    given: [['POST', '/books', { as: 'bob', content: TITLE }]],
    ask: ['PUT', '/books/{id}', { as: 'bob', fields: { 'Content-Range': 'bytes 0-5/9' }, content: TITLE }],
    status: 400,
    fields: PROBLEM,
  },
  {
    title: 'content where none is asked for (RFC 9110 §9.3.1)',
    api: 'library',
    ask: ['GET', '/clock', { as: 'bob', fields: JSON_TYPE, content: 'whatever' }],
    status: 200,
  },
  {
    title: 'leave is asked for, and the query is wrong (RFC 9110 §15.5.1)',
    api: 'library',
    ask: ['GET', '/books?colour=red', { fields: { Expect: '100-continue' } }],
    status: 400,
  },
  {
    title: 'If-Match well formed and If-None-Match not (RFC 9110 §13.1.2)',
    api: 'library',
    ask: ['GET', '/books', { fields: { 'If-Match': '*', 'If-None-Match': 'abc' } }],
    status: 400,
  },
  {
    title: 'Idempotency-Key that is no string, of an action on an item (Idempotency-Key §2.1)',
    api: 'library',
    given: [BOOK],
    ask: ['POST', '/books/{id}/order', { as: 'bob', fields: { 'Idempotency-Key': '"abc' }, content: { copies: 1 } }],
    status: 400,
  },
  {
    title: 'Idempotency-Key that is no string, beside a tag (Idempotency-Key §2.1)',
    api: 'library',
    given: [BOOK],
    ask: [
      'POST',
      '/books/{id}/order',
      { as: 'bob', fields: { 'If-None-Match': '"abc"', 'Idempotency-Key': '"abc' }, content: { copies: 1 } },
    ],
    status: 400,
  },
  {
    title: 'Idempotency-Key, and content that is announced too long (RFC 9110 §15.5.14)',
    api: 'library',
    ask: [
      'POST',
      '/books',
      { as: 'bob', fields: { 'Idempotency-Key': '"long-{n}"', 'Content-Length': '2000000' }, content: TITLE },
    ],
    status: 413,
  },
  {
    title: 'content of a PATCH that is announced too long (RFC 9110 §15.5.14)',
    api: 'library',
    ask: ['PATCH', '/rooms/1', { as: 'root', fields: { 'Content-Length': '2000000' }, content: '{' }],
    status: 413,
  },
  {
    title: 'content in chunks with a coding (RFC 9110 §15.5.16)',
    api: 'plain',
    ask: 'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{"say":"one"}\r\n0\r\n\r\n',
    status: 415,
  },
  {
    title: 'content without a coding, as it says, and of no stated type (RFC 9110 §8.3)',
    api: 'plain',
    ask: 'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: identity\r\nContent-Length: 13\r\n\r\n{"say":"one"}',
    status: 415,
  },
  {
    title: 'a PUT of a part of no stated type (RFC 9110 §14.5)',
    api: 'library',
    ask: 'PUT /rooms/1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer bob\r\nContent-Range: bytes 0-5/9\r\n\r\n',
    status: 400,
    content: 'Content-Range',
  },
]
