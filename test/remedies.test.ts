/**
 * L17 "Why not 200?" is kept: each change that the explorer offers as ready is sent, and gets what its sentence promised.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { ExplainedExchange, WhyNot } from '../src/rules/index.ts'
import {
  apiKeys,
  changed,
  collection,
  conflict,
  defineApi,
  gone,
  invalid,
  moved,
  owner,
  password,
  readOnly,
  resource,
  setBy,
  Unavailable,
  unique,
} from '../src/server/index.ts'
import { type Draft, EMPTY, fieldsOf } from '../web/api/draft.ts'
import { type Change, changesFor } from '../web/api/remedy.ts'
import { KEYS, start, type Started } from './start.ts'
import { send, type WireResponse } from './wire.ts'

const users = collection(
  {
    email: unique(z.email()),
    username: unique(z.string().min(3).max(12)),
    role: setBy('admin', z.enum(['basic', 'admin']).default('basic')),
  },
  { allow: { create: 'anyone', list: 'admin', read: ['self', 'admin'], update: ['self', 'admin'], delete: 'admin' } },
)
const articles = collection(
  {
    title: z.string().min(1).max(20),
    slug: unique(z.string().max(12).optional()),
    state: readOnly(z.enum(['draft', 'out']).default('draft')),
    authorId: owner('users', { onDelete: 'restrict' }),
  },
  {
    allow: {
      list: 'anyone',
      read: 'anyone',
      create: 'signedIn',
      update: ['owner', 'admin'],
      delete: ['owner', 'admin'],
    },
    list: { filter: ['authorId'], sort: ['title'] },
    actions: {
      publish: {
        input: z.object({ at: z.string() }),
        allow: ['owner', 'admin'],
        outcomes: ['changed', 'invalid', 'conflict'],
        perform: ({ input }) => {
          if (input.at === 'never') return invalid([{ pointer: '/at', detail: 'That is no time.', code: 'time' }])
          if (input.at === 'then') return conflict([{ detail: 'It is too late.', code: 'late' }])
          return changed({ state: 'out' })
        },
      },
    },
  },
)
/** Nothing is written there but by who says what it has read. */
const drafts = collection(
  { text: z.string() },
  { allow: { create: 'anyone', read: 'anyone', update: 'anyone' }, concurrency: 'required', putCreates: true },
)
let failures = 0
const rates = resource('/rates', {
  allow: { get: 'anyone' },
  get: () => {
    if (failures-- > 0) throw new Unavailable('not yet', { retryAfter: 1 })
    return { euro: 1 }
  },
})
const broken = resource('/broken', {
  allow: { get: 'anyone' },
  get: () => {
    throw new Error('a bug')
  },
})
const api = defineApi(
  {
    users,
    articles,
    drafts,
    rates,
    broken,
    old: moved('/old/{id}', '/articles/{id}'),
    older: moved('/older', '/articles', { as: 'old' }),
    ages: gone('/ages/{id}'),
  },
  {
    accounts: { in: 'users', role: 'role', login: 'email' },
    auth: [password(), apiKeys()],
    seed: {
      users: [
        { email: 'basic@example.com', username: 'basic', role: 'basic', key: KEYS.basic },
        { email: 'admin@example.com', username: 'admin', role: 'admin', key: KEYS.admin },
      ],
    },
  },
)

let server: Started
let article = ''
let tag = ''
let draft = ''
let basic = ''
let admin = ''
beforeAll(async () => {
  server = await start(api, { development: true })
  const made = await sent({ method: 'POST', path: '/articles', as: 'admin', content: '{"title":"one","slug":"one"}' })
  article = made.fields['location'] ?? ''
  tag = made.fields['etag'] ?? ''
  draft = (await sent({ method: 'POST', path: '/drafts', content: '{"text":"one"}' })).fields['location'] ?? ''
  basic = await accountOf('basic')
  admin = await accountOf('admin')
})
afterAll(() => server.stop())

function sent(parts: Partial<Draft>): Promise<WireResponse> {
  const whole = { ...EMPTY, ...parts }
  const fields = Object.fromEntries(fieldsOf(whole, KEYS))
  const content = whole.content === '' ? {} : { content: whole.content }
  return send(server.port, whole.method, whole.path, { fields, ...content })
}

async function accountOf(as: string): Promise<string> {
  return (await sent({ path: '/session', as })).json<{ account: { id: string } }>().account.id
}

interface Asked {
  readonly whyNot: WhyNot
  readonly changes: readonly Change[]
}

async function ask(parts: Partial<Draft>): Promise<Asked> {
  const { fields } = await sent(parts)
  const { content } = await send(server.port, 'GET', `/.tenfour/x/${fields['request-id']}`)
  const exchange = JSON.parse(content) as ExplainedExchange
  const { whyNot } = exchange
  if (whyNot === undefined) throw new Error(`it went well: ${exchange.status}`)
  return { whyNot, changes: changesFor(exchange, { ...EMPTY, ...parts }, KEYS) }
}

