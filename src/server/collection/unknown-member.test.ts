import { type } from 'arktype'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Schema } from '../declare/declaration.ts'
import { jsonSchema } from '../declare/json-schema.ts'
import { unknownMembers } from './unknown-member.ts'

const inner = z.object({ a: z.string() })

// Schemas that refer to themselves.
const tree = z.object({
  name: z.string(),
  get kids() {
    return z.array(tree).optional()
  },
})
type Chain = string | { next?: Chain | undefined }
const chain: z.ZodType<Chain> = z.lazy(() => z.union([z.string(), z.object({ next: chain.optional() })]))
const named = inner.meta({ id: 'Named' })
const pruned = type.module({ node: { name: 'string', 'kids?': 'node[]', '+': 'delete' } }).node
const forms = z.discriminatedUnion('is', [
  z.object({ is: z.literal('a'), a: z.string() }),
  z.object({ is: z.enum(['b', 'c']), b: z.string() }),
])
/** Each level is one of two, so that there are twice as many ways to take the next. */
const forked = z.union([
  z.object({
    get down() {
      return forked.optional()
    },
  }),
  z.object({
    get down() {
      return forked.optional()
    },
    b: z.string().optional(),
  }),
]) as z.ZodType
/** Nothing fits it; what it says of itself leads round in a circle. */
const circle: Schema = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value: unknown) => ({ value }),
    jsonSchema: { input: () => ({ $ref: '#' }), output: () => ({ $ref: '#' }) },
  },
} as Schema

/** Schema, what was sent, and what of it nobody knows. */
const CASES: [string, Schema, unknown, string[]][] = [
  ['at the top', inner, { a: 'x', b: 1, 'c/d': 2 }, ['/b', '/c~1d']],
  ['none', inner, { a: 'x' }, []],
  ['deeper', z.object({ in: inner }), { in: { a: 'x', b: 1 } }, ['/in/b']],
  ['in a list', z.array(inner), [{ a: 'x' }, { a: 'x', b: 1 }], ['/1/b']],
  ['in a tuple', z.tuple([z.string(), inner]), ['x', { a: 'x', b: 1 }], ['/1/b']],
  [
    'where it may be absent or null',
    z.object({ in: inner.nullable().optional() }),
    { in: { a: 'x', b: 1 } },
    ['/in/b'],
  ],
  ['in a list that may be null', z.array(inner).nullable(), [{ a: 'x', b: 1 }], ['/0/b']],
  ['in either', z.union([inner, z.object({ b: inner })]), { b: { a: 'x', c: 1 }, d: 1 }, ['/b/c', '/d']],
  ['in both', z.intersection(inner, z.object({ b: z.string() })), { a: 'x', b: 'x', c: 1 }, ['/c']],
  ['of none', z.object({}), { toString: 1 }, ['/toString']],
  ['renamed, which is known', inner.transform(({ a }) => ({ b: a })), { a: 'x', c: 1 }, ['/c']],
  ['made something else of', inner.transform(({ a }) => a), { a: 'x', c: 1 }, []],
  ['taken as they come', z.looseObject({ a: z.string() }), { a: 'x', b: 1 }, []],
  ['taken as they come, of one kind', inner.catchall(z.number()), { a: 'x', b: 1 }, []],
  ['names that are data', z.record(z.string(), z.unknown()), { a: 'x', b: { c: 1 } }, []],
  ['in what has any name', z.record(z.string(), inner), { x: { a: 'x', b: 1 } }, ['/x/b']],
  [
    'beside names that are data',
    z.object({ in: inner }).catchall(z.number()),
    { in: { a: 'x', b: 1 }, c: 1 },
    ['/in/b'],
  ],
  ['anything inside', z.record(z.string(), z.union([inner, z.unknown()])), { x: { a: 'x', b: { c: 1 } } }, []],
  ['anything', z.unknown(), { a: { b: 1 } }, []],
  ['anything, or an object', z.union([z.record(z.string(), z.number()), inner]), { a: 1, b: 1 }, []],
  ['kept although nobody named it', type({ a: 'string' }), { a: 'x', b: 1 }, []],
  [
    'in a tree',
    tree,
    { name: 'x', kids: [{ name: 'y', kids: [{ name: 'z', b: 1 }], c: 1 }] },
    ['/kids/0/kids/0/b', '/kids/0/c'],
  ],
  ['in a tree that is a member', z.object({ tree: tree.optional() }), { tree: { name: 'x', b: 1 } }, ['/tree/b']],
  ['in a tree that may be null', tree.nullable(), { name: 'x', kids: [{ name: 'y', b: 1 }] }, ['/kids/0/b']],
  ['in a chain', chain, { next: { next: { b: 1 } } }, ['/next/next/b']],
  [
    'in a schema with a name',
    z.object({ x: named, y: named }),
    { x: { a: '', b: 1 }, y: { a: '', c: 1 } },
    ['/x/b', '/y/c'],
  ],
  ['in a tree of another library', pruned, { name: 'x', kids: [{ name: 'y', b: 1 }] }, ['/kids/0/b']],
  ['taken by what says nothing', circle, { a: { b: 1 } }, []],
  ['of another form than it is', forms, { is: 'a', a: '', b: '' }, ['/b']],
  ['of another form, deeper', z.object({ in: forms }), { in: { is: 'c', a: '', b: '' } }, ['/in/a']],
  [
    'whose form the schema makes up',
    z.union([z.object({ is: z.literal('a').catch('a') }), z.string()]),
    { is: 'z', b: '' },
    ['/b'],
  ],
  ['dropped by another library', type({ '+': 'delete', a: 'string' }), { a: 'x', b: 1 }, ['/b']],
]

describe('members that nobody declared and the schema would drop in silence', () => {
  test.each(CASES)('%s', async (_, schema, sent, expected) => {
    const result = await schema['~standard'].validate(sent)
    if (result.issues !== undefined) throw new Error('the case is wrong')
    const found = unknownMembers(jsonSchema(schema, 'input') ?? {}, sent, result.value)
    expect(found.map(({ pointer }) => pointer)).toEqual(expected)
    for (const { code } of found) expect(code).toBe('unknown_member')
  })

  test('in what branches at each level, in no more time than there are levels', async () => {
    const sent = Array.from({ length: 200 }).reduce<object>((down) => ({ down }), { down: { c: 1 } })
    const result = await forked['~standard'].validate({ down: { c: 1 } })
    expect(result).toEqual({ value: { down: {} } })
    const kept = Array.from({ length: 201 }).reduce<object>((down) => ({ down }), {})
    const found = unknownMembers(jsonSchema(forked, 'input') ?? {}, sent, kept)
    expect(found.map(({ pointer }) => pointer)).toEqual([`${'/down'.repeat(201)}/c`])
  })

  test('no more are named than one answer has room for', () => {
    const sent = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`m${at}`, at]))
    expect(unknownMembers(jsonSchema(inner, 'input') ?? {}, sent, {})).toHaveLength(100)
  })
})
