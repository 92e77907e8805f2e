import { type } from 'arktype'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { factsOf, hidden, readBy, readOnly, setBy, unique } from './field.ts'
import { owner, ref } from './reference.ts'

test('a builder says one thing more of a schema', () => {
  const schema = z.string()
  expect(factsOf(schema)).toEqual({ schema })
  expect(unique(schema)).toEqual({ schema, unique: { fold: false } })
  expect(readOnly(schema)).toEqual({ schema, readOnly: true })
  expect(hidden(schema)).toEqual({ schema, hidden: true })
  expect(setBy('admin', schema)).toEqual({ schema, setBy: ['admin'] })
  expect(readBy(['admin', 'editor'], schema)).toEqual({ schema, readBy: ['admin', 'editor'] })
})

test('builders compose, in any order', () => {
  const schema = z.string()
  const facts = { schema, unique: { fold: false }, setBy: ['admin'], hidden: true }
  expect(unique(setBy('admin', hidden(schema)))).toEqual(facts)
  expect(hidden(setBy('admin', unique(schema)))).toEqual(facts)
  expect(unique(ref('shops'))).toMatchObject({ unique: { fold: false }, ref: { collection: 'shops' } })
})

test.each([
  ['zod', z.email(), true],
  ['zod, optional', z.email().optional(), true],
  ['zod, with a name', z.email().meta({ id: 'Mail' }).optional(), true],
  ['zod text', z.string(), false],
  ['ArkType', type('string.email'), true],
  ['ArkType, optional', type('string.email | undefined'), true],
  ['valibot, which does not describe itself', v.pipe(v.string(), v.email()), false],
])('unique mail addresses are compared without case: %s', (_, schema, fold) => {
  expect(unique(schema).unique).toEqual({ fold })
})

test('whether case matters can be said', () => {
  expect(unique(z.email(), { fold: false }).unique).toEqual({ fold: false })
  expect(unique(z.string(), { fold: true }).unique).toEqual({ fold: true })
})

test('references name a collection, and restrict unless told otherwise', () => {
  expect(ref('shops').ref).toEqual({ collection: 'shops', onDelete: 'restrict' })
  expect(ref('shops', { onDelete: 'cascade' }).ref).toEqual({ collection: 'shops', onDelete: 'cascade' })
  expect(owner('users', { onDelete: 'cascade' })).toMatchObject({
    owner: true,
    ref: { collection: 'users', onDelete: 'cascade' },
  })
})

test('an id is a text that is not empty', () => {
  const validate = (value: unknown, optional: boolean) => ref('x', { optional }).schema['~standard'].validate(value)
  expect(validate('a', false)).toEqual({ value: 'a' })
  expect(validate(undefined, true)).toEqual({ value: undefined })
  for (const value of ['', 1, null]) expect(validate(value, true)).toHaveProperty('issues')
  expect(validate(undefined, false)).toHaveProperty('issues')
})
