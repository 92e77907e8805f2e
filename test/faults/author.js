/** An API whose author makes every mistake there is; in JavaScript, where no types stand in the way. */
import { changed, collection, created, defineApi, done, found, gone, missing, moved, resource, seeOther } from 'tenfour'
import { z } from 'zod'

/** Ways in which a function fails. Each keeps a secret that no client may learn. */
const FAILURES = {
  throws() {
    throw new Error('the secret of the author')
  },
  rejects: () => Promise.reject(new Error('the secret of the author')),
  late: () => new Promise((_, reject) => setTimeout(() => reject(new TypeError('the secret, later')), 20)),
  text() {
    throw 'a secret text'
  },
  nothing() {
    throw undefined
  },
  rejectsWithNothing: () => Promise.reject(),
  object() {
    throw { secret: 'kept', status: 200, toString: () => 'secret' }
  },
  hostile() {
    throw Object.defineProperty(new Error('secret'), 'retryAfter', {
      enumerable: true,
      get() {
        throw new Error('secret of a secret')
      },
    })
  },
  unknowable() {
    throw new Proxy(
      {},
      {
        getPrototypeOf() {
          throw 4
        },
      },
    )
  },
}

const RUBBISH = {
  undefined: () => undefined,
  null: () => null,
  number: () => 42,
  text: () => 'secret',
  unknown: () => ({ kind: 'secret' }),
  undeclared: () => ({ kind: 'deleted' }),
  inherited: () => ({ kind: 'toString' }),
  promised: async () => ({ kind: 'secret' }),
  function: () => () => 'secret',
}

const OUTCOMES = {
  done: () => done({ secret: 1 }),
  found: async () => found({ secret: 1 }),
  changed: () => changed({ secret: 1 }),
  missing: () => missing(),
  gone: () => gone(),
  moved: () => moved('/load/late'),
}

const UNSENDABLE = {
  throws: () => ({
    toJSON() {
      throw new Error('the secret of toJSON')
    },
  }),
  circular() {
    const item = { secret: 1 }
    item.self = item
    return item
  },
  bigint: () => ({ secret: 1n }),
  function: () => () => 'secret',
  undefined: () => undefined,
  nothing: () => ({ toJSON: () => undefined }),
}

/** Addresses that cannot stand in a field (RFC 9110 §5.5). */
const ADDRESSES = {
  lines: '/a\r\nSet-Cookie: secret=1',
  wide: '/\u{1f511}secret',
  control: '/\u0000secret',
  number: 42,
  object: { secret: true },
  missing: undefined,
}

const pick =
  (ways) =>
  ({ params }) =>
    ways[params.how]()
const failing = pick(FAILURES)
const how = { params: { how: z.string() } }

/** A schema that does not tell what is wrong, but breaks. */
const breaking = (validate) => ({ '~standard': { version: 1, vendor: 'author', validate } })

const things = collection(
  { name: z.string(), where: z.string().optional(), how: z.string().optional() },
  {
    allow: {
      list: 'anyone',
      create: 'anyone',
      update: 'anyone',
      delete: 'anyone',
      read: ({ item }) => (item.where === 'rule' ? FAILURES[item.how]() : true),
    },
    check: (after) => failAt('check', after),
    before: {
      create: ({ input }) => failAt('before.create', input),
      update: ({ input }) => failAt('before.update', input),
      delete: ({ item }) => failAt('before.delete', item),
    },
    after: {
      create: ({ input }) => failAt('after.create', input),
      update: ({ input }) => failAt('after.update', input),
      delete: ({ item }) => failAt('after.delete', item),
    },
    actions: {
      act: { allow: 'anyone', outcomes: ['done'], perform: ({ item }) => failAt('act', item) ?? done() },
      when: {
        allow: 'anyone',
        outcomes: ['done'],
        when: (item) => failAt('when', item),
        perform: () => done(),
      },
      rubbish: { allow: 'anyone', outcomes: ['done'], perform: ({ item }) => RUBBISH[item.how]() },
    },
  },
)

function failAt(where, { where: wanted, how: way }) {
  return where === wanted ? FAILURES[way]() : undefined
}

/** Rules that say neither yes nor no: whoever wrote them did not mean to let everybody in. */
const UNDECIDED = { promise: async () => false, text: () => 'no', number: () => 1, undefined: () => undefined }

