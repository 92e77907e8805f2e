/** The other side of every choice: 422, 500 for a database that is away, cross-origin pages, own origins, little patience. */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import {
  accepted,
  apiKeys,
  BadUpstream,
  collection,
  conflict,
  defineApi,
  done,
  Full,
  invalid,
  password,
  ref,
  resource,
  setBy,
  Unavailable,
  unique,
} from '../../src/server/index.ts'

const users = collection(
  {
    email: unique(z.email()),
    role: setBy('admin', z.enum(['basic', 'admin']).default('basic')),
  },
  { allow: { list: 'signedIn', create: 'anyone', read: 'signedIn', update: 'self' } },
)

const things = collection(
  { name: unique(z.string().min(1)), partOf: ref('things', { optional: true }) },
  {
    allow: { list: 'anyone', read: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' },
    check: (after) =>
      after.name === 'nothing' ? [{ pointer: '/name', detail: 'That is nothing.', code: 'nothing' }] : undefined,
  },
)

const tasks = resource('/tasks', {
  allow: { post: 'anyone' },
  post: {
    input: z.object({ what: z.string() }),
    outcomes: ['done', 'invalid', 'conflict'],
    perform: async ({ input }) => {
      if (input.what === 'invalid') return invalid([{ pointer: '/what', detail: 'No.', code: 'no' }])
      if (input.what === 'conflict') return conflict([{ pointer: '', detail: 'Not now.', code: 'busy' }])
      if (input.what === 'unavailable') throw new Unavailable()
      if (input.what === 'full') throw new Full()
      if (input.what === 'slow') await sleep(300)
      return done()
    },
  },
})

/** Nothing is wrong with what is sent here once it is read. */
const queue = resource('/queue', {
  allow: { post: 'anyone', put: 'anyone' },
  post: { outcomes: ['accepted'], perform: () => accepted() },
  put: {
    input: z.object({ what: z.string() }),
    outcomes: ['accepted', 'invalid'],
    perform: ({ input }) =>
      input.what === 'invalid' ? invalid([{ pointer: '/what', detail: 'No.', code: 'no' }]) : accepted(),
  },
})

/** A GET that asks another server, where nothing is written. */
const mirror = resource('/mirror', {
  query: { of: z.string().optional() },
  allow: { get: 'anyone' },
  get: ({ query }) => {
    if (query.of === 'nobody') throw new BadUpstream()
    if (query.of === 'bug') throw new Error('a bug')
    return { of: query.of ?? 'all' }
  },
  upstream: true,
})

const RESOURCES = { users, things, tasks, queue, mirror }
const ACCOUNTS = {
  accounts: { in: 'users', role: 'role', login: 'email' },
  auth: [apiKeys()],
  seed: { users: [{ email: 'bob@example.org', key: 'bob' }] },
} as const

export const strict = defineApi(RESOURCES, {
  ...ACCOUNTS,
  validation: 422,
  unavailable: 500,
  origins: ['http://strict.example'],
  cors: { origins: ['https://page.example'] },
  limits: { headTime: 400, contentTime: 400, content: 1000, depth: 4 },
})

/** One request at a time. */
export const narrow = defineApi(RESOURCES, { ...ACCOUNTS, limits: { requests: 1 } })

/** One request of an address at a time. */
export const shared = defineApi(RESOURCES, { ...ACCOUNTS, limits: { requestsPerAddress: 1 } })

/** One password of an address at a time. */
export const patient = defineApi(RESOURCES, {
  ...ACCOUNTS,
  auth: [password(), apiKeys()],
  limits: { passwordsPerAddress: 1 },
})
