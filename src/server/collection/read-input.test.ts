import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'
import { mergePatch } from '../../rules/index.ts'
import type { CollectionDeclaration, FieldFacts, Schema } from '../declare/declaration.ts'
import { hidden, readBy, readOnly, setBy } from '../declare/field.ts'
import { collection } from '../declare/collection.ts'
import type { Input } from './input.ts'
import { type InputContext, type Mode, readInput } from './read-input.ts'
import { ItemView } from './item-view.ts'
import { membersOf } from './member.ts'
import type { Caller, Reading } from '../operation.ts'
import { owner, ref } from '../declare/reference.ts'
import type { Row } from '../storage.ts'

const ANN: Caller = { id: 'ann', role: 'basic', credential: 'k' }
const ADMIN: Caller = { id: 'root', role: 'admin', credential: 'k' }
const EDITOR: Caller = { id: 'ed', role: 'editor', credential: 'k' }
const CALLERS = [undefined, ANN, ADMIN, EDITOR]

function contextOf(declaration: CollectionDeclaration): InputContext {
  const members = membersOf(declaration)
  return { members, view: new ItemView('things', members), password: undefined }
}

const rowOf = (values: Row['values']): Row => ({
  id: 'one',
  version: 1_700_000_000_000,
  createdAt: 1_600_000_000_000,
  values,
})

async function read(
  declaration: CollectionDeclaration,
  mode: Mode,
  json: unknown,
  caller?: Caller,
  stored?: Row['values'],
): Promise<{ errors: object; forbidden: object; values: unknown }> {
  const reading: Reading = await readInput(contextOf(declaration), mode, json, caller, stored && rowOf(stored))
  const codes = (errors: Reading['errors']) => Object.fromEntries(errors.map(({ pointer, code }) => [pointer, code]))
  return { errors: codes(reading.errors), forbidden: codes(reading.forbidden), values: (reading.value as Input).values }
}

const things = collection(
  {
    name: z.string().min(1),
    age: z.int().optional(),
    note: z.string().nullable(),
    kind: z.enum(['a', 'b']).default('a'),
    size: setBy(['admin', 'editor'], z.int().default(1)),
    made: readOnly(z.string().default('here')),
    inner: hidden(z.string().optional()),
    mark: setBy('admin', readBy('admin', z.string().default('none'))),
    other: ref('things', { optional: true }),
    by: owner('users', { optional: true }),
    extra: z.record(z.string(), z.unknown()).optional(),
  },
  { allow: { create: 'anyone' } },
)

const STORED = { name: 'n', note: null, kind: 'b', size: 7, made: 'there', mark: 'm', by: 'ann' }

