import { expect, test } from 'vitest'
import { z } from 'zod'
import { DECLARED } from '../../../test/in-process.ts'
import { collection } from '../declare/collection.ts'
import type { ApiDeclaration, CollectionDeclaration } from '../declare/declaration.ts'
import { readOnly, unique } from '../declare/field.ts'
import { owner, ref } from '../declare/reference.ts'
import { sortsOf, tableOf } from './table.ts'

const tableFor = (things: CollectionDeclaration, accounts?: ApiDeclaration['accounts']) =>
  tableOf({ ...DECLARED, resources: { things }, accounts }, 'things')

test('a column for each member: type, uniqueness, reference, absence, initial value', () => {
  const things = collection(
    {
      name: unique(z.string()),
      mail: unique(z.email()),
      age: z.int().optional(),
      size: z.number().nullable(),
      done: readOnly(z.boolean().default(false)),
      tags: z.array(z.string()),
      other: ref('things', { optional: true, onDelete: 'cascade' }),
    },
    { allow: { create: 'anyone' } },
  )
  expect(tableFor(things).columns).toEqual([
    { name: 'name', type: 'text', required: true, unique: 'exact' },
    { name: 'mail', type: 'text', required: true, unique: 'folded' },
    { name: 'age', type: 'integer', required: false },
    { name: 'size', type: 'real', required: false },
    { name: 'done', type: 'boolean', required: true, initial: false },
    { name: 'tags', type: 'json', required: true },
    { name: 'other', type: 'text', required: false, references: { table: 'things', onDelete: 'cascade' } },
  ])
})

test('guards: the owner, and the role of accounts', () => {
  const things = collection({ by: owner('things'), role: z.string(), name: z.string() }, { allow: {} })
  expect(tableFor(things).guards).toEqual(['by'])
  expect(tableFor(things, { in: 'things', role: 'role', login: 'name' }).guards).toEqual(['by', 'role'])
})

test('an index for each set of at most two filters, and each order; one serves its reverse', () => {
  const things = collection(
    { a: z.string(), b: z.string(), c: z.string() },
    { allow: { list: 'anyone' }, list: { filter: ['a', 'b', 'c'], sort: ['-createdAt', 'createdAt', 'a'] } },
  )
  const indexes = tableFor(things).indexes.map(
    ({ filter, sort }) => `${filter.join('+')}/${sort.map(({ column }) => column).join()}`,
  )
  const filters = ['', 'a', 'b', 'c', 'a+b', 'a+c', 'b+c']
  expect(indexes.toSorted()).toEqual(filters.flatMap((filter) => [`${filter}/a`, `${filter}/createdAt`]).toSorted())
})

test('lists of what is one’s own have indexes that begin with the owner', () => {
  const things = collection(
    { by: owner('things'), a: z.string() },
    { allow: { list: ['owner', 'admin'] }, list: { filter: ['a', 'by'] } },
  )
  expect(tableFor(things).indexes.map(({ filter }) => filter.toSorted().join('+'))).toEqual(['', 'a', 'by', 'a+by'])
})

test('without a declared order, the newest first', () => {
  const things = { ...collection({ a: z.string() }, { allow: {} }), list: { filter: [], sort: [], limit: 1, most: 1 } }
  expect([...sortsOf(things)]).toEqual([['-createdAt', [{ column: 'createdAt', descending: true }]]])
})
