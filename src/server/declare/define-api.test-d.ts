/** What `defineApi` lets through and refuses, and the contract it gives. */
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'
import type { ContentOf, OperationOf, OperationsOf, StatusOf } from '../../rules/index.ts'
import type { Checked } from './declaration-check.ts'
import {
  apiKeys,
  changed,
  collection,
  defineApi,
  gone,
  hidden,
  moved,
  owner,
  password,
  readBy,
  ref,
  resource,
  setBy,
  unique,
} from '../index.ts'

const users = collection(
  {
    email: unique(z.email()),
    username: unique(z.string().min(3).max(40)),
    role: setBy('admin', z.enum(['basic', 'admin']).default('basic')),
  },
  { allow: { create: 'anyone', list: 'admin', read: ['self', 'admin'], update: ['self', 'admin'], delete: 'admin' } },
)
const articles = collection(
  {
    title: z.string().min(1).max(200),
    slug: unique(z.string().optional()),
    authorId: owner('users', { onDelete: 'restrict' }),
  },
  {
    allow: { list: 'anyone', read: 'anyone', create: 'signedIn', update: ['owner', 'admin'] },
    list: { filter: ['authorId'], sort: ['-createdAt', 'title'] },
    actions: {
      retitle: {
        input: z.object({ title: z.string() }),
        allow: 'owner',
        outcomes: ['changed'],
        perform: ({ input }) => changed({ title: input.title }),
      },
    },
  },
)
const accounts = { in: 'users', role: 'role', login: 'email' } as const

export const newsroom = defineApi(
  { users, articles, old: moved('/news/{name}', '/articles/{name}'), attic: gone('/attic') },
  {
    accounts,
    auth: [password(), apiKeys()],
    seed: { users: [{ email: 'a@b.example', username: 'ann', role: 'admin', key: process.env['ADMIN_KEY'] }] },
  },
)
type Newsroom = typeof newsroom
type Is<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Same<A, B> = [A, B] extends [B, A] ? true : false

// RFC 9110 §15: exactly what can come.
export const statuses: [
  Same<StatusOf<Newsroom, 'GET /articles/{id}'>, 200 | 304 | 400 | 401 | 404 | 406 | 412 | 417 | 500 | 503>,
  Same<StatusOf<Newsroom, 'GET /articles'>, 200 | 304 | 400 | 401 | 406 | 412 | 417 | 500 | 503>,
  403 extends StatusOf<Newsroom, 'GET /users/{id}'> ? true : false,
  // Who creates an article is not judged by role, but may not name another owner.
  403 extends StatusOf<Newsroom, 'POST /articles'> ? true : false,
  // Articles keep their author from being deleted.
  409 extends StatusOf<Newsroom, 'DELETE /users/{id}'> ? true : false,
] = [true, true, true, true, true]

// What nobody may do does not exist.
// @ts-expect-error nobody may delete an article
export type NoOperation = StatusOf<Newsroom, 'DELETE /articles/{id}'>
export const names: Same<
  keyof OperationsOf<Newsroom>,
  | `${'GET' | 'POST'} /users`
  | `${'GET' | 'PUT' | 'PATCH' | 'DELETE'} /users/{id}`
  | `${'GET' | 'POST'} /articles`
  | `${'GET' | 'PUT' | 'PATCH'} /articles/{id}`
  | 'POST /articles/{id}/retitle'
  | `${'GET' | 'POST' | 'DELETE'} /session`
  | `${'GET' | 'POST'} /keys`
  | `${'GET' | 'DELETE'} /keys/{id}`
> = true

// Content, by status.
type Sent = ContentOf<OperationOf<Newsroom, 'GET /users/{id}'>, 200>
export const contents: [
  Is<Sent['role'], 'basic' | 'admin'>,
  Is<ContentOf<OperationOf<Newsroom, 'POST /users'>, 201>, Sent>,
  Is<ContentOf<OperationOf<Newsroom, 'PATCH /users/{id}'>, 200>, Sent>,
  Is<ContentOf<OperationOf<Newsroom, 'PATCH /users/{id}'>, 204>, undefined>,
  Is<ContentOf<OperationOf<Newsroom, 'GET /users'>, 200>['items'], readonly Sent[]>,
  Is<OperationOf<Newsroom, 'POST /users'>['in']['password'], string | undefined>,
  Is<OperationOf<Newsroom, 'POST /articles/{id}/retitle'>['in'], { title: string }>,
  Is<OperationOf<Newsroom, 'GET /articles'>['query']['sort'], '-createdAt' | 'title' | undefined>,
  Is<OperationOf<Newsroom, 'GET /articles'>['query']['authorId'], string | undefined>,
  Is<OperationOf<Newsroom, 'POST /session'>['in'], { readonly email: string; readonly password: string }>,
] = [true, true, true, true, true, true, true, true, true, true]

