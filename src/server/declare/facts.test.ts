import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Fact, specialise } from '../../rules/index.ts'
import type { ApiDeclaration, Rule } from './declaration.ts'
import { actionFacts, apiFacts, collectionFacts, type Verb } from './facts.ts'
import {
  apiKeys,
  changed,
  collection,
  conflict,
  defineApi,
  deleted,
  done,
  found,
  owner,
  password,
  ref,
  resource,
  setBy,
  stale,
  unique,
} from '../index.ts'
import { resourceFacts } from './resource-facts.ts'
import { guardFacts, listGuardFacts, readGuardFacts } from './rule.ts'

const item = () => true

test.each<[string, Rule | undefined, boolean, Fact[]]>([
  ['anyone', 'anyone', false, []],
  ['anyone among others', ['admin', 'anyone', item], true, []],
  ['whoever is signed in', 'signedIn', false, ['guarded']],
  ['whoever is signed in, or an owner', ['owner', 'signedIn'], true, ['guarded']],
  ['a role is told before anything is looked up', 'admin', false, ['guarded', 'roles']],
  ['so is oneself, by the path', ['self', 'admin'], true, ['guarded', 'roles']],
  ['an owner is told by the item', 'owner', false, ['guarded', 'itemRule']],
  ['an owner or a role', ['owner', 'admin'], true, ['guarded', 'itemRule', 'hide']],
  ['a function alone may let in callers that are not signed in', item, false, ['itemRule', 'anonymousItem']],
  ['likewise, and hides', [item], true, ['itemRule', 'anonymousItem', 'hide']],
  ['a function or a role', [item, 'admin'], false, ['guarded', 'itemRule']],
  ['nobody is nobody, not everybody', [], false, ['guarded', 'roles']],
  ['nor is no rule', undefined, true, ['guarded', 'roles']],
])('9110 §15.5.2, §15.5.4: %s', (_, rule, hide, facts) => {
  expect(guardFacts(rule, hide)).toEqual(facts)
})

test.each<[string, Rule, boolean, Fact[]]>([
  [
    'who may not read a hidden item is told that there is none, and never 403',
    ['owner', 'admin'],
    true,
    ['guarded', 'hide'],
  ],
  ['nor 401, where nobody need be known', item, true, ['hide']],
  ['an item that is not hidden', item, false, ['itemRule', 'anonymousItem']],
  ['a hidden item whose readers are told by role', 'admin', true, ['guarded', 'roles']],
])('9110 §15.5.4: %s', (_, rule, hide, facts) => {
  expect(readGuardFacts(rule, hide)).toEqual(facts)
})

test.each<[string, Rule, Fact[]]>([
  ['anyone', 'anyone', []],
  ['whoever is signed in', ['signedIn', 'admin'], ['guarded']],
  ['own items: a filter, never a refusal', ['owner', 'admin'], ['guarded']],
  ['a role', 'admin', ['guarded', 'roles']],
])('in a list, %s', (_, rule, facts) => {
  expect(listGuardFacts(rule)).toEqual(facts)
})

