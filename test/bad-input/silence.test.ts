/** What a server could pass over without a word, and would then do something else than was meant. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { z } from 'zod'
import { changed, collection, defineApi, done, resource } from '../../src/server/index.ts'
import { start, type Started } from '../start.ts'
import { send as sendTo, type Sent, type WireResponse } from '../wire.ts'

const open = { list: 'anyone', read: 'anyone', create: 'anyone', update: 'anyone' } as const
const address = z.object({ city: z.string().optional(), geo: z.object({ lat: z.number() }).optional() })
const people = collection(
  {
    name: z.string(),
    home: address.optional(),
    others: z.array(address).default([]),
    more: z.looseObject({}).optional(),
  },
  {
    allow: open,
    actions: {
      rename: {
        input: z.object({ name: z.string().optional() }),
        allow: 'anyone',
        outcomes: ['changed'],
        perform: ({ input }) => changed({ name: input.name ?? 'nobody' }),
      },
    },
  },
)
const search = resource('/search', {
  allow: { post: 'anyone' },
  post: {
    input: z.object({ words: z.string(), page: z.object({ size: z.int().optional() }).optional() }),
    outcomes: ['done'],
    perform: ({ input }) => done(input),
  },
})
const branch = z.object({
  name: z.string(),
  get branches() {
    return z.array(branch).optional()
  },
})
const trees = collection({ root: branch }, { allow: { create: 'anyone' } })
/** A library that does not describe its schemas by itself. */
const mute = resource('/mute', {
  allow: { post: 'anyone' },
  post: { input: v.object({ a: v.string() }), outcomes: ['done'], perform: ({ input }) => done(input) },
})
const forms = collection({ text: z.string() }, { allow: { create: 'anyone' } })
const known = collection({ text: z.string() }, { allow: { read: 'anyone' } })
const rates = resource('/rates/{day}', {
  params: { day: z.coerce.number() },
  query: {
    from: z.string().length(3),
    to: z.string().length(3),
    sum: z.coerce.number().default(1),
    note: z.string().optional(),
  },
  allow: { get: 'anyone', post: 'anyone' },
  get: ({ params, query }) => ({ ...params, ...query }),
  post: { outcomes: ['done'], perform: ({ query }) => done(query) },
})

let server: Started
beforeAll(async () => {
  server = await start(defineApi({ people, search, forms, known, rates, trees, mute }))
})
afterAll(() => server.stop())

const send = (method: string, target: string, sent?: Sent) => sendTo(server.port, method, target, sent)

function errors(response: WireResponse): unknown[] {
  const { errors: found = [] } = response.json<{ errors?: { pointer?: string; parameter?: string; code: string }[] }>()
  return [response.status, ...found.map(({ pointer, parameter, code }) => `${pointer ?? parameter} ${code}`)]
}

