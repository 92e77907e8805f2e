/** One operation of the API's description: the Operation Object of OpenAPI. */
import type { Plan } from '../../rules/index.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import type { ResponseComponents } from './components.ts'
import { nounOf, pascal, resourceOf, tagOf } from './names.ts'
import { operationParameters, prefers } from './parameters.ts'
import { responses } from './responses.ts'
import type { Json, Named, SchemaComponents } from './schemas.ts'
import { linkFields, locationFields, validatorFields } from './validators.ts'
import type { Operation, Planned } from '../operation.ts'

export interface Shapes {
  readonly input: Named | undefined
  readonly output: Named | undefined
}

export function operationObject(
  declaration: ApiDeclaration,
  { operation, plan }: Planned,
  operationId: string,
  { input, output }: Shapes,
  schemas: SchemaComponents,
  components: ResponseComponents,
): Json {
  const parameters = operationParameters(operation, plan, schemas)
  return {
    operationId,
    summary: operation.summary,
    tags: [tagOf(declaration, operation, plan)],
    ...(parameters.length > 0 && { parameters }),
    ...(operation.takes.length > 0 && {
      requestBody: { required: true, content: contentOf(operation.takes, input, schemas) },
    }),
    responses: responses([plan], (phase) => phase !== 'wire', components, {
      content: contentOf(operation.offers, output, schemas),
      fields: (row) => [
        ...validatorFields(declaration, operation, plan, row),
        ...locationFields(declaration, operation, plan, row),
        ...linkFields(declaration, operation, plan, row),
        ...(row.class === 'success' && prefers(plan) ? ([['Preference-Applied', false]] as const) : []),
      ],
    }),
    security: securityOf(plan),
  }
}

/** What it takes and answers with, and what to call that; secrets it takes are marked as never sent back. */
export function shapesOf(declaration: ApiDeclaration, { path, method, shapes }: Operation): Shapes {
  const secrets = secretsOf(declaration, path)
  const noun = nounOf(path)
  return {
    input:
      shapes.input &&
      named(withSecrets({ ...shapes.input }, secrets), `${noun}${method === 'PATCH' ? 'Patch' : 'Input'}`),
    output: shapes.output && named(shapes.output, method === 'GET' ? noun : `${noun}Result`),
  }
}

function named(shape: object, name: string): Named {
  const schema: Json = { ...shape }
  return { name: typeof schema['title'] === 'string' ? pascal(schema['title']) : name, schema }
}

/** Content of these media types. What is no JSON is text. */
function contentOf(types: readonly string[], shape: Named | undefined, schemas: SchemaComponents): Json {
  const schema = shape && schemas.use(shape)
  return Object.fromEntries(
    types.map((type) => [
      type,
      /[/+]json\b/.test(type) ? (schema === undefined ? {} : { schema }) : { schema: { type: 'string' } },
    ]),
  )
}

/** A guarded operation needs credentials; any other takes note of them, where there are accounts. */
function securityOf({ facts }: Plan): Json[] {
  if (facts.has('guarded')) return [{ bearer: [] }]
  return facts.has('accounts') ? [{}, { bearer: [] }] : []
}

/** Members that are taken and never sent. */
function secretsOf(declaration: ApiDeclaration, path: string): ReadonlySet<string> {
  const resource = resourceOf(declaration, path)?.[1]
  const hidden =
    resource?.kind === 'collection' ? Object.entries(resource.fields).filter(([, { hidden: never }]) => never) : []
  return new Set([...hidden.map(([name]) => name), ...(declaration.auth.password ? ['password'] : [])])
}

function withSecrets(schema: Json, secrets: ReadonlySet<string>): Json {
  const { properties } = schema
  if (typeof properties !== 'object' || properties === null) return schema
  const marked = Object.entries(properties).map(([name, property]: [string, object]) => [
    name,
    secrets.has(name) ? { ...property, writeOnly: true } : property,
  ])
  return { ...schema, properties: Object.fromEntries(marked) }
}
