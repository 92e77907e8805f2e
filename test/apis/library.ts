/** An API with every kind of resource, rule and outcome: whatever can be declared is declared here once. */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import {
  accepted,
  apiKeys,
  BadUpstream,
  changed,
  collection,
  conflict,
  created,
  defineApi,
  deleted,
  done,
  found,
  Full,
  gone,
  hidden,
  invalid,
  missing,
  moved,
  owner,
  password,
  readBy,
  readOnly,
  ref,
  resource,
  seeOther,
  setBy,
  stale,
  Unavailable,
  unique,
  UpstreamTimeout,
} from '../../src/server/index.ts'

const users = collection(
  {
    email: unique(z.email()),
    name: z.string().min(1),
    role: setBy('admin', z.enum(['basic', 'admin']).default('basic')),
    remark: readBy('admin', z.string().optional()),
    pin: hidden(z.string().optional()),
  },
  {
    allow: {
      create: 'anyone',
      list: 'admin',
      read: ['self', 'admin'],
      update: ['self', 'admin'],
      delete: 'admin',
    },
  },
)

const books = collection(
  {
    title: z.string().min(1).max(200),
    isbn: unique(z.string().optional()),
    lent: readOnly(z.boolean().default(false)),
    rank: setBy('admin', z.int().default(0)),
    sequelTo: ref('books', { onDelete: 'restrict', optional: true }),
    by: owner('users', { onDelete: 'restrict' }),
  },
  {
    allow: {
      list: 'anyone',
      read: 'anyone',
      create: 'signedIn',
      update: ['owner', 'admin'],
      delete: ['owner', 'admin'],
    },
    list: { filter: ['by'], sort: ['-createdAt', 'title'] },
    check: (after) =>
      after.title === 'Untitled' ? [{ pointer: '/title', detail: 'It needs a title.', code: 'untitled' }] : undefined,
    before: {
      update: ({ input }) => {
        if (input.title === 'burns') throw new Error('the shelf is on fire')
      },
    },
    actions: {
      lend: {
        allow: 'signedIn',
        outcomes: ['changed'],
        when: (book) => (book.lent ? [{ pointer: '/lent', detail: 'It is lent already.', code: 'lent' }] : undefined),
        perform: () => changed({ lent: true }),
      },
      archive: {
        allow: ['owner', 'admin'],
        outcomes: ['done'],
        when: (book) => (book.lent ? [{ pointer: '/lent', detail: 'It is lent.', code: 'lent' }] : undefined),
        perform: ({ item }) => (item.isbn === undefined ? done() : done({ archived: item.isbn })),
      },
      discard: { allow: 'admin', outcomes: ['deleted'], perform: () => deleted() },
      copy: {
        allow: 'signedIn',
        outcomes: ['created'],
        perform: ({ item }) => created({ title: item.title }, { location: `/books/${item.id}` }),
      },
      order: {
        input: z.object({ copies: z.int().min(1) }),
        allow: 'signedIn',
        outcomes: ['accepted', 'done', 'conflict', 'invalid', 'seeOther', 'stale'],
        perform: async ({ input, item }) => {
          if (input.copies === 100) return conflict([{ pointer: '/copies', detail: 'Too many.', code: 'many' }])
          if (input.copies === 99) return invalid([{ pointer: '/copies', detail: 'Not a lucky number.', code: 'odd' }])
          if (input.copies === 98) return stale()
          if (input.copies === 97) await sleep(300)
          if (input.copies === 2) return seeOther(`/books/${item.id}`)
          if (input.copies === 3) return done()
          if (input.copies === 4) return done({ delivered: 4 })
          return accepted({ monitor: `/books/${item.id}`, content: { ordered: input.copies } })
        },
      },
    },
  },
)

/** What is not the caller's is not there. */
const notes = collection(
  { text: z.string(), by: owner('users', { onDelete: 'cascade' }) },
  {
    allow: {
      list: ['owner', 'admin'],
      create: 'signedIn',
      read: ['owner', 'admin'],
      update: 'owner',
      delete: 'owner',
    },
    hide: true,
  },
)

/** Named by whoever writes them, and never overwritten by mistake. */
const pages = collection(
  { text: z.string(), draft: z.boolean().default(false) },
  {
    allow: {
      read: ({ item, caller }) => !item.draft || caller?.role === 'admin',
      create: 'signedIn',
      update: 'signedIn',
      delete: 'signedIn',
    },
    putCreates: true,
    concurrency: 'required',
  },
)

/** Open or closed by what is in the item alone; who may not see one sees nothing. */
const posters = collection(
  { text: z.string(), public: z.boolean() },
  {
    allow: {
      create: 'signedIn',
      read: ({ item, caller }) => item.public || caller?.role === 'admin',
      update: ({ caller }) => caller?.role === 'admin',
      delete: ({ item }) => item.public,
    },
    hide: true,
    putCreates: true,
  },
)

const CHANGED = Date.UTC(2020, 0, 1)
const digits = z.string().regex(/^\d{1,4}$/)
const order = z.object({ what: z.string() })

