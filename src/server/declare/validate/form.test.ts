/** What the compiler says to TypeScript, said to plain JavaScript at start: every option is known, and of its kind. */
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  collection,
  DeclarationError,
  defineApi,
  done,
  found,
  gone,
  moved,
  owner,
  password,
  ref,
  resource,
  unique,
} from '../../index.ts'
import { OPTIONS } from '../options.ts'

const define = defineApi as unknown as (resources: object, options?: unknown) => unknown
const items = collection as unknown as (fields: object, options?: unknown) => object
const place = resource as unknown as (path: unknown, options?: unknown) => object
const move = moved as unknown as (from: string, to: unknown, options?: unknown) => object
const only = unique as unknown as (field: unknown, options: unknown) => object
const refer = ref as unknown as (name: string, options: unknown) => object
const own = owner as unknown as (name: string, options: unknown) => object

const text = z.string()
const allow = { read: 'anyone' }
const perform = () => done()
const act = { allow: 'anyone', outcomes: ['done'], perform }

const a = (options: unknown, fields: object = { text }) => define({ a: items(fields, options) })
const action = (options: unknown) => a({ allow, actions: { go: options } })
const r = (options: unknown) => define({ r: place('/r', options) })
const get = { allow: { get: 'anyone' }, get: () => 1 }
const api = (options: unknown) => define({ a: items({ text }, { allow }) }, options)
const member = (field: unknown) => a({ allow }, { m: field })

