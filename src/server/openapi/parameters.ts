/**
 * Parameters in the API's description: variables of the path, query, and the request fields that the
 * plan asks about.
 *
 * Fields that are about the message and not the operation (Content-Type, Accept, Authorization,
 * Expect, …) are no parameters (OpenAPI 3.1.1 §4.8.12).
 */
import { DECISIONS, type Graph, methodRow, type Plan } from '../../rules/index.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import { jsonSchema } from '../declare/json-schema.ts'
import { nounOf, pascal } from './names.ts'
import type { Json, Named, SchemaComponents } from './schemas.ts'
import type { Operation } from '../operation.ts'

/** The variables of a path. */
export function pathParameters(declaration: ApiDeclaration, path: string, components: SchemaComponents): Json[] {
  const of = Object.values(declaration.resources).find(
    (resource) => resource.kind === 'resource' && resource.path === path,
  )
  const schemas = of?.kind === 'resource' ? of.params : {}
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => {
    const schema = schemas[name]
    return {
      name,
      in: 'path',
      required: true,
      schema: components.use(parameter(path, name, (schema && jsonSchema(schema, 'input')) ?? { type: 'string' })),
    }
  })
}

/** Query parameters, and the fields that this operation reads. */
export function operationParameters({ path, query }: Operation, plan: Plan, components: SchemaComponents): Json[] {
  const rows = plan.steps.flatMap(({ id }) => ROWS[id] ?? [])
  // A field that is refused wherever it comes is none to send.
  const asked = new Set(rows.flatMap((row) => ('gives' in row ? [] : [row.field])))
  // Nor is a condition, where there is no version that it could name.
  if (!plan.facts.has('selects')) for (const name of CONDITIONS) asked.delete(name)
  return [
    ...query.map(({ name, description, schema, required }) => ({
      name,
      in: 'query',
      ...(required === true && { required }),
      ...(description !== '' && { description }),
      schema: components.use(parameter(path, name, schema)),
    })),
    ...Object.entries(FIELDS)
      .filter(([name]) => asked.has(name.toLowerCase()) || (name === 'Prefer' && prefers(plan)))
      .map(([name, parts]) => ({ name, in: 'header', schema: { type: 'string' }, ...parts })),
  ]
}

/** Its schema, and what to call the definitions that come with it. */
function parameter(path: string, name: string, schema: object): Named {
  return { name: `${nounOf(path)}${pascal(name)}`, schema: { ...schema } }
}

/** Is there a representation in return that the client may prefer to go without (RFC 7240 §4.2)? */
export function prefers({ method, facts }: Plan): boolean {
  return method !== undefined && !methodRow(method).safe && (facts.has('replies') || facts.has('created'))
}

const ROWS: Graph = DECISIONS
const CONDITIONS = ['if-match', 'if-none-match']

const FIELDS: Readonly<Record<string, Json>> = {
  'If-Match': {
    description: 'Only if the current ETag is one of these; `*`: only if the item exists (RFC 9110 §13.1.1).',
  },
  'If-None-Match': {
    description: 'Only if the current ETag is none of these; `*`: only if there is no item yet (RFC 9110 §13.1.2).',
  },
  'If-Modified-Since': { description: 'Only if it changed since; ignored beside If-None-Match (RFC 9110 §13.1.3).' },
  'If-Unmodified-Since': {
    description:
      'Only if it did not change since; ignored beside If-Match. Cannot tell two changes within a second apart: prefer ETags (RFC 9110 §13.1.4).',
  },
  'Idempotency-Key': {
    description:
      'A quoted string of 1 to 255 characters, new for every new request: sent again with it within a day, the request is done once and answered alike. ' +
      'It belongs to the caller and this operation. While the first request is still running, or if it broke off: 409; with other content: 422. ' +
      'A request that was refused leaves no key behind, and is judged again.',
  },
  Prefer: { description: '`return=minimal`: no representation in return (RFC 7240 §4.2).' },
}