/** Rooms 1 to 9 are there; what comes of a write is what its content asks for. */
const rooms = resource('/rooms/{room}', {
  params: { room: digits },
  query: { floor: digits.optional() },
  loads: ['found', 'missing', 'gone', 'moved', 'movedForNow'],
  validators: ['etag', 'lastModified'],
  load: ({ params: { room } }) => {
    if (room === '10') return gone()
    if (room === '11') return moved('/rooms/1')
    if (room === '12') return moved('/rooms/2', { permanent: false })
    if (room === '13') throw new Error('nobody goes there')
    if (room === '14') throw new BadUpstream()
    if (room === '15') throw new UpstreamTimeout()
    if (room === '16') throw new Full()
    return Number(room) > 9 ? missing() : found({ room }, { etag: `r${room}`, lastModified: CHANGED })
  },
  allow: {
    get: 'anyone',
    put: 'signedIn',
    patch: ['admin', ({ item, caller }) => caller !== undefined && item.room === '1'],
    delete: ({ item, caller }) => caller?.role === 'admin' || item.room === '2',
    post: 'anyone',
  },
  put: {
    input: order,
    outcomes: ['created', 'changed', 'stale'],
    perform: ({ input, item }) => {
      if (input.what === 'stale') return stale()
      return item === undefined ? created(input) : changed(item)
    },
  },
  patch: { input: order, outcomes: ['changed'], perform: ({ item }) => changed(item) },
  delete: { outcomes: ['deleted'], perform: () => deleted() },
  post: {
    input: order,
    outcomes: ['created', 'accepted', 'done', 'seeOther', 'conflict', 'invalid', 'deleted'],
    perform: async ({ input, params }) => {
      switch (input.what) {
        case 'created':
          return created({ made: true }, { location: `/rooms/${params.room}` })
        case 'accepted':
          return accepted({ monitor: `/rooms/${params.room}` })
        case 'seeOther':
          return seeOther('/rooms/1')
        case 'deleted':
          return deleted()
        case 'done':
          return done({ it: 'is done' })
        case 'conflict':
          return conflict([{ pointer: '/what', detail: 'The room is taken.', code: 'taken' }])
        case 'invalid':
          return invalid([{ pointer: '/what', detail: 'No such thing.', code: 'unknown' }])
        case 'slow':
          await sleep(300)
          return done()
        case 'bad upstream':
          throw new BadUpstream()
        case 'slow upstream':
          throw new UpstreamTimeout()
        case 'full':
          throw new Full()
        case 'unavailable':
          throw new Unavailable('the caretaker is away', { retryAfter: 7 })
        case 'bug':
          throw new Error('a bug')
        default:
          return done()
      }
    },
  },
  upstream: true,
})

/** Nothing is loaded, and nothing tells one version from another. */
const clock = resource('/clock', {
  allow: { get: 'signedIn', post: 'admin' },
  get: () => ({ time: 'now' }),
  query: { report: z.string().optional() },
  post: { outcomes: ['done'], perform: ({ query }) => (query.report === undefined ? done() : done({ wound: true })) },
})

/** It has a time, and no tag. */
const almanac = resource('/almanac', {
  loads: ['found', 'missing'],
  validators: ['lastModified'],
  query: { year: digits.optional() },
  load: ({ query }) => (query.year === '1800' ? missing() : found({ year: 2020 }, { lastModified: CHANGED })),
  allow: { get: 'anyone', delete: 'admin' },
  concurrency: 'required',
  delete: { outcomes: ['deleted'], perform: () => deleted() },
})

/** It has a tag, and no time. */
const catalogue = resource('/catalogue', {
  loads: ['found'],
  validators: ['etag'],
  load: () => found({ cards: 1 }, { etag: 'c1' }),
  allow: { get: 'anyone', put: 'anyone' },
  put: { input: order, outcomes: ['changed'], perform: ({ item }) => changed(item) },
})

/** One thing can happen to each of these, and no other. */
const detour = resource('/detour', {
  query: { here: z.string().optional() },
  loads: ['found', 'movedForNow'],
  load: ({ query }) => (query.here === undefined ? moved('/clock', { permanent: false }) : found({ here: true })),
  allow: { get: 'anyone' },
})
const ruin = resource('/ruin', {
  // oxlint-disable-next-line unicorn/no-thenable -- what authors return by mistake
  query: { then: z.string().optional() },
  loads: ['found', 'gone'],
  // oxlint-disable-next-line unicorn/no-thenable -- what authors return by mistake
  load: ({ query }) => (query.then === undefined ? gone() : found({ then: true })),
  allow: { get: 'anyone' },
})
const bin = resource('/bin', {
  allow: { post: 'anyone' },
  query: { look: z.string().optional() },
  post: {
    outcomes: ['deleted', 'seeOther'],
    perform: ({ query }) => (query.look === undefined ? deleted() : seeOther('/clock')),
  },
})
const form = resource('/form', {
  allow: { post: 'anyone' },
  post: {
    input: order,
    outcomes: ['invalid', 'done'],
    perform: ({ input }) => {
      if (input.what === 'right') return done()
      if (input.what === 'told') return done({ right: true })
      return invalid([{ pointer: '/what', detail: 'No.', code: 'no' }])
    },
  },
})
const race = resource('/race', {
  allow: { post: 'anyone' },
  query: { won: z.string().optional() },
  post: {
    outcomes: ['stale', 'done'],
    perform: ({ query }) => (query.won === undefined ? stale() : query.won === 'told' ? done({ won: true }) : done()),
  },
})

export const library = defineApi(
  {
    users,
    books,
    notes,
    pages,
    posters,
    rooms,
    clock,
    almanac,
    catalogue,
    detour,
    ruin,
    bin,
    form,
    race,
    oldBooks: moved('/volumes/{id}', '/books/{id}'),
    olderBooks: moved('/tomes/{id}', '/books/{id}', { as: 'old' }),
    elsewhere: moved('/reading-room', '/clock', { as: 'forNow' }),
    attic: gone('/attic'),
  },
  {
    accounts: { in: 'users', role: 'role', login: 'email' },
    auth: [password(), apiKeys()],
    seed: {
      users: [
        { email: 'ann@example.org', name: 'Ann', key: 'ann', password: 'correct horse' },
        { email: 'bob@example.org', name: 'Bob', key: 'bob' },
        { email: 'root@example.org', name: 'Root', role: 'admin', key: 'root' },
      ],
    },
  },
)