describe('create: defaults apply, and the owner is the caller', () => {
  const LEAST = { name: 'n', note: null }
  test.each([
    ['defaults', LEAST, ANN, { ...LEAST, kind: 'a', size: 1, made: 'here', mark: 'none', by: 'ann' }],
    ['nobody owns it', LEAST, undefined, { ...LEAST, kind: 'a', size: 1, made: 'here', mark: 'none' }],
    [
      'as it would be',
      { ...LEAST, size: 1, made: 'here', by: 'ann' },
      ANN,
      { ...LEAST, kind: 'a', size: 1, made: 'here', mark: 'none', by: 'ann' },
    ],
    [
      'the role for it',
      { ...LEAST, size: 2 },
      EDITOR,
      { ...LEAST, kind: 'a', size: 2, made: 'here', mark: 'none', by: 'ed' },
    ],
    [
      'an owner named by an admin',
      { ...LEAST, by: 'x' },
      ADMIN,
      { ...LEAST, kind: 'a', size: 1, made: 'here', mark: 'none', by: 'x' },
    ],
  ])('%s', async (_, json, caller, values) => {
    expect(await read(things, 'create', json, caller)).toEqual({ errors: {}, forbidden: {}, values })
  })

  test.each([
    ['missing', {}, ANN, { '/name': 'required', '/note': 'required' }, {}],
    ['null is a value, and no absence', { ...LEAST, age: null }, ANN, { '/age': 'invalid' }, {}],
    ['read-only', { ...LEAST, made: 'x', id: 'x' }, ADMIN, { '/made': 'read_only', '/id': 'read_only' }, {}],
    [
      'not for this role',
      { ...LEAST, size: 2, mark: 'x', by: 'x' },
      ANN,
      {},
      { '/size': 'not_allowed', '/mark': 'not_allowed', '/by': 'not_allowed' },
    ],
    ['a member it cannot see, by guessing', { ...LEAST, mark: 'none' }, ANN, {}, { '/mark': 'not_allowed' }],
    ['an owner named by nobody', { ...LEAST, by: 'ann' }, undefined, {}, { '/by': 'not_allowed' }],
    [
      'unstorable',
      { ...LEAST, name: '\udc00', extra: { 'a\0': 1 } },
      ANN,
      { '/name': 'invalid', '/extra': 'invalid' },
      {},
    ],
    ['unknown', JSON.parse('{"name":"n","note":null,"__proto__":1}'), ANN, { '/__proto__': 'unknown_member' }, {}],
    [
      'what schemas drop without a word',
      JSON.parse('{"name":"","note":null,"extra":{"__proto__":1,"a":[{"b":1,"__proto__":{"__proto__":2}}]}}'),
      ANN,
      { '/extra/__proto__': 'invalid', '/extra/a/0/__proto__': 'invalid', '/name': 'invalid' },
      {},
    ],
  ])('%s', async (_, json, caller, errors, forbidden) => {
    expect(await read(things, 'create', json, caller)).toMatchObject({ errors, forbidden })
  })
})

describe('replace: what is left out goes, is missed, or stays (RFC 9110 §9.3.4)', () => {
  test.each([
    [
      'optional goes',
      { name: 'n', note: null },
      { ...STORED, age: 3, extra: {} },
      ADMIN,
      {},
      { age: undefined, extra: undefined },
    ],
    ['required is missed', { age: 3 }, STORED, ADMIN, { '/name': 'required', '/note': 'required' }, undefined],
    ['what has a default stays', { name: 'm', note: 'x' }, STORED, ADMIN, {}, { name: 'm', note: 'x' }],
    ['what is not shown stays', { name: 'n', note: null }, { ...STORED, inner: 'i' }, ANN, {}, {}],
    [
      'a default is for what was never there',
      { name: 'n', note: null },
      { name: 'n', note: null, size: 1 },
      ANN,
      {},
      { kind: 'a' },
    ],
  ])('%s', async (_, json, stored, caller, errors, values) => {
    const reading = await read(things, 'replace', json, caller, stored)
    expect(reading).toMatchObject({ errors, forbidden: {} })
    if (values !== undefined) expect(reading.values).toStrictEqual(values)
  })
})