// A status goes with the fact that brought it.
const open = { list: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' } as const
const plain = defineApi({ notes: collection({ text: z.string() }, { allow: open }) })
export const facts: [
  // Nobody is asked who they are.
  Same<Extract<StatusOf<typeof plain, 'DELETE /notes/{id}'>, 401 | 403>, never>,
  // Nothing is written, so nothing can conflict.
  Same<Extract<StatusOf<typeof plain, 'GET /notes'>, 403 | 404 | 409>, never>,
] = [true, true]
const own500 = defineApi(
  { notes: collection({ text: z.string() }, { allow: open }) },
  { unavailable: 500, validation: 422 },
)
export const chosen: [
  503 extends StatusOf<typeof own500, 'GET /notes'> ? true : false,
  422 extends StatusOf<typeof own500, 'PUT /notes/{id}'> ? true : false,
] = [false, true]

// Any Standard Schema.
const mixed = defineApi({
  pots: collection(
    { name: unique(v.pipe(v.string(), v.minLength(1))), size: type('number.integer'), glaze: z.string().optional() },
    { allow: { create: 'anyone', read: 'anyone' } },
  ),
})
export const mixedIn: Is<
  OperationOf<typeof mixed, 'POST /pots'>['in'],
  { readonly name: string; readonly size: number; readonly glaze?: string | undefined }
> = true

// A schema that takes anything says in its input type nothing of absence. What the server needs has to be given.
const coerced = {
  needed: z.coerce.number(),
  anything: z.unknown(),
  told: z.coerce.number<number>(),
  byDefault: z.coerce.number().default(1),
  optional: z.coerce.boolean().optional(),
  toldByDefault: z.coerce.number<number>().default(1),
  made: z
    .string()
    .optional()
    .transform((text) => text?.length),
}
type Needed<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T]
const coercing = defineApi({
  tills: collection(coerced, { allow: { create: 'anyone' } }),
  sums: resource('/sums', { query: coerced, allow: { get: 'anyone' }, get: () => 1 }),
})
export const needed: [
  Is<Needed<OperationOf<typeof coercing, 'GET /sums'>['query']>, 'needed' | 'anything' | 'told'>,
  Is<Needed<OperationOf<typeof coercing, 'POST /tills'>['in']>, 'needed' | 'anything' | 'told'>,
  Is<OperationOf<typeof coercing, 'GET /sums'>['query']['toldByDefault'], number | undefined>,
] = [true, true, true]

// What is wrong is said in the type that the compiler shows.
const faulty = {
  users,
  guard: collection({ t: z.string() }, { allow: { read: ['signedIn', 'admn'] } }),
  self: collection({ t: z.string() }, { allow: { read: 'self' } }),
  create: collection({ by: owner('users') }, { allow: { create: 'owner' } }),
  role: collection({ t: setBy('editor', z.string()), u: readBy('admin', z.string()) }, { allow: { read: 'anyone' } }),
  ref: collection({ t: ref('usrs') }, { allow: { read: 'anyone' } }),
  owner: collection({ t: owner('ref') }, { allow: { read: 'anyone' } }),
  resource: resource('/x', { allow: { get: 'owner' }, get: () => 1 }),
  moved: moved('/a/{id}', '/usrs/{id}'),
  variable: moved('/a/{id}', '/users/{name}'),
  right: moved('/a/{name}', '/users/{name}'),
  reader: collection({ t: readBy(['admin', 'boss'], z.string()) }, { allow: { read: 'anyone' } }),
} as const
type Faults = Checked<typeof faulty, typeof accounts>
type Said = {
  users: unknown
  reader: '"boss" is no role: use admin, basic'
  guard: '"admn" is no guard here: use anyone, signedIn, admin, basic'
  self: '"self" is no guard here: use anyone, signedIn, admin, basic'
  create: '"owner" is no guard here: use anyone, signedIn, admin, basic'
  role: '"editor" is no role: use admin, basic'
  ref: '"usrs" is no collection: use create, guard, owner, reader, ref, role, self, users'
  owner: "an owner is an account: write owner('users')"
  resource: '"owner" is no guard here: use anyone, signedIn, admin, basic'
  moved: '"/usrs/{id}" is no path of this API'
  variable: '"{name}" is no variable of the former path'
  right: unknown
}
type Wrong = { [K in keyof typeof faulty]: Is<Faults[K], Said[K]> extends true ? never : K }[keyof typeof faulty]
const wrong: Wrong[] = []
wrong satisfies never[]
// @ts-expect-error faults do not compile
defineApi(faulty, { accounts, auth: [apiKeys()] })
// @ts-expect-error a guard without accounts
defineApi({ notes: collection({ text: z.string() }, { allow: { read: 'signedIn' } }) })
// @ts-expect-error no collection
defineApi({ users }, { accounts: { ...accounts, in: 'usrs' } })
// @ts-expect-error no member
defineApi({ users }, { accounts: { ...accounts, role: 'rule' } })
// @ts-expect-error not unique
defineApi({ users }, { accounts: { ...accounts, login: 'role' } })
// @ts-expect-error no option
defineApi({ users }, { accounts, auths: [] })
// @ts-expect-error a member is missing
defineApi({ users }, { accounts, auth: [apiKeys()], seed: { users: [{ email: 'a@b.example' }] } })
// @ts-expect-error only accounts are seeded
defineApi({ users, articles }, { accounts, auth: [apiKeys()], seed: { articles: [{ title: '' }] } })
// @ts-expect-error no status to choose
defineApi({ users }, { accounts, auth: [apiKeys()], validation: 403 })
// @ts-expect-error hidden members are not filtered by, whatever the collection
collection({ t: hidden(z.string()) }, { allow: { list: 'anyone' }, list: { filter: ['t'] } })