/** What is asked, the end of the sentence, and the changes that are offered ready to be sent. */
type Row = readonly [request: () => Partial<Draft>, fact: string, ready: readonly string[]]

const post = (path: string, content: string, more: Partial<Draft> = {}): Partial<Draft> => ({
  method: 'POST',
  path,
  content,
  ...more,
})
const put = (fields: string): Partial<Draft> => ({ method: 'PUT', path: draft, content: '{"text":"two"}', fields })

const ROWS: Readonly<Record<string, Row>> = {
  'RFC 9110 §15.4.5 304': [
    () => ({ path: article, fields: `If-None-Match: ${tag}` }),
    'If-None-Match did not name the current ETag',
    ['without If-None-Match'],
  ],
  'RFC 9110 §15.4.9 308, with a query': [
    () => ({ path: '/old/none?a=1' }),
    'it were asked at the new address',
    ['at /articles/none?a=1'],
  ],
  'RFC 9110 §15.5.1 400 a parameter that nobody knows': [
    () => ({ path: '/articles?bogus=1&limit=2' }),
    'bogus were left out',
    ['without ?bogus'],
  ],
  'RFC 9110 §15.5.1 400 a parameter that is wrong': [
    () => ({ path: '/articles?limit=x' }),
    'limit were right',
    ['without ?limit'],
  ],
  'RFC 9110 §15.5.1 400 a member that is missing': [
    () => post('/users', '{"email":"a@example.com"}'),
    '/username were there',
    ['with username'],
  ],
  'RFC 9110 §15.5.1 400 members wrong in four ways': [
    () => post('/articles', '{"slug":7,"state":"out","bogus":1}', { as: 'basic' }),
    '/title were there, /slug were right, and /state and /bogus were left out',
    ['with title, slug and without state, bogus'],
  ],
  'RFC 9110 §15.5.1 400 a member that perform found wrong': [
    () => post(`${article}/publish`, '{"at":"never"}', { as: 'admin' }),
    '/at were right',
    ['with at'],
  ],
  'RFC 9110 §15.5.1 400 a field that cannot be read': [
    () => ({ path: article, fields: 'If-None-Match: nonsense' }),
    'If-None-Match were * or a list of quoted entity tags',
    ['without If-None-Match'],
  ],
  'RFC 9110 §15.5.1 400 an If-Match that cannot be read, where one is needed': [
    () => put('If-Match: nonsense'),
    'If-Match were * or a list of quoted entity tags',
    [],
  ],
  'RFC 9110 §15.5.2 401': [() => ({ path: '/users' }), 'the caller were in the role admin', ['as admin']],
  'RFC 9110 §15.5.2 401 wrong credentials where none are needed': [
    () => ({ path: '/articles', fields: 'Authorization: Bearer nonsense' }),
    'the credentials were valid, or there were none',
    ['without Authorization', 'as basic', 'as admin'],
  ],
  'RFC 9110 §15.5.4 403 a class': [
    () => ({ path: '/users', as: 'basic' }),
    'the caller were in the role admin',
    ['as admin'],
  ],
  'RFC 9110 §15.5.4 403 an item': [
    () => ({ method: 'PATCH', path: article, as: 'basic', content: '{"title":"two"}' }),
    'the caller were the owner of the item or in the role admin',
    ['as admin'],
  ],
  'RFC 9110 §15.5.4 403 a member': [
    () => ({ method: 'PATCH', path: `/users/${basic}`, as: 'basic', content: '{"role":"admin"}' }),
    '/role were left out, or sent unchanged',
    ['without role'],
  ],
  'RFC 9110 §15.5.7 406': [
    () => ({ path: article, fields: 'Accept: image/png' }),
    'Accept allowed application/json',
    ['with Accept application/json', 'without Accept'],
  ],
  'RFC 9110 §15.5.6 405': [
    () => ({ method: 'PATCH', path: '/articles' }),
    'the method were GET, HEAD, POST or OPTIONS',
    ['with GET'],
  ],
  'RFC 9110 §15.5.10 409 a value that is taken': [
    () => post('/articles', '{"title":"two","slug":"one"}', { as: 'basic' }),
    '/slug were not taken',
    ['with slug'],
  ],
  'RFC 9110 §15.5.10 409 an item that others refer to': [
    () => ({ method: 'DELETE', path: `/users/${admin}`, as: 'admin' }),
    'nothing referred to it',
    [],
  ],
  'RFC 9110 §15.5.10 409 in words of the author': [
    () => post(`${article}/publish`, '{"at":"then"}', { as: 'admin' }),
    'the present state did not stand against the content',
    [],
  ],
  'RFC 9110 §15.5.13 412': [
    () => ({ method: 'PATCH', path: article, as: 'admin', content: '{}', fields: 'If-Match: "old"' }),
    'If-Match named the current ETag',
    ['with If-Match', 'without If-Match'],
  ],
  'RFC 9110 §15.5.13 412 where a condition is needed': [
    () => put('If-Match: "old"'),
    'If-Match named the current ETag',
    ['with If-Match'],
  ],
  'RFC 9110 §15.5.13 412 where there is nothing': [
    () => ({ ...put('If-Match: *'), path: '/drafts/new' }),
    'there were an ETag here for If-Match to name',
    [],
  ],
  'RFC 9110 §13.1.1 412 where there is no version': [
    () => post('/articles', '{"title":"two"}', { as: 'basic', fields: 'If-Match: "old"' }),
    'there were no If-Match, since nothing here has a version',
    ['without If-Match'],
  ],
  'RFC 9110 §13.1.1 412 where nothing can be looked at': [
    () => post('/drafts', '{"text":"two"}', { as: 'basic', fields: 'If-Match: *' }),
    'there were no If-Match, since nothing here has a representation',
    ['without If-Match'],
  ],
  'RFC 9110 §13.1.2 412 a list, where there is to be nothing': [
    () => post('/articles', '{"title":"two"}', { as: 'basic', fields: 'If-None-Match: *' }),
    'If-None-Match did not rule out what is under this address',
    ['without If-None-Match'],
  ],
  'RFC 9110 §15.5.1 400 an If-Match that cannot be read, where there is no version': [
    () => post('/articles', '{"title":"two"}', { as: 'basic', fields: 'If-Match: nonsense' }),
    'If-Match were * or a list of quoted entity tags',
    ['without If-Match'],
  ],
  'RFC 9110 §15.5.13 412 a date': [
    () => put('If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT'),
    'If-Unmodified-Since were not before the last change',
    ['with If-Unmodified-Since'],
  ],
  'RFC 9110 §15.5.16 415': [
    () => post('/articles', '{"title":"two"}', { as: 'basic', fields: 'Content-Type: text/plain' }),
    'the content were application/json',
    ['with Content-Type application/json'],
  ],
  'RFC 9110 §15.5.16 415 a coding': [
    () => post('/articles', '{"title":"two"}', { as: 'basic', fields: 'Content-Encoding: gzip' }),
    'the content had no content coding',
    ['without Content-Encoding'],
  ],
  'RFC 9110 §15.5.18 417': [
    () => ({ path: '/articles', fields: 'Expect: nonsense' }),
    'nothing but 100-continue were expected',
    ['without Expect'],
  ],
  'RFC 6585 §3 428': [() => put(''), 'it said in If-Match which version it means', ['with If-Match']],
  'RFC 9110 §15.6.4 503': [
    () => ((failures = 1), { path: '/rates' }),
    'everything this server depends on were within reach',
    ['again, in 1 s'],
  ],
}

