import { type } from 'arktype'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Schema } from '../declare/declaration.ts'
import { jsonSchema } from '../declare/json-schema.ts'
import { contentErrors } from './input-error.ts'

const tree = z.object({
  name: z.string(),
  get kids() {
    return z.array(tree).optional()
  },
})
const inner = z.object({ a: z.string() })

const forms = z.discriminatedUnion('is', [
  z.object({ is: z.literal('a'), a: z.string() }),
  z.object({ is: z.literal(['b', 'c']), b: z.string(), a: z.string().optional() }),
])

const CASES: [string, Schema, unknown, string[]][] = [
  ['at the top', inner, {}, ['/a required']],
  ['there, and wrong', inner, { a: 1 }, ['/a invalid']],
  ['deeper', z.object({ in: inner }), { in: {} }, ['/in/a required']],
  ['in a list', z.array(inner), [{ a: 'x' }, {}], ['/1/a required']],
  ['where it may be null or absent', z.object({ in: inner.nullable().optional() }), { in: {} }, ['/in/a required']],
  ['in a tree', tree, { name: 'x', kids: [{ kids: [{ name: 'y' }] }] }, ['/kids/0/name required']],
  ['in a schema with a name', z.object({ in: inner.meta({ id: 'Inner' }) }), { in: {} }, ['/in/a required']],
  ['of a tuple', z.tuple([z.string(), inner]), ['x', {}], ['/1/a required']],
  ['of one form of several', forms, { is: 'a' }, ['/a required']],
  ['of one form of several, deeper', z.object({ in: forms }), { in: { is: 'c', a: 'x' } }, ['/in/b required']],
  ['what says which form it is', forms, {}, ['/is required']],
  ['another library', type({ in: { a: 'string' } }), { in: {} }, ['/in/a required']],
  [
    'that may be left out, but not here',
    z.object({ a: z.string().optional() }).refine(() => false, { path: ['a'] }),
    {},
    ['/a invalid'],
  ],
]

test.each(CASES)('a member that is missing is required: %s', async (_, schema, sent, expected) => {
  const { issues = [] } = await schema['~standard'].validate(sent)
  const errors = contentErrors(issues, sent, jsonSchema(schema, 'input'))
  expect(errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(expected)
})
