/**
 * RFC 9110 §13.1.1, §13.1.2: a condition is judged also where nothing has a version. A tag equals none; `*` asks whether
 * there is a representation. What is false is not done.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  apiKeys,
  changed,
  collection,
  created,
  defineApi,
  done,
  found,
  missing,
  password,
  resource,
  setBy,
  unique,
} from '../src/server/index.ts'
import { start, type Started } from './start.ts'
import { send as sendTo, type Sent } from './wire.ts'

const users = collection(
  { email: unique(z.email()), role: setBy('admin', z.enum(['basic', 'admin']).default('basic')) },
  { allow: { create: 'anyone' } },
)
const notes = collection(
  { text: z.string() },
  {
    allow: { list: 'anyone', read: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' },
    actions: { shout: { allow: 'anyone', outcomes: ['changed'], perform: () => changed({ text: 'LOUD' }) } },
  },
)

const CHANGED = 'Wed, 01 Jan 2020 00:00:00 GMT'

/** What was done to it. */
const state = { rung: 0, lamp: undefined as string | undefined }
const bell = resource('/bell', {
  allow: { get: 'anyone', post: 'anyone' },
  get: () => ({ rung: state.rung }),
  post: { outcomes: ['done'], perform: () => (state.rung++, done()) },
})
/** Nobody can look at it. */
const chute = resource('/chute', {
  allow: { post: 'anyone', delete: 'anyone' },
  post: { outcomes: ['done'], perform: () => (state.rung++, done()) },
  delete: { outcomes: ['done'], perform: () => (state.rung++, done()) },
})
/** It comes to be by PUT, and has no version. */
const lamp = resource('/lamp', {
  loads: ['found', 'missing'],
  load: () => (state.lamp === undefined ? missing() : found({ colour: state.lamp })),
  allow: { get: 'anyone', put: 'anyone' },
  put: {
    input: z.object({ colour: z.string() }),
    outcomes: ['created', 'changed'],
    perform: ({ item, input }) => {
      state.lamp = input.colour
      return item === undefined ? created(input) : changed(input)
    },
  },
})
/** It has a time, and no tag. */
const dated = resource('/dated', {
  loads: ['found'],
  validators: ['lastModified'],
  load: () => found({ at: 1 }, { lastModified: Date.parse(CHANGED) }),
  allow: { get: 'anyone', post: 'anyone' },
  post: { outcomes: ['done'], perform: () => (state.rung++, done()) },
})
/** The same, and nobody can look at it. */
const sealed = resource('/sealed', {
  loads: ['found'],
  validators: ['lastModified'],
  load: () => found({ at: 1 }, { lastModified: Date.parse(CHANGED) }),
  allow: { delete: 'anyone' },
  get: false,
  delete: { outcomes: ['done'], perform: () => (state.rung++, done()) },
})

const api = defineApi(
  { users, notes, bell, chute, lamp, dated, sealed },
  {
    accounts: { in: 'users', role: 'role', login: 'email' },
    auth: [password(), apiKeys()],
    seed: { users: [{ email: 'ann@example.org', password: 'correct horse', key: 'ann' }] },
  },
)

let server: Started
beforeAll(async () => {
  server = await start(api)
})
afterAll(() => server.stop())
beforeEach(() => {
  state.rung = 0
  state.lamp = undefined
})

const send = (method: string, target: string, sent?: Sent) => sendTo(server.port, method, target, sent)

/** The question that decided, and whether anything was performed. */
const decided = () => {
  const path = server.path().map(({ id }) => id)
  return { by: path.at(-1), performed: path.includes('perform') }
}

const NOTE = { content: { text: 'a' } }
const LOGIN = { content: { email: 'ann@example.org', password: 'correct horse' } }
const LABEL = { as: 'ann', content: { label: 'k' } }
const LIT = { content: { colour: 'red' } }

/** What came of it without a condition. */
const PERFORMED = { POST: 'perform', PUT: 'perform', PATCH: 'perform', DELETE: 'perform' } as const