describe('L17 each change gets what its sentence promised', () => {
  test.each(Object.entries(ROWS))('%s', async (_, [request, fact, ready]) => {
    const { whyNot, changes } = await ask(request())
    expect(whyNot.sentence).toBe(`${whyNot.sentence.split(' if ')[0]} if ${fact}.`)
    const offered = changes.filter((change) => change.ready)
    // The tag of now is told as well; which one it is, is of no interest here.
    expect(offered.map(({ label }) => label.replace(/ (?:"[^"]*"|\w{3}, \d\d .*GMT)$/, ''))).toEqual(ready)
    for (const { draft: changedDraft } of offered) {
      const { status } = await sent(changedDraft)
      expect([changedDraft, whyNot.instead.length === 0 || whyNot.instead.includes(status as never)]).toEqual([
        changedDraft,
        true,
      ])
    }
  })
})

test.each([
  ['the owner of an item', () => ({ method: 'DELETE', path: article, as: 'basic' }), 'as the owner of the item'],
  ['the account itself', () => ({ path: `/users/${admin}`, as: 'basic' }), 'as the account itself'],
])('RFC 9110 §15.5.4 403: %s may as well, and whose key that is has to be said', async (_, request, label) => {
  const { changes } = await ask(request())
  const change = changes.find((one) => one.label === label)
  expect(change).toMatchObject({ ready: false, draft: { path: request().path, as: '' } })
})

test('what was sent as a value is no part of it, nor of where it should have been asked', async () => {
  const { fields } = await sent({ path: '/old/1?token=sEcReT' })
  const { content } = await send(server.port, 'GET', `/.tenfour/x/${fields['request-id']}`)
  expect(fields['location']).toBe('/articles/1?token=sEcReT')
  expect(content).not.toContain('sEcReT')
})

test('RFC 9110 §15.6.1 a bug in get is found by its function, its file and its line', async () => {
  const { whyNot } = await ask({ path: '/broken' })
  expect(whyNot.source).toMatchObject({ kind: 'function', at: 'broken.get' })
})

test.each([
  ['/old/none', { at: 'old', says: 'moved to /articles/{id}' }],
  ['/old/%6eone?a=1', { at: 'old', says: 'moved to /articles/{id}' }],
  ['/older', { at: 'older', says: 'moved to /articles' }],
  ['/ages/7', { at: 'ages', says: 'gone' }],
])('a former address is explained by its declaration: %s', async (path, declared) => {
  expect((await ask({ path })).whyNot.source).toEqual({ kind: 'declared', ...declared })
})