/** What is written, and the line that says what is wrong with it. */
const cases: readonly [string, () => unknown, string][] = [
  // ── a collection ──
  ['no options', () => a(undefined), 'a.allow: is missing. Write it, it has no default'],
  ['null for options', () => a(null), 'a: is no object. Write { allow, list, '],
  ['no allow', () => a({}), 'a.allow: is missing. '],
  [
    'a misspelt allow',
    () => a({ allow, alow: {} }),
    'a.alow: unknown option "alow" of a collection. Did you mean allow?',
  ],
  [
    'a misspelt list',
    () => a({ allow, lists: {} }),
    'a.lists: unknown option "lists" of a collection. Did you mean list?',
  ],
  [
    'an option of nothing',
    () => a({ allow, colour: 1 }),
    'a.colour: unknown option "colour" of a collection. Use allow, list, check, before, after, actions, hide, concurrency, putCreates',
  ],
  [
    'case',
    () => a({ allow, putcreates: true }),
    'unknown option "putcreates" of a collection. Did you mean putCreates?',
  ],
  [
    'a verb',
    () => a({ allow: { raed: 'anyone' } }),
    'a.allow.raed: unknown option "raed" of allow. Did you mean read?',
  ],
  [
    'a method for a verb',
    () => a({ allow: { patch: 'x' } }),
    'a.allow.patch: unknown option "patch" of allow. Use list, ',
  ],
  ['a rule of numbers', () => a({ allow: { read: 7 } }), 'a.allow.read: is no rule. Write a guard, a function, '],
  ['a rule of rules', () => a({ allow: { read: [['x']] } }), 'a.allow.read: is no rule. '],
  ['a rule of null', () => a({ allow: { read: null } }), 'a.allow.read: is no rule. '],
  [
    'allow as text',
    () => a({ allow: 'anyone' }),
    'a.allow: is no object. Write { list, read, create, update, delete }',
  ],
  [
    'sorts',
    () => a({ allow, list: { sorts: [] } }),
    'a.list.sorts: unknown option "sorts" of list. Did you mean sort?',
  ],
  ['a filter as text', () => a({ allow, list: { filter: 'text' } }), 'a.list.filter: is no list. Write it in brackets'],
  ['a sort of numbers', () => a({ allow, list: { sort: [1] } }), 'a.list.sort[0]: is no text. '],
  ['a limit as text', () => a({ allow, list: { limit: '10' } }), 'a.list.limit: is no number. '],
  ['a check that is none', () => a({ allow, check: [] }), 'a.check: is no function. '],
  [
    'a hook that is misspelt',
    () => a({ allow, before: { udpate() {} } }),
    'unknown option "udpate" of before. Did you mean update?',
  ],
  [
    'a hook for reading',
    () => a({ allow, after: { read() {} } }),
    'a.after.read: unknown option "read" of after. Use create, ',
  ],
  ['a hook that is none', () => a({ allow, after: { create: 1 } }), 'a.after.create: is no function. '],
  ['hide as text', () => a({ allow, hide: 'yes' }), 'a.hide: is neither true nor false. '],
  [
    'concurrency',
    () => a({ allow, concurrency: 'requierd' }),
    'a.concurrency: unknown concurrency "requierd". Did you mean required?',
  ],
  [
    'concurrency of another kind',
    () => a({ allow, concurrency: true }),
    'unknown concurrency "true". Use optional, required',
  ],
  ['putCreates as a number', () => a({ allow, putCreates: 1 }), 'a.putCreates: is neither true nor false. '],
  // ── actions ──
  ['actions in a list', () => a({ allow, actions: [] }), 'a.actions: is no object. '],
  [
    'an action that is a function',
    () => action(perform),
    'a.actions.go: is no object. Write { input, output, outcomes, allow, ',
  ],
  ['an action that is undefined', () => action(undefined), 'a.actions.go: is missing. '],
  [
    'a misspelt perform',
    () => action({ ...act, preform() {} }),
    'a.actions.go.preform: unknown option "preform" of an action. Did you mean perform?',
  ],
  ['no perform', () => action({ allow: 'anyone', outcomes: ['done'] }), 'a.actions.go.perform: is missing. '],
  ['no rule', () => action({ outcomes: ['done'], perform }), 'a.actions.go.allow: is missing. '],
  ['no outcomes', () => action({ allow: 'anyone', perform }), 'a.actions.go.outcomes: is missing. '],
  ['outcomes as text', () => action({ ...act, outcomes: 'done' }), 'a.actions.go.outcomes: is no list. '],
  [
    'an outcome',
    () => action({ ...act, outcomes: ['done', 'chnaged'] }),
    'a.actions.go.outcomes[1]: unknown outcome "chnaged". Did you mean changed?',
  ],
  [
    'a status',
    () => action({ ...act, outcomes: [409] }),
    'a.actions.go.outcomes[0]: unknown outcome "409". Use created, changed, deleted, ',
  ],
  [
    'an input that is none',
    () => action({ ...act, input: { n: text } }),
    'a.actions.go.input: is no schema. Write any Standard Schema',
  ],
  ['when as a list', () => action({ ...act, when: [] }), 'a.actions.go.when: is no function. '],
  // ── members ──
  [
    'an option of unique',
    () => member(only(text, { flod: true })),
    'a.m.flod: unknown option "flod" of unique. Did you mean fold?',
  ],
  ['fold as text', () => member(only(text, { fold: 'yes' })), 'a.m.fold: is neither true nor false. '],
  [
    'an option of ref',
    () => member(refer('a', { ondelete: 'cascade' })),
    'a.m.ondelete: unknown option "ondelete" of a reference. Did you mean onDelete?',
  ],
  [
    'onDelete',
    () => member(refer('a', { onDelete: 'casacde' })),
    'a.m.onDelete: unknown onDelete "casacde". Did you mean cascade?',
  ],
  [
    'onDelete of an owner',
    () => member(own('a', { onDelete: 'setNull' })),
    'a.m.onDelete: unknown onDelete "setNull". Use restrict, cascade',
  ],
  [
    'an option inside another',
    () => member(only(refer('a', { maybe: 1 }), {})),
    'a.m.maybe: unknown option "maybe" of a reference. ',
  ],
  // ── a resource ──
  ['a resource without options', () => r(undefined), 'r.allow: is missing. '],
  ['a resource without allow', () => r({ get: () => 1 }), 'r.allow: is missing. '],
  [
    'an option of a resource',
    () => r({ ...get, laod: found }),
    'r.laod: unknown option "laod" of a resource. Did you mean load?',
  ],
  [
    'an option of a collection',
    () => r({ ...get, putCreates: true }),
    'r.putCreates: unknown option "putCreates" of a resource. Use params, ',
  ],
  [
    'a method',
    () => r({ ...get, allow: { pots: 'anyone' } }),
    'r.allow.pots: unknown option "pots" of allow. Did you mean post?',
  ],
  [
    'a verb for a method',
    () => r({ ...get, allow: { read: 'anyone' } }),
    'r.allow.read: unknown option "read" of allow. Use get, put, patch, post, delete',
  ],
  [
    'a kind of load',
    () => r({ ...get, loads: ['found', 'mising'] }),
    'r.loads[1]: unknown kind of load "mising". Did you mean missing?',
  ],
  [
    'a validator',
    () => r({ ...get, validators: ['Etag'] }),
    'r.validators[0]: unknown validator "Etag". Did you mean etag?',
  ],
  ['get as true', () => r({ ...get, get: true }), 'r.get: is no function. Write one, or false'],
  [
    'put as a function',
    () => r({ ...get, put: perform }),
    'r.put: is no object. Write { input, output, outcomes, perform }',
  ],
  [
    'an option of put',
    () => r({ ...get, put: { outcomes: ['done'], perform, inputs: text } }),
    'r.put.inputs: unknown option "inputs" of put. Did you mean input?',
  ],
  [
    'a rule in post',
    () => r({ ...get, post: { ...act } }),
    'r.post.allow: unknown option "allow" of post. Use input, output, outcomes, perform',
  ],
  [
    'an outcome of delete',
    () => r({ ...get, delete: { outcomes: ['delete'], perform } }),
    'r.delete.outcomes[0]: unknown outcome "delete". Did you mean deleted?',
  ],
  ['a param', () => r({ ...get, params: { id: 'text' } }), 'r.params.id: is no schema. '],
  ['a query', () => r({ ...get, query: { at: null } }), 'r.query.at: is no schema. '],
  ['upstream', () => r({ ...get, upstream: 'https://other.example' }), 'r.upstream: is neither true nor false. '],
  ['no path', () => define({ r: place({ ...get }) }), 'r: is nothing that can be served. '],
  // ── former paths ──
  [
    'a way to move',
    () => define({ m: move('/a', '/b', { as: 'permanant' }) }),
    'm.as: unknown way to move "permanant". Did you mean permanent?',
  ],
  [
    'an option of moved',
    () => define({ m: move('/a', '/b', { how: 'old' }) }),
    'm.how: unknown option "how" of moved. Use as',
  ],
  [
    'a move that is an outcome',
    () => define({ m: move('/b', { permanent: false }) }),
    'm: is nothing that can be served. Write collection(…), ',
  ],
  ['gone without a path', () => define({ g: gone() }), 'g: is nothing that can be served. '],
  // ── the API ──
  ['a resource that is none', () => define({ a: { text } }), 'a: is nothing that can be served. '],
  ['a list of collections', () => define([items({ text }, { allow })]), 'defineApi: takes an object of collections '],
  [
    'a collection without a name',
    () => define(items({ text }, { allow })),
    'defineApi: takes an object of collections ',
  ],
  ['no collections', () => define(undefined as never), 'defineApi: takes an object of collections and '],
  ['a resource that is null', () => define({ a: null }), 'a: is nothing that can be served. '],
  ['options as text', () => api('Notes'), 'options: is no object. Write { title, version, accounts, '],
  [
    'an option',
    () => api({ acounts: {} }),
    'options.acounts: unknown option "acounts" of an API. Did you mean accounts?',
  ],
  ['a title', () => api({ title: 1 }), 'options.title: is no text. '],
  [
    'an option of accounts',
    () => api({ accounts: { in: 'a', role: 'text', login: 'text', roles: [] } }),
    'options.accounts.roles: unknown option "roles" of accounts. Did you mean role?',
  ],
  ['no login', () => api({ accounts: { in: 'a', role: 'text' } }), 'options.accounts.login: is missing. '],
  [
    'a way in',
    () => api({ auth: [password()].concat(password as never) }),
    'options.auth[1]: is no way to sign in. Write password() or apiKeys(), and call it',
  ],
  ['one way in', () => api({ auth: password() }), 'options.auth: is no list. '],
  ['validation', () => api({ validation: 403 }), 'options.validation: unknown validation "403". Use 400, 422'],
  ['unavailable', () => api({ unavailable: '500' }), 'options.unavailable: unknown unavailable "500". '],
  [
    'an option of limits',
    () => api({ limits: { contents: 1 } }),
    'options.limits.contents: unknown option "contents" of limits. Did you mean content?',
  ],
  ['a limit with a unit', () => api({ limits: { content: '1mb' } }), 'options.limits.content: is no number. '],
  ['cors as true', () => api({ cors: true }), 'options.cors: is no object. Write { origins }'],
  [
    'an option of cors',
    () => api({ cors: { origin: '*' } }),
    'options.cors.origin: unknown option "origin" of cors. Did you mean origins?',
  ],
  ['one origin', () => api({ origins: 'https://a.example' }), 'options.origins: is no list. '],
  [
    'one origin of cors',
    () => api({ cors: { origins: 'https://a.example' } }),
    "options.cors.origins: is neither '*' nor a list of origins. ",
  ],
  ['one account to seed', () => api({ seed: { a: { text: '' } } }), 'options.seed.a: is no list. '],
  ['a key that is no text', () => api({ seed: { a: [{ text: '', key: 7 }] } }), 'options.seed.a[0].key: is no text. '],
]