interface Case {
  readonly title: string
  readonly ask: readonly [method: string, target: string, sent?: Sent]
  readonly fields: Readonly<Record<string, string>>
  readonly status: number
  /** The question that said no. */
  readonly by?: string
}
const of = (
  title: string,
  ask: Case['ask'],
  ...rows: readonly (readonly [field: string, value: string, status: number, by?: string])[]
): Case[] =>
  rows.map(([field, value, status, by]) => ({ title, ask, fields: { [field]: value }, status, ...(by && { by }) }))

const PAST = 'Sun, 06 Nov 1994 08:49:37 GMT'

const CASES: readonly Case[] = [
  ...of(
    'a POST to what has a time and no tag',
    ['POST', '/dated'],
    ['If-Match', '"x"', 412, 'ifMatchUnversioned'],
    ['If-Match', '*', 204],
    ['If-Unmodified-Since', PAST, 412, 'ifUnmodifiedSince'],
    ['If-Unmodified-Since', CHANGED, 204],
    ['If-None-Match', '"x"', 204],
    ['If-None-Match', '*', 412, 'ifNoneMatchWrite'],
  ),
  ...of(
    'a GET of what has a time and no tag',
    ['GET', '/dated'],
    ['If-Match', '"x"', 412, 'ifMatchUnversioned'],
    ['If-Match', '*', 200],
    ['If-Unmodified-Since', PAST, 412, 'ifUnmodifiedSince'],
    ['If-Modified-Since', CHANGED, 304, 'ifModifiedSince'],
    ['If-Modified-Since', PAST, 200],
    ['If-None-Match', '"x"', 200],
  ),
  ...of(
    'a DELETE of what has a time and no GET',
    ['DELETE', '/sealed'],
    ['If-Match', '"x"', 412, 'ifMatchUnversioned'],
    ['If-Match', '*', 204],
    ['If-Unmodified-Since', PAST, 412, 'ifUnmodifiedSince'],
  ),
  ...of(
    'a POST to a list that can be read',
    ['POST', '/notes', NOTE],
    ['If-Match', '"x"', 412, 'ifMatchUnversioned'],
    ['If-Match', 'W/"x"', 412, 'ifMatchUnversioned'],
    ['If-Match', '*', 201],
    ['If-Match', 'x', 400, 'ifMatchReadable'],
    ['If-None-Match', '"x"', 201],
    ['If-None-Match', '*', 412, 'ifNoneMatchWrite'],
    ['If-None-Match', 'x', 400, 'ifNoneMatchReadable'],
    ['If-Unmodified-Since', PAST, 201],
    ['If-Modified-Since', PAST, 201],
  ),
  ...of(
    'a POST to a list that nobody can read',
    ['POST', '/users', { content: { email: 'x' } }],
    ['If-Match', '"x"', 412, 'ifMatchUnrepresented'],
    ['If-Match', '*', 412, 'ifMatchUnrepresented'],
    ['If-Match', 'x', 400, 'ifMatchReadable'],
    // Then the content is looked at, and it is wrong.
    ['If-None-Match', '"x"', 400, 'contentValid'],
    ['If-None-Match', '*', 400, 'contentValid'],
  ),
  ...of(
    'what can be looked at and has no version, read',
    ['GET', '/bell'],
    ['If-Match', '"x"', 412, 'ifMatchUnversioned'],
    ['If-Match', '*', 200],
    ['If-Match', 'x', 400, 'ifMatchReadable'],
    ['If-None-Match', '"x"', 200],
    ['If-None-Match', '*', 304, 'ifNoneMatch'],
    ['If-Unmodified-Since', PAST, 200],
    ['If-Modified-Since', 'Sun, 07 Nov 2055 08:49:37 GMT', 200],
  ),
  ...of(
    'HEAD of it',
    ['HEAD', '/bell'],
    ['If-Match', '"x"', 412, 'ifMatchUnversioned'],
    ['If-None-Match', '*', 304, 'ifNoneMatch'],
  ),
  ...of(
    'a POST to it',
    ['POST', '/bell'],
    ['If-Match', '"x"', 412, 'ifMatchUnversioned'],
    ['If-Match', '*', 204],
    ['If-None-Match', '*', 412, 'ifNoneMatchWrite'],
    ['If-None-Match', '"x"', 204],
  ),
  ...of(
    'a POST to what has no GET',
    ['POST', '/chute'],
    ['If-Match', '"x"', 412, 'ifMatchUnrepresented'],
    ['If-Match', '*', 412, 'ifMatchUnrepresented'],
    ['If-None-Match', '*', 204],
    ['If-Unmodified-Since', PAST, 204],
  ),
  ...of(
    'a DELETE of it',
    ['DELETE', '/chute'],
    ['If-Match', '"x"', 412, 'ifMatchUnrepresented'],
    ['If-None-Match', '*', 204],
  ),
  ...of(
    'a PUT where there is nothing yet',
    ['PUT', '/lamp', LIT],
    ['If-Match', '"x"', 412, 'ifMatchUnversioned'],
    ['If-Match', '*', 412, 'ifMatchUnversioned'],
    ['If-None-Match', '*', 201],
  ),
  ...of(
    'signing in',
    ['POST', '/session', LOGIN],
    ['If-Match', '"x"', 412, 'ifMatchUnversioned'],
    ['If-Match', '*', 412, 'ifMatchUnversioned'],
    ['If-None-Match', '*', 201],
  ),
  ...of(
    'signing in where somebody is',
    ['POST', '/session', { ...LOGIN, as: 'ann' }],
    ['If-Match', '*', 201],
    ['If-None-Match', '*', 412, 'ifNoneMatchWrite'],
  ),
  ...of(
    'who is signed in',
    ['GET', '/session', { as: 'ann' }],
    ['If-Match', '"x"', 412, 'ifMatchUnversioned'],
    ['If-Match', '*', 200],
  ),
  ...of(
    'making a key',
    ['POST', '/keys', LABEL],
    ['If-Match', '"x"', 412, 'ifMatchUnversioned'],
    ['If-Match', '*', 201],
    ['If-None-Match', '*', 412, 'ifNoneMatchWrite'],
  ),
  ...of('the keys', ['GET', '/keys', { as: 'ann' }], ['If-Match', '"x"', 412, 'ifMatchUnversioned']),
  ...['/', '/livez', '/readyz', '/openapi.json'].flatMap((path) =>
    of(
      path,
      ['GET', path],
      ['If-Match', '"x"', 412, 'ifMatchUnversioned'],
      ['If-Match', '*', 200],
      ['If-None-Match', '*', 304, 'ifNoneMatch'],
    ),
  ),
  ...of('no such method (§13.2.1)', ['PUT', '/bell', NOTE], ['If-Match', '"x"', 405, 'methodAllowed']),
  ...of(
    'OPTIONS (§13.2.1)',
    ['OPTIONS', '/bell'],
    ['If-Match', '"x"', 204, 'notOptions'],
    ['If-None-Match', 'x', 204, 'notOptions'],
  ),
  ...of(
    'nobody signed in (§13.2.1)',
    ['POST', '/keys', { content: { label: 'k' } }],
    ['If-Match', '"x"', 401, 'signedIn'],
  ),
]