describe('a member that nobody declared is named, at any depth', () => {
  test('of a new item', async () => {
    const content = { name: 'a', home: { town: 'x', geo: { lat: 1, lon: 2 } }, others: [{}, { stret: 'y' }] }
    const expected = ['/home/town', '/home/geo/lon', '/others/1/stret'].map((pointer) => `${pointer} unknown_member`)
    expect(errors(await send('POST', '/people', { content }))).toEqual([400, ...expected])
  })

  test('of a patch, and of a whole item that is put', async () => {
    const made = await send('POST', '/people', { content: { name: 'a', home: { city: 'x' } } })
    const at = made.fields.location ?? ''
    const home = { home: { ciyt: 'y' } }
    const expected = [400, '/home/ciyt unknown_member']
    expect(errors(await send('PATCH', at, { content: home }))).toEqual(expected)
    expect(errors(await send('PUT', at, { content: { name: 'a', ...home } }))).toEqual(expected)
    expect((await send('PATCH', at, { content: { home: { geo: { lat: 1 } } } })).json()).toMatchObject({
      home: { city: 'x', geo: { lat: 1 } },
    })
  })

  test('of the content of an action', async () => {
    const at = (await send('POST', '/people', { content: { name: 'a' } })).fields.location ?? ''
    expect(errors(await send('POST', `${at}/rename`, { content: { nmae: 'b' } }))).toEqual([
      400,
      '/nmae unknown_member',
    ])
    expect((await send('POST', `${at}/rename`, { content: { name: 'b' } })).json()).toMatchObject({ name: 'b' })
  })

  test('of the content of a resource', async () => {
    const content = { words: 'x', page: { sise: 1 }, pgae: {} }
    const expected = ['/page/sise', '/pgae'].map((pointer) => `${pointer} unknown_member`)
    expect(errors(await send('POST', '/search', { content }))).toEqual([400, ...expected])
  })

  test('of what has more of its kind inside, as deep as JSON may be here', async () => {
    const { depth } = server.engine.limits
    const nested = (levels: number): object =>
      levels === 0 ? { name: 'a', nmae: 'b' } : { name: 'a', branches: [nested(levels - 1)] }
    // The content and its member are levels, and so are a list and what is in it.
    const levels = (depth - 2) / 2
    const expected = `/root${'/branches/0'.repeat(levels)}/nmae unknown_member`
    expect(errors(await send('POST', '/trees', { content: { root: nested(levels) } }))).toEqual([400, expected])
    expect((await send('POST', '/trees', { content: { root: nested(levels + 1) } })).status).toBe(400)
    const missing = { root: { name: 'a', branches: [{ branches: [] }] } }
    expect(errors(await send('POST', '/trees', { content: missing }))).toEqual([400, '/root/branches/0/name required'])
  })

  test('but what a schema keeps is welcome', async () => {
    const content = { name: 'a', more: { of: { anything: 1 } } }
    expect((await send('POST', '/people', { content })).json()).toMatchObject(content)
  })

  test('and a schema that does not say what it has is believed', async () => {
    const answered = await send('POST', '/mute', { content: { a: 'x', b: 1 } })
    expect([answered.status, answered.json()]).toEqual([200, { a: 'x' }])
  })
})

describe('what a collection has not is 405, and no address that it gives leads nowhere (RFC 9110 §15.3.2, §15.5.6)', () => {
  test('the item, where it can only be made', async () => {
    const { fields } = await send('POST', '/forms', { content: { text: 'a' } })
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'POST']) {
      const response = await send(method, fields.location ?? '')
      expect([response.status, response.fields.allow]).toEqual([405, 'OPTIONS'])
    }
    const asked = await send('OPTIONS', fields.location ?? '')
    expect([asked.status, asked.fields.allow]).toEqual([204, 'OPTIONS'])
  })

  test('the list, where there are only items', async () => {
    const response = await send('GET', '/known')
    expect([response.status, response.fields.allow]).toEqual([405, 'OPTIONS'])
    expect((await send('GET', '/known/none')).status).toBe(404)
  })
})

describe('the query of a resource is as its schemas have it', () => {
  test('what may not be left out is missed, whatever else is wrong', async () => {
    expect(errors(await send('GET', '/rates/1'))).toEqual([400, 'from required', 'to required'])
    for (const method of ['GET', 'POST'])
      expect(errors(await send(method, '/rates/1?to=x&sum=y&no=1'))).toEqual([
        400,
        'to invalid',
        'sum invalid',
        'no unknown_parameter',
        'from required',
      ])
    expect((await send('HEAD', '/rates/1')).status).toBe(400)
  })

  test('and what the schema makes of it is what a method is given, defaults included', async () => {
    const asked = { from: 'eur', to: 'dkk', sum: 1 }
    expect((await send('GET', '/rates/7?from=eur&to=dkk')).json()).toEqual({ day: 7, ...asked })
    expect((await send('POST', '/rates/7?from=eur&to=dkk&sum=2.5&note=a')).json()).toEqual({
      ...asked,
      sum: 2.5,
      note: 'a',
    })
  })
})