describe('modify: a merge patch, judged on its result (RFC 7396)', () => {
  test.each([
    ['nothing', {}, STORED, {}, {}],
    [
      'null takes away',
      { age: null, extra: null },
      { ...STORED, age: 1, extra: { a: 1 } },
      {},
      { age: undefined, extra: undefined },
    ],
    ['what is not there stays so', { age: null }, STORED, {}, {}],
    ['null is null', { note: null }, { ...STORED, note: 'x' }, {}, { note: null }],
    [
      'within a member',
      { extra: { a: null, b: { c: 1 } } },
      { ...STORED, extra: { a: 1, d: 2 } },
      {},
      { extra: { b: { c: 1 }, d: 2 } },
    ],
    ['required', { name: null, kind: null }, STORED, { '/name': 'required', '/kind': 'required' }, {}],
    ['wrong', { name: '', age: 1.5 }, STORED, { '/name': 'invalid', '/age': 'invalid' }, {}],
  ])('%s', async (_, json, stored, errors, values) => {
    expect(await read(things, 'modify', json, ANN, stored)).toStrictEqual({ errors, forbidden: {}, values })
  })

  test.each([
    ['hidden', hidden],
    ['for a role', (schema: Schema) => readBy('admin', schema)],
  ])(
    'a member that is not shown (%s) is judged by what was sent alone: no answer confirms a guess',
    async (_, facts) => {
      const pin = facts(
        z.object({ code: z.string(), again: z.string() }).refine(({ code, again }) => code === again, 'not the same'),
      )
      const guarded = collection({ pin }, { allow: { create: 'anyone' } })
      const stored = { pin: { code: '1234', again: '1234' } }
      const told = (code: string) => read(guarded, 'modify', { pin: { code } }, ANN, stored)
      expect(await told('1234')).toStrictEqual({ errors: { '/pin/again': 'required' }, forbidden: {}, values: {} })
      expect(await told('1234')).toStrictEqual(await told('9999'))
      const whole = { pin: { code: '5678', again: '5678' } }
      expect(await read(guarded, 'modify', whole, ANN, stored)).toMatchObject({ errors: {}, values: whole })
    },
  )

  test('whoever is shown a member changes a part of it', async () => {
    const told = collection(
      { pin: readBy('admin', z.object({ a: z.int(), b: z.int() })) },
      { allow: { create: 'anyone' } },
    )
    expect(await read(told, 'modify', { pin: { b: 3 } }, ADMIN, { pin: { a: 1, b: 2 } })).toMatchObject({
      errors: {},
      values: { pin: { a: 1, b: 3 } },
    })
  })

  test('a member that no longer fits its schema may stay, and be sent back', async () => {
    expect(await read(things, 'modify', { name: '', age: 1 }, ANN, { ...STORED, name: '' })).toStrictEqual({
      errors: {},
      forbidden: {},
      values: { age: 1 },
    })
  })
})

describe('any Standard Schema', () => {
  const asynchronous: Schema = {
    '~standard': {
      version: 1,
      vendor: 'x',
      validate: async (value) =>
        value === 'good' ? { value: 'GOOD' } : { issues: [{ message: `not ${String(value)}` }] },
    },
  }
  const declared = (schema: Schema) =>
    collection({ a: schema, b: z.string().optional() }, { allow: { create: 'anyone' } })

  test('one that must wait', async () => {
    expect(readInput(contextOf(declared(z.string())), 'create', { a: 'x' }, ANN, undefined)).not.toBeInstanceOf(Promise)
    expect(await read(declared(asynchronous), 'create', { a: 'good' }, ANN)).toMatchObject({
      errors: {},
      values: { a: 'GOOD' },
    })
    expect(await read(declared(asynchronous), 'create', { a: 'bad', b: 1 }, ANN)).toMatchObject({
      errors: { '/a': 'invalid', '/b': 'invalid' },
    })
    expect(await read(declared(asynchronous), 'create', {}, ANN)).toMatchObject({ errors: { '/a': 'required' } })
  })

  test.each([
    ['zod', z.string().max(3)],
    ['valibot', v.pipe(v.string(), v.maxLength(3))],
    ['arktype', type('string <= 3')],
    ['one that quotes the value', asynchronous],
  ])('%s: no value is repeated', async (_, schema) => {
    const context = contextOf(declared(schema))
    for (const a of ['hunter2-hunter2', 271828, { deep: ['hunter2'] }]) {
      const { errors } = await readInput(context, 'create', { a }, ANN, undefined)
      expect(errors).toMatchObject([{ pointer: '/a', code: 'invalid' }])
      expect(errors[0]?.detail).not.toMatch(/hunter2|271828|deep/)
      expect(errors[0]?.detail).toMatch(/\.$/)
    }
  })

  test('a transformation is applied once', async () => {
    const shout = declared(z.string().transform((text) => `${text}!`))
    expect(await read(shout, 'create', { a: 'x' }, ANN)).toMatchObject({ values: { a: 'x!' } })
    expect(await read(shout, 'replace', { a: 'x!' }, ANN, { a: 'x!' })).toMatchObject({ values: {} })
  })
})