describe('a condition where nothing has a version', () => {
  test.each(CASES.map((one) => [one.title, Object.entries(one.fields).join(), one] as const))(
    '%s: %s',
    async (_, __, { ask: [method, target, sent], fields, status, by }) => {
      const response = await send(method, target, { ...sent, fields })
      const path = decided()
      expect({ ...fields, status: response.status }).toEqual({ ...fields, status })
      if (by !== undefined) expect(path).toEqual({ by, performed: false })
      else expect(path.performed).toBe(Object.hasOwn(PERFORMED, method))
      if (status === 412 || status === 304) expect(state).toEqual({ rung: 0, lamp: undefined })
    },
  )
})

test('what is there without a version: * in If-Match holds, in If-None-Match not (RFC 9110 §13.1.1, §13.1.2)', async () => {
  await send('PUT', '/lamp', LIT)
  const green = { content: { colour: 'green' } }
  expect((await send('PUT', '/lamp', { ...green, fields: { 'If-None-Match': '*' } })).status).toBe(412)
  expect((await send('PUT', '/lamp', { ...green, fields: { 'If-Match': '"x"' } })).status).toBe(412)
  expect(state.lamp).toBe('red')
  expect((await send('PUT', '/lamp', { ...green, fields: { 'If-Match': '*' } })).status).toBe(200)
  expect(state.lamp).toBe('green')
})

