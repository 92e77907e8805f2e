import * as v from 'valibot'
import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  apiKeys,
  changed,
  collection,
  DeclarationError,
  defineApi,
  deleted,
  done,
  found,
  gone,
  hidden,
  moved,
  owner,
  password,
  readBy,
  readOnly,
  ref,
  resource,
  setBy,
  unique,
} from '../../index.ts'

// As plain JavaScript sees them: most of what is wrong here does not compile.
const define = defineApi as unknown as (resources: object, options?: object) => ReturnType<typeof defineApi>
const items = collection as unknown as (fields: object, options: object) => object
const place = resource as unknown as (path: string, options: object) => object

const text = z.string()
const role = setBy('admin', z.enum(['basic', 'admin']).default('basic'))
const users = collection({ email: unique(z.email()), role }, { allow: { read: 'self', create: 'anyone' } })
const accounts = { accounts: { in: 'users', role: 'role', login: 'email' }, auth: [apiKeys()] }
const open = { allow: { read: 'anyone' } }
const perform = () => done()

/** The declaration, its options, and every fault: where and a part of what. */
const cases: readonly [string, object, object | undefined, readonly (readonly [string, string])[]][] = [
  [
    'no schema',
    { a: items({ t: 'string', u: undefined, n: null, ok: text }, open) },
    undefined,
    [
      ['a.t', 'has no schema'],
      ['a.u', 'has no schema'],
      ['a.n', 'has no schema'],
    ],
  ],
  [
    'what JSON has no value for',
    {
      a: items(
        {
          on: z.date(),
          maybe: z.date().optional(),
          many: z.bigint(),
          valibot: v.date(),
          iso: z.iso.date(),
          coerced: z.coerce.date(),
          any: z.unknown().transform(String),
          either: z.union([z.date(), z.string()]),
          mail: z.email(),
        },
        open,
      ),
    },
    undefined,
    [
      ['a.on', 'no JSON value'],
      ['a.maybe', 'no JSON value'],
      ['a.many', 'no JSON value'],
      ['a.valibot', 'no JSON value'],
    ],
  ],
  ['no members', { a: items({}, open) }, undefined, [['a', 'has no members']]],
  [
    'server-made members',
    { a: items({ id: text, createdAt: text, updatedAt: text, password: text }, open) },
    undefined,
    [
      ['a.id', 'made by the server'],
      ['a.createdAt', 'made by the server'],
      ['a.updatedAt', 'made by the server'],
      ['a.password', 'made by the server'],
    ],
  ],
  [
    'names that are none',
    { a: items({ 'a-b': text, _c: text, '': text }, open) },
    undefined,
    [
      ['a.a-b', 'no name'],
      ['a._c', 'no name'],
      ['a.', 'no name'],
    ],
  ],
  [
    'members that differ in case alone',
    { a: items({ name: text, Name: text }, open) },
    undefined,
    [['a.Name', 'differs from name in case alone']],
  ],
  [
    'optional and nullable at once',
    { a: items({ t: text.nullish(), u: z.unknown() }, open) },
    undefined,
    [
      ['a.t', 'both absent and null'],
      ['a.u', 'both absent and null'],
    ],
  ],
  [
    'unique and no scalar',
    { a: items({ t: unique(z.array(text)), u: unique(v.string()) }, open) },
    undefined,
    [
      ['a.t', 'no text, number'],
      ['a.u', 'no text, number'],
    ],
  ],
  [
    'folded and no text',
    { a: items({ n: unique(z.int(), { fold: true }) }, open) },
    undefined,
    [['a.n', 'without case']],
  ],
  [
    'contradictions',
    { users, a: items({ t: readOnly(setBy('admin', text.optional())), u: hidden(readBy('admin', text)) }, open) },
    accounts,
    [
      ['a.t', 'server only, and by some roles'],
      ['a.u', 'never sent, and sent'],
    ],
  ],
  [
    'set by nobody',
    { a: items({ t: readOnly(text) }, { allow: { create: 'anyone' } }) },
    undefined,
    [['a.t', 'nothing sets it']],
  ],
  [
    'set by a hook',
    { a: items({ t: readOnly(text) }, { allow: { create: 'anyone' }, before: { create: () => ({ t: '' }) } }) },
    undefined,
    [],
  ],
  [
    'needed of whoever may create, and not theirs to set',
    {
      users,
      a: items({ t: setBy('admin', text) }, { allow: { create: 'signedIn' } }),
      b: items({ t: setBy('admin', text) }, { allow: { create: ['admin', 'basic'] } }),
      c: items({ t: setBy(['admin', 'basic'], text) }, { allow: { create: ['basic', 'admin'] } }),
      d: items(
        { t: setBy('admin', text.optional()), u: setBy('admin', text.default('')) },
        { allow: { create: 'anyone' } },
      ),
      everybody: items({ t: setBy(['basic', 'admin'], text) }, { allow: { create: ['signedIn', 'admin'] } }),
      anonymous: items({ t: setBy(['basic', 'admin'], text) }, { allow: { create: ['signedIn', 'anyone'] } }),
    },
    accounts,
    [
      ['a.t', 'needed of whoever may create'],
      ['b.t', 'needed of whoever may create'],
      ['anonymous.t', 'needed of whoever may create'],
    ],
  ],
  ...[z.enum(['basic', 'admin']).optional(), z.enum(['basic', 'admin']).nullable(), text].map(
    (of): (typeof cases)[number] => [
      'the same of every role that is named, where a caller may have none of them',
      {
        users: items({ email: unique(z.email()), role: setBy('admin', of) }, open),
        a: items({ t: setBy(['basic', 'admin'], text) }, { allow: { create: 'signedIn' } }),
      },
      accounts,
      [['a.t', 'needed of whoever may create']],
    ],
  ),
  [
    'unknown roles',
    { users, a: items({ t: setBy('editor', text), u: readBy(['admin', 'ghost'], text) }, open) },
    accounts,
    [
      ['a.t', '"editor" is no role'],
      ['a.u', '"ghost" is no role'],
    ],
  ],
  ['roles without accounts', { a: items({ t: setBy('admin', text) }, open) }, undefined, [['a.t', 'no accounts']]],
  [
    'unknown collections',
    { a: items({ t: ref('b'), u: ref('a', { optional: true }) }, open) },
    undefined,
    [['a.t', '"b" is no collection']],
  ],
  [
    'owner without accounts',
    { a: items({ t: owner('a') }, open) },
    undefined,
    [['a.t', 'an owner is an account, and there are none']],
  ],
  [
    'owner that is no account',
    { users, a: items({ t: owner('a') }, open) },
    accounts,
    [['a.t', 'and accounts are in users, not in a']],
  ],
  [
    'two owners',
    { users, a: items({ t: owner('users'), u: owner('users') }, open) },
    accounts,
    [['a', 't and u both are the owner']],
  ],
  [
    'nobody to own it',
    { users, a: items({ t: owner('users') }, { allow: { create: 'anyone' } }) },
    accounts,
    [['a.t', 'nobody to own it']],
  ],
  [
    'unknown guards',
    { users, a: items({ t: text }, { allow: { read: ['admin', 'admn'], list: 'ghost' } }) },
    accounts,
    [
      ['a.allow.read', '"admn" is no guard'],
      ['a.allow.list', '"ghost" is no guard'],
    ],
  ],
  [
    'guards out of place',
    {
      users,
      a: items({ t: owner('users') }, { allow: { read: 'self', create: 'owner', list: ['self', () => true] } }),
    },
    accounts,
    [
      ['a.allow.read', '"self" is no guard here'],
      ['a.allow.create', '"owner" is no guard here'],
      ['a.allow.list', '"self" is no guard here'],
      ['a.allow.list', 'needs an item'],
    ],
  ],
  [
    'owner of what has none',
    { users, a: items({ t: text }, { allow: { read: 'owner' } }) },
    accounts,
    [['a.allow.read', '"owner" is no guard here']],
  ],
  [
    'guards without accounts',
    { a: items({ t: text }, { allow: { read: 'signedIn', list: 'admin', create: 'anyone' } }) },
    undefined,
    [
      ['a.allow.read', 'needs accounts'],
      ['a.allow.list', 'needs accounts'],
    ],
  ],
  [
    'lists',
    {
      a: items(
        { t: text, secret: hidden(text), tags: z.array(text), limit: text },
        {
          allow: { list: 'anyone' },
          list: { filter: ['x', 'secret', 'tags', 'limit'], sort: ['-x', 'createdAt', '-tags'] },
        },
      ),
    },
    undefined,
    [
      ['a.list.filter', '"x" is no member'],
      ['a.list.filter', '"secret" is not for everybody'],
      ['a.list.filter', '"tags" is no text'],
      ['a.list.filter', '"limit" means something else'],
      ['a.list.sort', '"x" is no member'],
      ['a.list.sort', '"tags" is no text'],
    ],
  ],
  [
    'pages',
    { a: items({ t: text }, { allow: { list: 'anyone' }, list: { limit: 0, sort: [] } }) },
    undefined,
    [
      ['a.list.sort', 'is empty'],
      ['a.list', 'no whole numbers'],
    ],
  ],
  [
    'a list that nobody may see',
    { a: items({ t: text }, { ...open, list: { filter: ['t'] } }) },
    undefined,
    [['a.list', 'nobody may list']],
  ],
  [
    'hooks that never run',
    { a: items({ t: text }, { ...open, before: { create() {} }, after: { update() {}, delete() {} } }) },
    undefined,
    [
      ['a.before.create', 'nobody may create'],
      ['a.after.update', 'nobody may update'],
      ['a.after.delete', 'nobody may delete'],
    ],
  ],
  [
    'hooks that an action runs',
    {
      a: items(
        { t: text },
        {
          ...open,
          before: { update() {} },
          after: { delete() {} },
          actions: {
            go: {
              allow: 'anyone',
              outcomes: ['changed', 'deleted'],
              perform: () => (Math.random() > 2 ? deleted() : changed({})),
            },
          },
        },
      ),
    },
    undefined,
    [],
  ],
  [
    'actions',
    {
      a: items(
        { t: text },
        {
          ...open,
          actions: {
            'go/on': { allow: [], outcomes: [], perform },
            go: { allow: 'self', outcomes: ['done'], perform },
          },
        },
      ),
    },
    undefined,
    [
      ['a.actions.go/on', 'cannot be part of a path'],
      ['a.actions.go/on', 'nobody may use it'],
      ['a.actions.go/on', 'nothing can come of it'],
      ['a.actions.go.allow', '"self" needs accounts'],
    ],
  ],
  [
    'PUT that creates for whom may not',
    { users, a: items({ t: text }, { allow: { create: 'admin', update: 'signedIn' }, putCreates: true }) },
    accounts,
    [['a.putCreates', 'some of them may not create']],
  ],
  [
    'PUT that creates for whom may',
    {
      users,
      a: items({ t: owner('users') }, { allow: { create: 'signedIn', update: ['owner', 'admin'] }, putCreates: true }),
    },
    accounts,
    [],
  ],
  [
    'names of collections',
    {
      'a/b': items({ t: text }, open),
      _c: items({ t: text }, open),
      d: items({ t: text }, open),
      D: items({ t: text }, open),
    },
    undefined,
    [
      ['a/b', 'cannot be part of a path'],
      ['_c', 'cannot be part of a path'],
      ['D', 'differs from d in case alone'],
    ],
  ],
  [
    'paths of the server',
    {
      session: items({ t: text }, open),
      keys: items({ t: text }, open),
      livez: gone('/livez'),
      api: gone('/openapi.json'),
      root: gone('/'),
      aids: gone('/.tenfour/x'),
    },
    undefined,
    [
      ['session', 'belongs to the server'],
      ['keys', 'belongs to the server'],
      ['keys', 'belongs to the server'],
      ['livez', 'belongs to the server'],
      ['api', 'belongs to the server'],
      ['root', 'no path'],
      ['root', 'belongs to the server'],
      ['aids', 'belongs to the server'],
    ],
  ],
  [
    'one path twice',
    {
      a: items({ t: text }, open),
      b: place('/a/{name}', { allow: { get: 'anyone' }, get: () => 1 }),
      c: gone('/a/{other}'),
    },
    undefined,
    [
      ['b', 'belongs to a already'],
      ['c', 'belongs to b already'],
    ],
  ],
  [
    'paths that are none',
    { a: gone('a'), b: gone('/a/'), c: gone('/a//b'), d: gone('/a?b'), e: gone('/a{b}'), f: gone('/{a}/{a}') },
    undefined,
    [
      ['a', 'no path'],
      ['b', 'no path'],
      ['c', 'no path'],
      ['d', 'no path'],
      ['e', 'no path'],
      ['f', 'two variables of one name'],
    ],
  ],
  [
    'moves',
    {
      a: items({ t: text }, open),
      b: moved('/b/{id}', '/c/{id}'),
      c: moved('/d', '/a/{id}'),
      d: moved('/e', '/e'),
      e: moved('/f/{x}', '/a/{x}'),
      f: moved('/g', 'https://other.example/g'),
    },
    undefined,
    [
      ['b', '/c/{id} is no path'],
      ['c', '{id} of the new path'],
      ['d', 'where it was'],
    ],
  ],
  [
    'resources',
    {
      r: place('/r/{x}', {
        params: { y: text },
        validators: ['etag'],
        allow: { get: 'anyone', post: 'anyone', put: () => true, delete: 'owner' },
        put: { outcomes: [], perform },
        patch: { outcomes: ['done'], perform },
        delete: { outcomes: ['done'], perform },
      }),
    },
    undefined,
    [
      ['r.params.y', 'no such variable'],
      ['r.validators', 'without load'],
      ['r.allow.get', 'there is no get'],
      ['r.allow.post', 'there is no post'],
      ['r.allow.put', 'needs an item'],
      ['r.allow.delete', 'needs accounts'],
      ['r.put', 'nothing can come of it'],
      ['r.patch', 'nobody may use it'],
    ],
  ],
  [
    'a load that finds nothing',
    {
      r: place('/r', {
        loads: ['missing'],
        load: () => found(1),
        allow: { post: 'anyone' },
        get: () => 1,
        post: { outcomes: ['done'], perform },
      }),
    },
    undefined,
    [
      ['r.loads', 'never find anything'],
      ['r.get', 'nobody may use it'],
    ],
  ],
  ['accounts without a way in', { users }, { accounts: accounts.accounts }, [['options.auth', 'no way to sign in']]],
  [
    'a way in without accounts',
    { a: items({ t: text }, open) },
    { auth: [password()], seed: { a: [] } },
    [
      ['options.auth', 'no accounts'],
      ['options.seed', 'no accounts'],
    ],
  ],
  [
    'accounts that are no collection',
    { users },
    { ...accounts, accounts: { ...accounts.accounts, in: 'usrs' } },
    [
      ['options.accounts.in', '"usrs" is no collection'],
      ['users.allow.read', '"self" is no guard here'],
    ],
  ],
  [
    'members of accounts',
    {
      users: items(
        { email: text, name: unique(text.optional()), role: z.enum(['a']) },
        { allow: { create: 'anyone' } },
      ),
    },
    { ...accounts, accounts: { in: 'users', role: 'rule', login: 'mail' } },
    [
      ['options.accounts.login', '"mail" is no member'],
      ['options.accounts.role', '"rule" is no member'],
    ],
  ],
  [
    'a role member that is none: no role is doubted for it',
    { users, a: items({ t: setBy('admin', text.optional()) }, { allow: { create: ['admin', 'editor'] } }) },
    { ...accounts, accounts: { ...accounts.accounts, role: 'rule' } },
    [['options.accounts.role', '"rule" is no member']],
  ],
  [
    'a login that is no member, or not unique: the accounts of the seed are not told apart by it',
    { users: items({ email: text, role: readOnly(z.enum(['a', 'b'])) }, open) },
    {
      ...accounts,
      accounts: { in: 'users', role: 'role', login: 'mail' },
      seed: {
        users: [
          { email: 'x', role: 'a' },
          { email: 'x', role: 'b' },
        ],
      },
    },
    [['options.accounts.login', '"mail" is no member']],
  ],
  [
    'a login that is not unique',
    { users: items({ email: text, role }, open) },
    accounts,
    [['options.accounts.login', 'email is not unique']],
  ],
  [
    'a login that may be absent',
    { users: items({ email: unique(text.optional()), role }, open) },
    accounts,
    [['options.accounts.login', 'email may be absent']],
  ],
  [
    'a role that anyone may take',
    { users: items({ email: unique(text), role: z.enum(['a', 'b']) }, { allow: { create: 'anyone' } }) },
    accounts,
    [['options.accounts.role', 'could give it any role']],
  ],
  [
    'a role that is no text',
    { users: items({ email: unique(text), role: readOnly(z.int().optional()) }, open) },
    accounts,
    [['options.accounts.role', 'is no text']],
  ],
  [
    'a role that is a guard',
    { users: items({ email: unique(text), role: readOnly(z.enum(['owner', 'a']).default('a')) }, open) },
    accounts,
    [['options.accounts.role', '"owner" is a guard']],
  ],
  [
    'roles of any name',
    { users: items({ email: unique(text), role: readOnly(text.default('a')) }, { allow: { read: 'whoever' } }) },
    accounts,
    [],
  ],
  [
    'seeds',
    { users, a: items({ t: text }, open) },
    {
      ...accounts,
      seed: {
        a: [{ t: '' }],
        users: [
          { email: 'a' },
          { email: 'b@c.example', rule: 'x' },
          { email: 'b@c.example', key: 'k e y', password: 'x' },
          { email: 'd@e.example', key: undefined },
        ],
      },
    },
    [
      ['options.seed.a', 'only accounts'],
      ['options.seed.users[0].email', 'Invalid'],
      ['options.seed.users[1].rule', 'is no member'],
      ['options.seed.users[2].key', 'Bearer'],
      ['options.seed.users[2].email', 'another account'],
      ['options.seed.users[2].password', 'no passwords'],
    ],
  ],
  [
    'seeded keys without keys',
    { users },
    { ...accounts, auth: [password()], seed: { users: [{ email: 'a@b.example', key: 'k' }] } },
    [['options.seed.users[0].key', 'no keys']],
  ],
  [
    'limits and origins',
    { a: items({ t: text }, open) },
    {
      limits: { content: 0, depth: 1.5 },
      origins: ['a.example', 'https://a.example', 'http://api.example:80', 'ftp://a.example', 'http://a.example/'],
      cors: { origins: ['https://a.example/', 'http://api.example:80'] },
    },
    [
      ['options.limits.content', 'whole number'],
      ['options.limits.depth', 'whole number'],
      ['options.origins', '"a.example" is no origin'],
      ['options.origins', '"ftp://a.example" is no origin'],
      ['options.origins', '"http://a.example/" is no origin'],
      ['options.cors.origins', '"https://a.example/" is no origin'],
      ['options.cors.origins', '"http://api.example:80" is no origin'],
    ],
  ],
  ['nothing', { a: items({ t: text }, open) }, { cors: { origins: '*' } }, []],
]

