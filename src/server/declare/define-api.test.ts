import { expect, test } from 'vitest'
import { z } from 'zod'
import { apiKeys, collection, defineApi, done, found, LIMITS, password, readOnly, resource, unique } from '../index.ts'

const text = z.string()
const open = { allow: { read: 'anyone' } } as const

test('what is not said has its default', () => {
  const { declaration, notices } = defineApi({ notes: collection({ text }, open) })
  expect(declaration).toEqual({
    resources: {
      notes: {
        kind: 'collection',
        fields: { text: { schema: text } },
        allow: { read: 'anyone' },
        list: { filter: [], sort: ['-createdAt'], limit: 50, most: 1000 },
        check: undefined,
        before: {},
        after: {},
        actions: {},
        hide: false,
        concurrency: 'optional',
        putCreates: false,
      },
    },
    title: 'API',
    version: '1.0.0',
    accounts: undefined,
    auth: { password: false, apiKeys: false },
    realm: 'api',
    seed: {},
    validation: 400,
    unavailable: 503,
    origins: undefined,
    cors: undefined,
    limits: LIMITS,
  })
  expect(notices).toEqual([])
})

test('a seed is members, and credentials beside them', () => {
  const users = collection({ name: unique(text), role: readOnly(text.default('basic')) }, open)
  const { declaration } = defineApi(
    { users },
    {
      accounts: { in: 'users', role: 'role', login: 'name' },
      auth: [password(), apiKeys()],
      seed: {
        users: [
          { name: 'ann', role: 'admin', key: 'k', password: 'correct horse' },
          { name: 'bob', key: undefined },
        ],
      },
    },
  )
  expect(declaration.seed).toEqual({
    users: [
      { values: { name: 'ann', role: 'admin' }, key: 'k', password: 'correct horse' },
      { values: { name: 'bob' } },
    ],
  })
  expect(declaration.auth).toEqual({ password: true, apiKeys: true })
})

test('limits that are not said keep their default', () => {
  expect(defineApi({ notes: collection({ text }, open) }, { limits: { content: 10 } }).declaration.limits).toEqual({
    ...LIMITS,
    content: 10,
  })
})

test('a resource answers GET with what it loads, if anybody may see it', () => {
  const load = () => found(1)
  const post = { outcomes: ['done'], perform: () => done() } as const
  expect(resource('/a', { load, allow: { get: 'anyone' } })).toMatchObject({ get: true, loads: ['found', 'missing'] })
  expect(resource('/a', { load, allow: { post: 'anyone' }, post })).toMatchObject({ get: false })
  expect(resource('/a', { load, get: false, allow: { get: 'anyone' } })).toMatchObject({ get: false })
  expect(resource('/a', { allow: { post: 'anyone' }, post })).toMatchObject({ get: false, loads: [], load: undefined })
})
