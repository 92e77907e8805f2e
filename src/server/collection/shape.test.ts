import { expect, test } from 'vitest'
import { z } from 'zod'
import { DECLARED } from '../../../test/in-process.ts'
import { openMemoryForTests } from '../../store/memory.test-store.ts'
import { compileCollection } from './context.ts'
import { collection } from '../declare/collection.ts'
import { hidden, readBy, readOnly, setBy } from '../declare/field.ts'
import { owner } from '../declare/reference.ts'
import { inputShape, itemShape, listShape } from './shape.ts'

const things = collection(
  {
    name: z.string(),
    note: z.string().optional(),
    sub: z.string().nullable(),
    kind: z.string().default('a'),
    state: readOnly(z.string()),
    size: setBy('admin', z.int()),
    secret: hidden(z.string()),
    internal: readBy('admin', z.string()),
    by: owner('users'),
  },
  { allow: { create: 'signedIn', update: 'owner' } },
)
const users = collection({ mail: z.email(), role: z.enum(['basic', 'admin']) }, { allow: { create: 'anyone' } })
const api = {
  ...DECLARED,
  resources: { things, users },
  accounts: { in: 'users', role: 'role', login: 'mail' },
  auth: { password: true, apiKeys: true },
}
const compiled = compileCollection(api, 'things', openMemoryForTests())

test('an item as it is answered: nothing hidden, and what only some see may be missing', () => {
  const shape = itemShape(compiled.members)
  expect(Object.keys(shape['properties'] as object)).toEqual([
    'id',
    'name',
    'note',
    'sub',
    'kind',
    'state',
    'size',
    'internal',
    'by',
    'createdAt',
    'updatedAt',
  ])
  expect(shape['required']).toEqual(['id', 'name', 'sub', 'kind', 'state', 'size', 'by', 'createdAt', 'updatedAt'])
  expect(shape['properties']).toMatchObject({ id: { readOnly: true }, state: { type: 'string', readOnly: true } })
  expect(listShape(compiled.members)).toMatchObject({ properties: { items: { items: shape } }, required: ['items'] })
})

test.each([
  ['create', ['name', 'sub', 'size', 'secret', 'internal']],
  ['replace', ['name', 'sub']],
  ['modify', undefined],
] as const)('what must be sent to %s', (mode, required) => {
  expect(inputShape(compiled, mode)['required']).toEqual(required)
})

test('members that the server makes are no part of a new item, and may be sent back with a stored one', () => {
  const names = (mode: 'create' | 'replace' | 'modify') =>
    Object.keys(inputShape(compiled, mode)['properties'] as object)
  expect(names('create')).toEqual(['name', 'note', 'sub', 'kind', 'size', 'secret', 'internal', 'by'])
  for (const mode of ['replace', 'modify'] as const)
    expect(names(mode)).toEqual(expect.arrayContaining(['state', 'id', 'updatedAt']))
})

test('null takes away what is optional, in a merge patch only (RFC 7396 §2)', () => {
  const note = (mode: 'replace' | 'modify') =>
    (inputShape(compiled, mode)['properties'] as Record<string, unknown>)['note']
  expect(note('replace')).toEqual({ type: 'string' })
  expect(note('modify')).toEqual({ anyOf: [{ type: 'string' }, { type: 'null' }] })
})

test('accounts take a password, and never show it', () => {
  const accounts = compileCollection(api, 'users', openMemoryForTests())
  expect(inputShape(accounts, 'create')['properties']).toHaveProperty('password.writeOnly', true)
  expect(itemShape(accounts.members)['properties']).not.toHaveProperty('password')
})
