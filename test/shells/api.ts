/** A small API that gives nearly every status there is, for the shells' contract. */
import { z } from 'zod'
import type {
  ApiDeclaration,
  CollectionDeclaration,
  ResourceDeclaration,
} from '../../src/server/declare/declaration.ts'
import { BadUpstream, Full, Unavailable, UpstreamTimeout } from '../../src/server/fault.ts'
import { DECLARED } from '../in-process.ts'

/** The clock of both servers. */
export const NOW = Date.UTC(2030, 0, 1)
const CHANGED = Date.UTC(2029, 5, 1)

const users: CollectionDeclaration = {
  kind: 'collection',
  fields: {
    email: { schema: z.email(), unique: { fold: true } },
    role: { schema: z.enum(['basic', 'admin']).default('basic'), setBy: ['admin'] },
  },
  allow: { list: 'admin', read: ['self', 'admin'] },
  list: { filter: [], sort: [], limit: 50, most: 1000 },
  check: undefined,
  before: {},
  after: {},
  actions: {},
  hide: false,
  concurrency: 'optional',
  putCreates: false,
}

const resource = (path: string, more: Partial<ResourceDeclaration>): ResourceDeclaration => ({
  kind: 'resource',
  path,
  params: {},
  query: {},
  load: undefined,
  loads: [],
  validators: [],
  allow: {},
  hide: false,
  concurrency: 'optional',
  output: undefined,
  upstream: false,
  get: false,
  put: undefined,
  patch: undefined,
  delete: undefined,
  post: undefined,
  ...more,
})

const note = z.object({ text: z.string().max(20) })
const FAULTS = {
  throws: () => new Error('a secret'),
  down: () => new Unavailable('down', { retryAfter: 7 }),
  full: () => new Full(),
  upstream: () => new BadUpstream(),
  slow: () => new UpstreamTimeout(),
}

/** An API whose items are kept in memory, so that ids, tags and dates are the same in every run. */
export function notes(): ApiDeclaration {
  const kept = new Map([['1', { text: 'first', version: 1 }]])
  const tag = (version: number) => `"v${version}"`
  const one = resource('/notes/{id}', {
    params: { id: z.string().max(8) },
    allow: { get: 'anyone', put: 'signedIn', delete: 'admin' },
    loads: ['found', 'missing', 'gone', 'moved'],
    validators: ['etag', 'lastModified'],
    concurrency: 'required',
    load: ({ params }) => {
      if (params['id'] === 'burnt') return { kind: 'gone' }
      if (params['id'] === 'zero') return { kind: 'moved', to: '/notes/1' }
      const item = kept.get(String(params['id']))
      if (item === undefined) return { kind: 'missing' }
      return { kind: 'found', item, etag: tag(item.version), lastModified: CHANGED + item.version * 1000 }
    },
    get: ({ item }) => item,
    put: {
      input: note,
      outcomes: ['changed'],
      perform: ({ params, input, item }) => {
        const changed = { ...(input as { text: string }), version: (item as { version: number }).version + 1 }
        kept.set(String(params['id']), changed)
        return { kind: 'changed', item: changed }
      },
    },
    delete: {
      outcomes: ['deleted'],
      perform: ({ params }) => {
        kept.delete(String(params['id']))
        return { kind: 'deleted' }
      },
    },
  })
  const all = resource('/notes', {
    query: { part: z.enum(['text']).optional() },
    allow: { get: 'anyone', post: 'signedIn' },
    get: () => ({ items: [...kept.values()] }),
    post: {
      input: note,
      outcomes: ['created', 'conflict'],
      perform: ({ input }) => {
        const { text } = input as { text: string }
        if ([...kept.values()].some((other) => other.text === text))
          return { kind: 'conflict', errors: [{ pointer: '/text', detail: 'Another note says so.', code: 'taken' }] }
        const id = String(kept.size + 1)
        kept.set(id, { text, version: 1 })
        return { kind: 'created', item: { text, version: 1 }, location: `/notes/${id}` }
      },
    },
  })
  const faulty = resource('/faults/{kind}', {
    allow: { get: 'anyone' },
    upstream: true,
    get: ({ params }) => {
      throw FAULTS[params['kind'] as keyof typeof FAULTS]()
    },
  })
  const errand = resource('/errands', {
    allow: { post: 'anyone' },
    post: {
      input: z.object({ how: z.enum(['later', 'elsewhere']) }),
      outcomes: ['accepted', 'seeOther'],
      perform: ({ input }) =>
        (input as { how: string }).how === 'later'
          ? { kind: 'accepted', monitor: '/errands/1' }
          : { kind: 'seeOther', location: '/notes/1' },
    },
  })
  return {
    ...DECLARED,
    accounts: { in: 'users', role: 'role', login: 'email' },
    seed: {
      users: [
        { values: { email: 'ann@example.org' }, key: 'ann' },
        { values: { email: 'root@example.org', role: 'admin' }, key: 'root' },
      ],
    },
    origins: ['http://localhost'],
    cors: { origins: ['https://app.example'] },
    limits: { ...DECLARED.limits, content: 2000, contentTime: 300 },
    resources: {
      users,
      one,
      all,
      faulty,
      errand,
      posts: { kind: 'moved', path: '/posts/{id}', to: '/notes/{id}', how: 'permanent' },
      memos: { kind: 'moved', path: '/memos/{id}', to: '/notes/{id}', how: 'forNow' },
      slips: { kind: 'gone', path: '/slips' },
    },
  }
}