export default defineApi({
  things,
  load: resource('/load/{how}', { ...how, allow: { get: 'anyone' }, load: failing }),
  get: resource('/get/{how}', { ...how, allow: { get: 'anyone' }, load: () => found({}), get: failing }),
  rule: resource('/rule/{how}', {
    allow: { get: ({ item }) => FAILURES[item]() },
    load: ({ params }) => found(params.how),
  }),
  undecided: resource('/undecided/{how}', {
    allow: { get: ({ item }) => UNDECIDED[item]() },
    load: ({ params }) => found(params.how),
  }),
  perform: resource('/perform/{how}', {
    ...how,
    allow: { post: 'anyone' },
    post: { outcomes: ['done'], perform: failing },
  }),
  schema: resource('/schema/{how}', {
    ...how,
    allow: { post: 'anyone' },
    post: {
      input: breaking((value) => FAILURES[value]()),
      outcomes: ['done'],
      perform: () => done(),
    },
  }),
  query: resource('/query', {
    query: { how: breaking((value) => FAILURES[value]()) },
    allow: { get: 'anyone' },
    load: () => found({}),
  }),
  loaded: resource('/loaded/{how}', {
    ...how,
    allow: { get: 'anyone', delete: 'anyone' },
    load: pick(RUBBISH),
    delete: { outcomes: ['done'], perform: () => done() },
  }),
  performed: resource('/performed/{how}', {
    ...how,
    allow: { post: 'anyone' },
    post: { outcomes: ['done'], perform: pick(RUBBISH) },
  }),
  unsendable: resource('/unsendable/{how}', {
    ...how,
    allow: { get: 'anyone', post: 'anyone' },
    load: () => found({}),
    get: pick(UNSENDABLE),
    post: { outcomes: ['created'], perform: (x) => created(pick(UNSENDABLE)(x) ?? (() => 0), { location: '/' }) },
  }),
  outcomes: resource('/outcomes/{how}', { ...how, allow: { get: 'anyone' }, get: pick(OUTCOMES) }),
  lookalike: resource('/lookalike', { allow: { get: 'anyone' }, get: () => ({ kind: 'done', content: 1 }) }),
  created: resource('/created/{how}', {
    ...how,
    allow: { post: 'anyone' },
    post: {
      outcomes: ['created'],
      perform: ({ params }) => ({ kind: 'created', item: {}, location: ADDRESSES[params.how] }),
    },
  }),
  elsewhere: resource('/elsewhere/{how}', {
    ...how,
    allow: { post: 'anyone' },
    post: { outcomes: ['seeOther'], perform: ({ params }) => seeOther(ADDRESSES[params.how]) },
  }),
  moves: resource('/moves/{how}', {
    ...how,
    loads: ['found', 'moved'],
    allow: { get: 'anyone' },
    load: ({ params }) => ({ kind: 'moved', to: ADDRESSES[params.how] }),
  }),
  tagged: resource('/tagged/{how}', {
    ...how,
    validators: ['etag'],
    allow: { get: 'anyone' },
    load: ({ params }) => ({ kind: 'found', item: {}, etag: ADDRESSES[params.how] }),
  }),
  errors: resource('/errors/{how}', {
    ...how,
    allow: { post: 'anyone' },
    post: {
      outcomes: ['conflict'],
      perform: ({ params }) => ({ kind: 'conflict', errors: UNSENDABLE[params.how]() }),
    },
  }),
  nobody: resource('/nobody', {
    allow: { post: 'anyone' },
    post: {
      outcomes: ['done'],
      perform() {
        void Promise.reject(new Error('nobody waits for the secret'))
        return done()
      },
    },
  }),
  escaped: resource('/escaped', {
    allow: { post: 'anyone' },
    post: {
      outcomes: ['done'],
      perform() {
        setTimeout(() => {
          throw new Error('nobody catches the secret')
        })
        return done()
      },
    },
  }),
  slow: resource('/slow', {
    allow: { post: 'anyone' },
    post: {
      outcomes: ['done'],
      output: z.object({ slept: z.number() }),
      perform: async () => {
        await new Promise((resolve) => setTimeout(resolve, 500))
        return done({ slept: 500 })
      },
    },
  }),
})
