/** One operation of the API's description: the Operation Object of OpenAPI. */
import type { Plan, StatusRow } from '../rules/index.ts'
import type { ApiDeclaration, ResourceLike } from './declaration.ts'
import type { HeaderComponents } from './openapi-headers.ts'
import { nounOf, pascal } from './openapi-names.ts'
import { operationParameters, prefers } from './openapi-parameters.ts'
import { responses } from './openapi-responses.ts'
import type { Json, Named, SchemaComponents } from './openapi-schemas.ts'
import type { Operation, Planned } from './operation.ts'

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
  headers: HeaderComponents,
): Json {
  const parameters = operationParameters(operation, plan)
  const validators = validatorsOf(declaration, operation, plan)
  return {
    operationId,
    summary: operation.summary,
    tags: [tagOf(declaration, operation, plan)],
    ...(parameters.length > 0 && { parameters }),
    ...(operation.takes.length > 0 && {
      requestBody: { required: true, content: contentOf(operation.takes, input, schemas) },
    }),
    responses: responses([plan], (phase) => phase !== 'wire', headers, {
      content: contentOf(operation.offers, output, schemas),
      fields: (_, row) => [
        ...(carriesValidators(row, plan) ? validators : []),
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
    output: shapes.output && named(shapes.output, noun),
  }
}

function named(shape: object, name: string): Named {
  const schema: Json = { ...shape }
  return { name: typeof schema['title'] === 'string' ? pascal(schema['title']) : name, schema }
}

/** The collection or resource that it belongs to; the rest is about accounts, or about the server itself. */
export function tagOf(declaration: ApiDeclaration, { path }: Operation, plan: Plan): string {
  return resourceOf(declaration, path)?.[0] ?? (plan.facts.has('accounts') ? 'accounts' : 'server')
}

function resourceOf(declaration: ApiDeclaration, path: string): [name: string, ResourceLike] | undefined {
  return Object.entries(declaration.resources).find(([name, resource]) =>
    resource.kind === 'collection' ? `${path}/`.startsWith(`/${name}/`) : resource.path === path,
  )
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

/** Which validators a representation has, and whether it always has them. */
function validatorsOf(
  declaration: ApiDeclaration,
  { path, method }: Operation,
  { facts }: Plan,
): [name: string, sure: boolean][] {
  const [name, resource] = resourceOf(declaration, path) ?? []
  if (resource?.kind === 'resource') {
    return resource.validators.map((validator) => [validator === 'etag' ? 'ETag' : 'Last-Modified', false])
  }
  // What is created in a collection is an item of it, though nothing was selected before.
  const creates = resource?.kind === 'collection' && path === `/${name}` && facts.has('created')
  const sure = method === 'GET'
  return [
    ...(facts.has('selects') || creates ? ([['ETag', sure]] as [string, boolean][]) : []),
    ...(facts.has('modified') || creates ? ([['Last-Modified', sure]] as [string, boolean][]) : []),
  ]
}

/** A 304 has those of the 200; the answer to PUT has none, since what is stored may differ from what was sent (RFC 9110 §9.3.4). */
function carriesValidators(row: StatusRow, { method }: Plan): boolean {
  if (row.asIn200 !== undefined) return true
  return row.class === 'success' && row.content === 'usual' && method !== 'PUT'
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