test.each(cases)('wrong: %s', (_, resources, options, expected) => {
  const faults = faultsOf(() => define(resources, options))
  const seen = faults.map(({ where, what }, at) => [
    where,
    what.includes(expected[at]?.[1] ?? ' ') ? expected[at]?.[1] : what,
  ])
  expect(seen).toEqual(expected)
})

test('the message names every fault, with what to write instead', () => {
  const broken = () => define({ a: items({ id: text, t: ref('b') }, open) })
  expect(broken).toThrow(
    new DeclarationError([
      { where: 'a.id', what: 'is made by the server', instead: 'Give it another name' },
      { where: 'a.t', what: '"b" is no collection', instead: 'Use a' },
    ]),
  )
  expect(broken).toThrow(
    'The declaration cannot be served:\n  - a.id: is made by the server. Give it another name\n  - a.t: ',
  )
})

test.each([
  ['/noted/{id}', 'Did you mean /notes/{id}?'],
  ['/lod/{id}', 'Use /, /session, /keys, /keys/{id}, /openapi.json, /livez, /readyz, /.tenfour, /notes, /notes/{id}'],
])('what moved to %s, which is no path, is told another, and not its own', (to, advice) => {
  const [fault] = faultsOf(() => define({ notes: items({ t: text }, open), old: moved('/old/{id}', to) }))
  expect(fault?.instead).toBe(advice)
})

test('what works less well than it could is noticed', () => {
  const { notices } = define({ a: items({ t: v.string(), u: z.string().transform(Number), w: text }, open) })
  expect(notices).toEqual([
    expect.stringMatching(/^a\.t: its library, valibot, .*toStandardJsonSchema/),
    expect.stringMatching(/^a\.u: its values cannot be said in JSON Schema/),
  ])
})

function faultsOf(broken: () => unknown) {
  try {
    broken()
    return []
  } catch (error) {
    if (error instanceof DeclarationError) return error.faults
    throw error
  }
}
