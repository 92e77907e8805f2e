import { type } from 'arktype'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Schema } from './declaration.ts'
import {
  columnType,
  defaultOf,
  describesItself,
  isNullable,
  isOptional,
  isSchema,
  jsonSchema,
  takes,
  valuesOf,
} from './json-schema.ts'
import { ref } from './reference.ts'

const tree = z.object({
  get kids() {
    return z.array(tree).optional()
  },
})
const circle = {
  '~standard': { version: 1, vendor: 'test', validate, jsonSchema: { input: itself, output: itself } },
} as Schema

const columns: readonly [string, Schema, string][] = [
  ['zod string', z.string().min(1), 'text'],
  ['zod email', z.email(), 'text'],
  ['zod enum', z.enum(['a', 'b']).default('a'), 'text'],
  ['zod literals', z.literal(['a', 'b']), 'text'],
  ['zod literals of two types', z.literal(['a', 1]), 'json'],
  ['zod int', z.int(), 'integer'],
  ['zod number', z.number(), 'real'],
  ['zod int or number', z.union([z.int(), z.number()]), 'real'],
  ['zod boolean', z.boolean(), 'boolean'],
  ['zod optional', z.string().optional(), 'text'],
  ['zod nullable', z.int().nullable(), 'integer'],
  ['zod union', z.union([z.string(), z.number()]), 'json'],
  ['zod array', z.array(z.string()), 'json'],
  ['zod object', z.object({ a: z.string() }), 'json'],
  ['zod unknown', z.unknown(), 'json'],
  ['zod transformation', z.string().transform((text) => text.length), 'json'],
  ['zod coercion', z.coerce.number(), 'real'],
  ['zod date', z.date(), 'json'],
  ['zod enum with a name', z.enum(['a', 'b']).meta({ id: 'Letter' }).default('a'), 'text'],
  ['zod int with a name, nullable', z.int().meta({ id: 'Count' }).nullable(), 'integer'],
  ['zod object with a name', z.object({ a: z.string() }).meta({ id: 'Thing' }), 'json'],
  ['zod tree', tree, 'json'],
  ['what refers to nothing but itself', circle, 'json'],
  ['ArkType string', type('string'), 'text'],
  ['ArkType email', type('string.email'), 'text'],
  ['ArkType literals', type("'a' | 'b'"), 'text'],
  ['ArkType true', type('true'), 'boolean'],
  ['ArkType integer', type('number.integer'), 'integer'],
  ['ArkType boolean', type('boolean'), 'boolean'],
  ['ArkType nullable', type('string | null'), 'text'],
  ['ArkType optional', type('string | undefined'), 'text'],
  ['ArkType object', type({ a: 'string' }), 'json'],
  ['ArkType unknown', type('unknown'), 'json'],
  ['valibot string, which does not describe itself', v.string(), 'json'],
  ['reference', ref('x').schema, 'text'],
]

test.each(columns)('column: %s', (_, schema, column) => {
  expect(columnType(schema)).toBe(column)
})

const absences: readonly [string, Schema, { optional: boolean; nullable: boolean; initial?: unknown }][] = [
  ['zod required', z.string(), { optional: false, nullable: false }],
  ['zod optional', z.string().optional(), { optional: true, nullable: false }],
  ['zod nullable', z.string().nullable(), { optional: false, nullable: true }],
  ['zod default', z.string().default('a'), { optional: false, nullable: false, initial: 'a' }],
  ['zod null by default', z.string().nullable().default(null), { optional: false, nullable: true, initial: null }],
  ['zod both', z.string().nullish(), { optional: true, nullable: true }],
  ['ArkType required', type('string'), { optional: false, nullable: false }],
  ['ArkType optional', type('string | undefined'), { optional: true, nullable: false }],
  ['ArkType nullable', type('string | null'), { optional: false, nullable: true }],
  ['valibot required', v.string(), { optional: false, nullable: false }],
  ['valibot optional', v.optional(v.string()), { optional: true, nullable: false }],
  ['valibot default', v.optional(v.string(), 'a'), { optional: false, nullable: false, initial: 'a' }],
  ['valibot nullable', v.nullable(v.string()), { optional: false, nullable: true }],
  ['reference', ref('x').schema, { optional: false, nullable: false }],
  ['optional reference', ref('x', { optional: true }).schema, { optional: true, nullable: false }],
  [
    'one that must wait',
    v.pipeAsync(
      v.string(),
      v.checkAsync(async () => true),
    ),
    { optional: false, nullable: false },
  ],
  ['one that throws', throwing(), { optional: false, nullable: false }],
]

test.each(absences)('absent, null, default: %s', (_, schema, expected) => {
  expect({ optional: isOptional(schema), nullable: isNullable(schema), initial: defaultOf(schema) }).toEqual({
    initial: undefined,
    ...expected,
  })
})

test('a schema says what is sent and what is answered, each in JSON Schema', () => {
  const schema = z.enum(['a', 'b']).default('a')
  expect(jsonSchema(schema, 'input')).toEqual({ type: 'string', enum: ['a', 'b'], default: 'a' })
  expect(jsonSchema(z.string().transform(Number), 'output')).toBeUndefined()
  expect(jsonSchema(z.string().transform(Number), 'input')).toEqual({ type: 'string' })
  expect(jsonSchema(v.string(), 'input')).toBeUndefined()
  expect(jsonSchema(type('string | undefined'), 'input')).toEqual({ type: 'string' })
  expect(jsonSchema(type("'a' | 1 | undefined"), 'input')).toEqual({ anyOf: [{ const: 'a' }, { const: 1 }] })
  expect(jsonSchema(type('object | undefined'), 'input')).toEqual({ anyOf: [{ type: 'object' }, {}] })
})

test('who describes schemas, and what is none', () => {
  expect([z.string(), type('string'), v.string()].map(describesItself)).toEqual([true, true, false])
  expect([z.string(), type('string'), undefined, null, 'string', {}, { '~standard': 1 }].map(isSchema)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ])
  expect([takes(z.string(), 'a'), takes(z.string(), 1)]).toEqual([true, false])
})

test.each([
  ['an enum', z.enum(['a', 'b']), ['a', 'b']],
  ['one with a name', z.enum(['a', 'b']).meta({ id: 'Letter' }).default('a'), ['a', 'b']],
  ['that may be null', z.enum(['a', 'b']).meta({ id: 'Letter' }).nullable(), ['a', 'b', null]],
  ['literals', z.union([z.literal(1), z.literal([2, 3])]), [1, 2, 3]],
  ['an enum, or any text', z.union([z.enum(['a']), z.string()]), undefined],
  ['text', z.string(), undefined],
  ['what refers to nothing but itself', circle, undefined],
] satisfies [string, Schema, unknown][])('the values that are listed: %s', (_, schema, expected) => {
  expect(valuesOf(jsonSchema(schema, 'output') ?? {})).toEqual(expected)
})

function validate(value: unknown): { value: unknown } {
  return { value }
}

function itself(): Record<string, unknown> {
  return { $ref: '#' }
}

function throwing(): Schema {
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: () => {
        throw new Error('never')
      },
    },
  }
}
