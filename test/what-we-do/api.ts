/** Two APIs that between them bring to life what an origin server can be asked for. */
import { z } from 'zod'
import {
  accepted,
  apiKeys,
  BadUpstream,
  changed,
  collection,
  created,
  defineApi,
  done,
  found,
  Full,
  gone,
  missing,
  moved,
  owner,
  password,
  readBy,
  resource,
  seeOther,
  setBy,
  Unavailable,
  unique,
  UpstreamTimeout,
} from '../../src/server/index.ts'

export const KEYS = { ann: 'ann-key', bob: 'bob-key', admin: 'admin-key' } as const
export const PASSWORD = 'correct horse battery'

const users = collection(
  {
    email: unique(z.email()),
    username: unique(z.string().min(3).max(40)),
    role: setBy('admin', z.enum(['basic', 'admin']).default('basic')),
  },
  {
    allow: { create: 'anyone', list: 'admin', read: ['self', 'admin'], update: ['self', 'admin'], delete: 'admin' },
  },
)

const articles = collection(
  {
    title: z.string().min(1).max(200),
    body: z.string(),
    slug: unique(z.string().optional()),
    free: z.union([z.string(), z.array(z.unknown()), z.record(z.string(), z.unknown())]).optional(),
    notes: readBy('admin', z.string().optional()),
    draft: z.boolean().default(true),
    authorId: owner('users'),
  },
  {
    allow: {
      list: 'anyone',
      read: 'anyone',
      create: 'signedIn',
      update: ['owner', 'admin'],
      delete: ['owner', 'admin'],
    },
    list: { filter: ['authorId'], sort: ['-createdAt'] },
    actions: {
      publish: {
        allow: ['owner', 'admin'],
        outcomes: ['changed'],
        when: (article) =>
          article.draft ? undefined : [{ pointer: '', detail: 'It is published already.', code: 'published' }],
        perform: () => changed({ draft: false }),
      },
    },
  },
)

/** PUT creates, and a write has to say which version it means. */
const pages = collection(
  { text: z.string() },
  {
    allow: { list: 'anyone', read: 'anyone', create: 'signedIn', update: 'signedIn', delete: 'signedIn' },
    putCreates: true,
  },
)
const guarded = collection(
  { text: z.string() },
  { allow: { read: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' }, concurrency: 'required' },
)
/** Whose items nobody else may know of. */
const diaries = collection(
  { text: z.string(), by: owner('users') },
  { allow: { read: 'owner', create: 'signedIn', update: 'owner', delete: 'owner' }, hide: true },
)

const fails = resource('/fails/{how}', {
  allow: { get: 'anyone' },
  upstream: true,
  load: ({ params }) => {
    if (params.how === 'bug') throw new TypeError('SELECT secret FROM /srv/inside.ts')
    if (params.how === 'unavailable') throw new Unavailable('the disk is away', { retryAfter: 7 })
    if (params.how === 'full') throw new Full()
    if (params.how === 'badUpstream') throw new BadUpstream()
    if (params.how === 'upstreamTimeout') throw new UpstreamTimeout()
    return missing()
  },
  get: () => ({}),
})

/** Says what has become of a thing by its name. */
const things = resource('/things/{name}', {
  allow: { get: 'anyone' },
  loads: ['found', 'missing', 'gone', 'moved', 'movedForNow'],
  load: ({ params: { name } }) => {
    if (name === 'gone') return gone()
    if (name === 'moved') return moved('/things/here')
    if (name === 'away') return moved('/things/here', { permanent: false })
    return name === 'here' ? found({ name }) : missing()
  },
})

const reports = resource('/reports', {
  allow: { post: 'anyone' },
  post: {
    input: z.object({ about: z.string() }),
    outcomes: ['accepted', 'seeOther'],
    perform: ({ input }) =>
      input.about === 'known'
        ? seeOther('/things/here')
        : accepted({ monitor: '/things/here', content: { state: 'queued' } }),
  },
})

/** How often the slow work was done. */
export const work = { done: 0 }
const slow = resource('/slow', {
  allow: { post: 'anyone' },
  post: {
    input: z.object({ ms: z.int() }),
    outcomes: ['created', 'done'],
    perform: async ({ input: { ms } }) => {
      work.done++
      await new Promise((resolve) => setTimeout(resolve, ms))
      return ms === 0 ? done() : created({ number: work.done }, { location: '/things/here' })
    },
  },
})

const ACCOUNTS = { in: 'users', role: 'role', login: 'email' } as const
const ANN = { email: 'ann@example.org', username: 'ann', key: KEYS.ann } as const
const OTHERS = [
  { email: 'bob@example.org', username: 'bob', key: KEYS.bob },
  { email: 'admin@example.org', username: 'admin', role: 'admin', key: KEYS.admin },
] as const

export const OPEN = defineApi(
  {
    users,
    articles,
    pages,
    guarded,
    diaries,
    fails,
    things,
    reports,
    slow,
    moved: moved('/posts/{id}', '/articles/{id}'),
    movedOld: moved('/entries', '/articles', { as: 'old' }),
    movedForNow: moved('/latest', '/articles', { as: 'forNow' }),
    gone: gone('/guestbook'),
  },
  {
    accounts: ACCOUNTS,
    auth: [password(), apiKeys()],
    seed: { users: [{ ...ANN, password: PASSWORD }, ...OTHERS] },
    realm: 'news',
  },
)

/** The choices the other way, an origin of its own, and little patience. */
export const STRICT = defineApi(
  { users, articles },
  {
    accounts: ACCOUNTS,
    auth: [apiKeys()],
    seed: { users: [ANN, ...OTHERS] },
    validation: 422,
    origins: ['http://localhost'],
    limits: { headTime: 400, contentTime: 400, content: 2_000, fields: 4_000 },
  },
)
