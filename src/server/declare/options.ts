/**
 * Every option of the declaration language, with its form: one table for each object of options.
 *
 * The keys are those of the type that the author sees, neither more nor fewer, or this file does not
 * compile. An option that is no key here stops the start: one that is ignored in silence is a rule
 * that does not hold.
 */
import { POLICY } from '../../rules/index.ts'
import type { ActionOptions, AfterHooks, BeforeHooks } from './action-options.ts'
import type { AuthMethod } from './auth.ts'
import type { Allow, collection, ListOptions } from './collection.ts'
import type { MovedDeclaration } from './declaration.ts'
import type { AccountsIn, ApiOptions, Cors } from './define-api.ts'
import type { unique } from './field.ts'
import {
  callback,
  choice,
  each,
  flag,
  type Form,
  type Forms,
  list,
  members,
  number,
  options,
  passing,
  required,
  text,
} from './form.ts'
import { isSchema } from './json-schema.ts'
import { LIMITS } from './limits.ts'
import type { MoveOptions } from './moved.ts'
import type { LoadKind, ResultKind, Validator } from './outcome.ts'
import type { OnDelete, ReferenceOptions } from './reference.ts'
import type { MethodOptions } from './resource-options.ts'
import type { resource } from './resource.ts'

/** A form for each option of a type. */
type Known<T> = Readonly<Record<keyof NonNullable<T> & string, Form>>
/** The type of a function's argument at this place. */
type Taken<F extends (...taken: never[]) => unknown, At extends number> = NonNullable<Parameters<F>[At]>
/** All names there are, in the order they are written here. */
const every = <K extends string>(names: Readonly<Record<K, true>>): readonly string[] => Object.keys(names)

const schema = passing(isSchema, 'is no schema', 'Write any Standard Schema: z.string(), v.string(), type("string")')
const isGuard = (given: unknown) => typeof given === 'string' || typeof given === 'function'
const rule = passing(
  (given) => (Array.isArray(given) ? given.every(isGuard) : isGuard(given)),
  'is no rule',
  "Write a guard, a function, or a list of them: ['owner', 'admin']",
)
const concurrency = choice('concurrency', every<'optional' | 'required'>({ optional: true, required: true }))
const outcome = choice(
  'outcome',
  every<ResultKind>({
    created: true,
    changed: true,
    deleted: true,
    done: true,
    accepted: true,
    seeOther: true,
    stale: true,
    conflict: true,
    invalid: true,
  }),
)

const allow = {
  list: rule,
  read: rule,
  create: rule,
  update: rule,
  delete: rule,
} satisfies Known<Allow<unknown>>

const listed = {
  filter: list(text),
  sort: list(text),
  limit: number,
  most: number,
} satisfies Known<ListOptions<string>>

const before = { create: callback, update: callback, delete: callback } satisfies Known<BeforeHooks<unknown>>
const after = { create: callback, update: callback, delete: callback } satisfies Known<AfterHooks<unknown>>

const action = {
  input: schema,
  output: schema,
  outcomes: required(list(outcome)),
  allow: required(rule),
  when: callback,
  perform: required(callback),
} satisfies Known<ActionOptions<unknown, unknown, unknown, []>>

const collected = {
  allow: required(options('allow', allow)),
  list: options('list', listed),
  check: callback,
  before: options('before', before),
  after: options('after', after),
  actions: each(options('an action', action)),
  hide: flag,
  concurrency,
  putCreates: flag,
} satisfies Known<Taken<typeof collection, 1>>

const method = {
  input: schema,
  output: schema,
  outcomes: required(list(outcome)),
  perform: required(callback),
} satisfies Known<MethodOptions<unknown, unknown, unknown, [], unknown>>

const methods = { get: rule, put: rule, patch: rule, post: rule, delete: rule } satisfies Known<
  Record<'get' | 'put' | 'patch' | 'post' | 'delete', unknown>
>

const load = choice(
  'kind of load',
  every<LoadKind>({ found: true, missing: true, gone: true, moved: true, movedForNow: true }),
)

const resourced = {
  params: each(schema),
  query: each(schema),
  loads: list(load),
  validators: list(choice('validator', every<Validator>({ etag: true, lastModified: true }))),
  load: callback,
  allow: required(options('allow', methods)),
  output: schema,
  get: passing((given) => given === false || typeof given === 'function', 'is no function', 'Write one, or false'),
  put: options('put', method),
  patch: options('patch', method),
  post: options('post', method),
  delete: options('delete', method),
  hide: flag,
  concurrency,
  upstream: flag,
} satisfies Known<Taken<typeof resource, 1>>

const how = every<MovedDeclaration['how']>({ permanent: true, old: true, forNow: true })
const relocated = { as: choice('way to move', how) } satisfies Known<MoveOptions>

const uniquely = { fold: flag } satisfies Known<Taken<typeof unique, 1>>

const referring = {
  onDelete: choice('onDelete', every<OnDelete>({ restrict: true, cascade: true })),
  optional: flag,
} satisfies Known<ReferenceOptions>

const accounts = {
  in: required(text),
  role: required(text),
  login: required(text),
} satisfies Known<AccountsIn<Readonly<Record<string, { readonly kind: 'collection' }>>>>

const cors = {
  origins: required(
    passing(
      (given) => given === '*' || Array.isArray(given),
      "is neither '*' nor a list of origins",
      'Write one of them',
    ),
  ),
} satisfies Known<Cors>

const limits = Object.fromEntries(Object.keys(LIMITS).map((name) => [name, number]))

const ways = every<AuthMethod['kind']>({ password: true, apiKeys: true })
const wayIn = passing(
  (given) => ways.includes(Object(given).kind),
  'is no way to sign in',
  'Write password() or apiKeys(), and call it',
)

const api = {
  title: text,
  version: text,
  accounts: options('accounts', accounts),
  auth: list(wayIn),
  realm: text,
  seed: each(list(members({ key: text, password: text }))),
  validation: choice('validation', POLICY.validation.option),
  unavailable: choice('unavailable', POLICY.unavailable.option),
  origins: list(text),
  cors: options('cors', cors),
  limits: options('limits', limits),
} satisfies Known<ApiOptions<unknown, unknown, unknown, unknown, unknown, unknown>>

/** The tables, by what has the options. */
export const OPTIONS = {
  api,
  accounts,
  cors,
  limits,
  collection: collected,
  allow,
  list: listed,
  before,
  after,
  action,
  resource: resourced,
  methods,
  method,
  moved: relocated,
  unique: uniquely,
  reference: referring,
} satisfies Readonly<Record<string, Forms>>