test.each(cases)('wrong: %s', (_, broken, line) => {
  expect(broken).toThrow(DeclarationError)
  expect(broken).toThrow(`\n  - ${line}`.slice(line.startsWith('unknown') ? 5 : 0))
})

test('all that is wrong with the form is said at once, and before anything is asked about meaning', () => {
  const broken = () =>
    define({ a: items({ m: refer('nowhere', { maybe: 1 }) }, { allow, alow: 1, hide: 1 }) }, { acounts: 1, seed: 1 })
  expect(faultsOf(broken)).toEqual(['a.hide', 'a.alow', 'a.m.maybe', 'options.seed', 'options.acounts'])
  expect(faultsOf(() => define({ a: items({ m: refer('nowhere', {}) }, { allow }) }))).toEqual(['a.m'])
})

test('undefined is as good as left out', () => {
  const nothing = (table: object) => Object.fromEntries(Object.keys(table).map((name) => [name, undefined]))
  expect(() =>
    define(
      { a: items({ text }, { ...nothing(OPTIONS.collection), allow: nothing(OPTIONS.allow) }) },
      nothing(OPTIONS.api),
    ),
  ).not.toThrow()
  expect(() => r({ ...nothing(OPTIONS.resource), ...get })).not.toThrow()
})

describe('every table', () => {
  test.each(Object.entries(OPTIONS))('%s: each option is refused when it is no value for it', (_, table) => {
    const wrong = Object.freeze({ unlike: 'anything' })
    for (const [name, form] of Object.entries(table)) {
      const value = name === 'params' || name === 'query' || name === 'actions' || name === 'seed' ? [] : wrong
      expect([name, [...form(value, name)].length > 0]).toEqual([name, true])
      expect([name, [...form(undefined, name)].every(({ what }) => what === 'is missing')]).toEqual([name, true])
    }
  })
})

function faultsOf(broken: () => unknown): readonly string[] {
  try {
    broken()
    return []
  } catch (error) {
    if (error instanceof DeclarationError) return error.faults.map(({ where }) => where)
    throw error
  }
}