test('the tag of a list is weak, so a POST to it never has it (RFC 9110 §8.8.3.2)', async () => {
  const { etag = '' } = (await send('GET', '/notes')).fields
  expect(etag).toMatch(/^W\//)
  expect((await send('POST', '/notes', { ...NOTE, fields: { 'If-Match': etag } })).status).toBe(412)
})

test('an action is about the version of its item', async () => {
  const { location = '', etag = '' } = (await send('POST', '/notes', NOTE)).fields
  const shout = async (fields: Record<string, string>) => (await send('POST', `${location}/shout`, { fields })).status
  expect(await shout({ 'If-Match': '"x"' })).toBe(412)
  expect(decided()).toEqual({ by: 'ifMatch', performed: false })
  expect(await shout({ 'If-None-Match': '*' })).toBe(412)
  expect(await shout({ 'If-Match': etag })).toBe(200)
  expect(await shout({ 'If-Match': etag })).toBe(412)
  expect(await shout({ 'If-Match': '*' })).toBe(200)
})

test('a session that is not ended, and a key that is not made, because of a condition', async () => {
  const { token } = (await send('POST', '/session', LOGIN)).json<{ token: string }>()
  expect((await send('DELETE', '/session', { as: token, fields: { 'If-Match': '"x"' } })).status).toBe(412)
  expect((await send('DELETE', '/session', { as: token, fields: { 'If-None-Match': '*' } })).status).toBe(412)
  expect((await send('GET', '/session', { as: token })).status).toBe(200)
  const keys = async () => (await send('GET', '/keys', { as: 'ann' })).content
  const before = await keys()
  expect((await send('POST', '/keys', { ...LABEL, fields: { 'If-Match': '"x"' } })).status).toBe(412)
  expect(await keys()).toBe(before)
  expect((await send('DELETE', '/session', { as: token, fields: { 'If-Match': '*' } })).status).toBe(204)
})

test('the 412 says that there is no version, and what to do', async () => {
  const detail = async (target: string, sent: Sent = {}) =>
    (await send('POST', target, { ...sent, fields: { 'If-Match': '"x"' } })).json<{ detail: string }>().detail
  expect(await detail('/notes', NOTE)).toMatch(/no version .* without If-Match\.$/)
  expect(await detail('/chute')).toMatch(/no representation .* without If-Match\.$/)
})

test('a 304 without a tag has the other fields of the 200 (RFC 9110 §15.4.5)', async () => {
  const plain = await send('GET', '/')
  const unchanged = await send('GET', '/', { fields: { 'If-None-Match': '*' } })
  expect(unchanged).toMatchObject({ status: 304, content: '' })
  for (const name of ['vary', 'cache-control']) expect(unchanged.fields[name]).toBe(plain.fields[name])
  expect(unchanged.fields['vary']).toBe('Accept')
  expect(unchanged.fields).not.toHaveProperty('etag')
  const session = await send('GET', '/session', { as: 'ann', fields: { 'If-None-Match': '*' } })
  expect([session.status, session.fields['vary']]).toEqual([304, 'Authorization'])
})

test('conditions are ignored where the answer is another: a server that is not ready (RFC 9110 §13.2.1)', async () => {
  const ping = server.store.ping.bind(server.store)
  server.store.ping = () => Promise.reject(new Error('away'))
  try {
    for (const fields of [{}, { 'If-Match': '"x"' }, { 'If-None-Match': '*' }])
      expect((await send('GET', '/readyz', { fields })).status).toBe(500)
  } finally {
    server.store.ping = ping
  }
})

test('an Idempotency-Key beside a condition that holds: the first answer again', async () => {
  const sent = { ...NOTE, fields: { 'If-Match': '*', 'Idempotency-Key': '"once"' } }
  const [first, again] = [await send('POST', '/notes', sent), await send('POST', '/notes', sent)]
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.fields['location']).toBe(first.fields['location'])
})