const everyone = { list: 'anyone', read: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' } as const
const users = collection(
  { email: unique(z.email()), role: setBy('admin', z.enum(['basic', 'admin']).default('basic')) },
  { allow: { ...everyone, list: 'admin' } },
)
const bare = collection({ t: z.string() }, { allow: everyone })
const options = { accounts: { in: 'users', role: 'role', login: 'email' }, auth: [password(), apiKeys()] } as const

const api = defineApi(
  {
    users,
    bare,
    owned: collection({ by: owner('users', { optional: true, onDelete: 'cascade' }) }, { allow: everyone }),
    strict: collection(
      { t: z.string() },
      { allow: everyone, concurrency: 'required', putCreates: true, check: () => undefined },
    ),
    // Deleting an account deletes what it owns, and a note keeps that from being deleted.
    notes: collection({ of: ref('owned') }, { allow: everyone }),
  },
  options,
).declaration

const CONTENT: Fact[] = ['content', 'schema']

test.each<[string, Verb, Fact[]]>([
  ['bare', 'list', ['item', 'selects', 'negotiated', 'reads']],
  ['bare', 'read', ['item', 'selects', 'modified', 'mustExist', 'negotiated', 'reads']],
  ['bare', 'create', ['performs', 'created', 'writes', 'keyed', ...CONTENT]],
  [
    'bare',
    'replace',
    ['item', 'selects', 'modified', 'mustExist', 'performs', 'replies', 'stale', 'writes', ...CONTENT],
  ],
  ['bare', 'remove', ['item', 'selects', 'modified', 'mustExist', 'performs', 'deleted', 'stale', 'writes']],
  ['users', 'list', ['item', 'selects', 'negotiated', 'reads', 'guarded', 'roles']],
  ['users', 'create', ['performs', 'created', 'writes', 'keyed', ...CONTENT, 'conflict', 'members', 'passwords']],
  [
    'users',
    'remove',
    ['item', 'selects', 'modified', 'mustExist', 'performs', 'deleted', 'stale', 'writes', 'conflict'],
  ],
  ['owned', 'create', ['performs', 'created', 'writes', 'keyed', ...CONTENT, 'invalid', 'members']],
  [
    'owned',
    'remove',
    ['item', 'selects', 'modified', 'mustExist', 'performs', 'deleted', 'stale', 'writes', 'conflict'],
  ],
  ['notes', 'remove', ['item', 'selects', 'modified', 'mustExist', 'performs', 'deleted', 'stale', 'writes']],
  [
    'strict',
    'replace',
    [
      'item',
      'selects',
      'modified',
      'created',
      'performs',
      'replies',
      'stale',
      'writes',
      ...CONTENT,
      'invalid',
      'conditionRequired',
    ],
  ],
  [
    'strict',
    'modify',
    [
      'item',
      'selects',
      'modified',
      'mustExist',
      'performs',
      'replies',
      'stale',
      'writes',
      ...CONTENT,
      'invalid',
      'conditionRequired',
    ],
  ],
])('facts: %s %s', (name, verb, facts) => {
  expect(collectionFacts(api, name, verb).toSorted()).toEqual(facts.toSorted())
})

test('a password may be changed by few, whoever else may change the account', () => {
  const plain = (auth: readonly (ReturnType<typeof password> | ReturnType<typeof apiKeys>)[]) =>
    defineApi(
      {
        users: collection(
          { email: unique(z.email()), role: z.string().default('basic') },
          { allow: { read: 'anyone' } },
        ),
      },
      { accounts: options.accounts, auth },
    ).declaration
  expect(collectionFacts(plain([password()]), 'users', 'modify')).toContain('members')
  expect(collectionFacts(plain([apiKeys()]), 'users', 'modify')).not.toContain('members')
})

test('an action is written with the version it was shown', () => {
  const { declaration } = defineApi({
    a: collection(
      { t: unique(z.string()), other: ref('a', { optional: true }) },
      {
        allow: everyone,
        actions: {
          change: { allow: 'anyone', input: z.string(), outcomes: ['changed'], perform: () => changed({ t: '' }) },
          turn: { allow: 'anyone', outcomes: ['changed'], perform: () => changed({ t: '' }) },
          drop: { allow: 'anyone', outcomes: ['deleted'], perform: () => deleted() },
          look: { allow: 'anyone', input: z.string(), when: () => [], outcomes: ['done'], perform: () => done() },
        },
      },
    ),
  })
  const facts = (action: string) => {
    const { resources } = declaration
    const declared = resources['a']?.kind === 'collection' ? resources['a'].actions[action] : undefined
    return declared === undefined ? [] : actionFacts(declaration, 'a', declared)
  }
  expect(facts('change')).toEqual(expect.arrayContaining(['stale', 'conflict', 'invalid', 'replies']))
  // Without content there is none to be wrong.
  expect(facts('turn')).toContain('conflict')
  expect(facts('turn')).not.toContain('invalid')
  expect(facts('drop')).toEqual(expect.arrayContaining(['stale', 'conflict', 'deleted']))
  expect(facts('drop')).not.toContain('invalid')
  expect(facts('look')).toEqual(expect.arrayContaining(['content', 'schema', 'keyed', 'state', 'replies']))
  expect(facts('look')).not.toContain('stale')
})

test('a resource has the facts it declares', () => {
  const shelf = resource('/shelves/{n}', {
    params: { n: z.string() },
    loads: ['found', 'missing', 'gone', 'moved', 'movedForNow'],
    validators: ['lastModified'],
    load: () => found(1, { lastModified: 0 }),
    allow: { get: 'anyone', put: 'anyone', post: 'anyone' },
    put: { outcomes: ['created', 'stale', 'invalid'], perform: () => stale() },
    post: { input: z.string(), outcomes: ['accepted', 'seeOther', 'conflict'], perform: () => conflict([]) },
    concurrency: 'required',
    upstream: true,
  })
  const { declaration } = defineApi({ shelf }, { validation: 422 })
  const loaded: Fact[] = ['params', 'item', 'goes', 'moves', 'movesForNow', 'modified', 'upstream']
  expect(resourceFacts(declaration, shelf, 'get').toSorted()).toEqual(
    [...loaded, 'mustExist', 'negotiated', 'reads'].toSorted(),
  )
  expect(resourceFacts(declaration, shelf, 'put').toSorted()).toEqual(
    [...loaded, 'performs', 'writes', 'created', 'stale', 'invalid422', 'conditionRequired'].toSorted(),
  )
  expect(resourceFacts(declaration, shelf, 'post').toSorted()).toEqual(
    [
      ...loaded,
      'mustExist',
      'performs',
      'writes',
      'content',
      'schema422',
      'keyed',
      'accepted',
      'seeOther',
      'conflict',
    ].toSorted(),
  )
})

test('facts of the API', () => {
  const plain = (more: object): ApiDeclaration => ({ ...defineApi({ bare }).declaration, ...more })
  expect(apiFacts(plain({}))).toEqual(['store', 'unavailable'])
  expect(apiFacts(plain({ resources: {}, unavailable: 500, cors: { origins: '*' } }))).toEqual(['cors'])
  expect(apiFacts(api)).toEqual(['accounts', 'store', 'unavailable'])
})

test('9110 §15: without accounts nobody is asked who they are, and nothing is forbidden', () => {
  const { declaration } = defineApi({ bare })
  const facts = new Set([...apiFacts(declaration), ...collectionFacts(declaration, 'bare', 'modify')])
  const { statuses } = specialise('PATCH', facts)
  expect(statuses).not.toContain(401)
  expect(statuses).not.toContain(403)
  expect(() => collectionFacts(declaration, 'nothing', 'list')).toThrow(TypeError)
})