describe('properties', () => {
  const json = fc.jsonValue({ maxDepth: 2, stringUnit: 'grapheme' })
  const text = fc.string({ unit: 'grapheme' })
  const KINDS: readonly (readonly [schema: Schema, value: fc.Arbitrary<unknown>])[] = [
    [z.string().min(1), text],
    [z.string().optional(), fc.option(text, { nil: undefined })],
    [z.int().nullable(), fc.option(fc.integer(), { nil: null })],
    [z.boolean().default(true), fc.boolean()],
    [z.unknown(), json],
    [z.record(z.string(), z.unknown()).optional(), fc.option(fc.dictionary(text, json), { nil: undefined })],
  ]
  const FACTS: readonly Omit<FieldFacts, 'schema'>[] = [
    {},
    { readOnly: true },
    { hidden: true },
    { setBy: ['admin'] },
    { readBy: ['admin', 'editor'] },
    { setBy: ['editor'], readBy: ['admin'] },
    { owner: true, ref: { collection: 'users', onDelete: 'restrict' } },
  ]
  const member = fc
    .constantFrom(...KINDS)
    .chain(([schema, value]) =>
      fc
        .record({ facts: fc.constantFrom(...FACTS), value })
        .map(({ facts, value: held }) =>
          facts.owner === true
            ? { field: { schema: z.string(), ...facts }, held: 'ann' }
            : { field: { schema, ...facts }, held },
        ),
    )
  const world = fc.array(member, { maxLength: 8 }).map((members) => ({
    declaration: {
      ...things,
      fields: Object.fromEntries(members.map(({ field }, at) => [`m${at}`, field])),
    } satisfies CollectionDeclaration,
    values: Object.fromEntries(members.flatMap(({ held }, at) => (held === undefined ? [] : [[`m${at}`, held]]))),
  }))

  test('read, change nothing, write back: always accepted, nothing changes, for every caller', () => {
    fc.assert(
      fc.property(
        world,
        fc.constantFrom(...CALLERS),
        fc.constantFrom<Mode>('replace', 'modify'),
        ({ declaration, values }, caller, mode) => {
          const context = contextOf(declaration)
          const row = rowOf(values)
          const shown: unknown = JSON.parse(context.view.content(row, context.view.variantOf(caller)))
          // Null in a merge patch says that a member is to go; no other value means something else there.
          fc.pre(mode === 'replace' || !holdsNull(shown))
          expect(readInput(context, mode, shown, caller, row)).toEqual({
            errors: [],
            forbidden: [],
            value: { values: {}, password: undefined },
          })
        },
      ),
    )
  })

  test('a patch comes to what RFC 7396 says, or is refused, and nothing else is written', () => {
    const patch = fc.dictionary(fc.constantFrom('m0', 'm1', 'm2'), json)
    fc.assert(
      fc.property(world, patch, fc.constantFrom(...CALLERS), ({ declaration, values }, sent, caller) => {
        const context = contextOf(declaration)
        const reading = readInput(context, 'modify', sent, caller, rowOf(values)) as Reading
        fc.pre(reading.errors.length === 0 && reading.forbidden.length === 0)
        const written = { ...values, ...(reading.value as Input).values }
        const variant = context.view.variantOf(caller)
        for (const [name, { nullable }] of context.members) {
          const known = context.view.shows(variant, name) ? values[name] : undefined
          const asked = Object.hasOwn(sent, name)
          const expected =
            asked && !(sent[name] === null && nullable) ? member7396(known, sent[name]) : asked ? null : values[name]
          expect(written[name]).toEqual(expected)
        }
      }),
    )
  })

  const member7396 = (stored: unknown, patch: unknown) => (mergePatch({ a: stored }, { a: patch }) as { a?: unknown }).a

  function holdsNull(value: unknown): boolean {
    return value === null || (typeof value === 'object' && Object.values(value).some(holdsNull))
  }
})
