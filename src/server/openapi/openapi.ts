/**
 * The API's description: OpenAPI 3.1.1, drawn from the plans that are run.
 *
 * The responses of an operation are exactly the statuses its plan can give. Those of the connection
 * belong to no operation and stand once, in `x-responses` of the document; what a path gives for a
 * method it does not have (405) stands in `x-responses` of its path item. HEAD is described with GET.
 */
import { type Fact, specialise } from '../../rules/index.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import { formerFact } from '../declare/former.ts'
import { ResponseComponents } from './components.ts'
import { claim, operationName, tagOf } from './names.ts'
import { operationObject, shapesOf } from './operation.ts'
import { pathParameters } from './parameters.ts'
import { PROBLEM_SCHEMAS } from './problem.ts'
import { responses } from './responses.ts'
import { type Json, SchemaComponents } from './schemas.ts'
import type { Planned } from '../operation.ts'

/** The description, ready for JSON. `operations` in the order in which they are shown. */
export function openApi(declaration: ApiDeclaration, operations: readonly Planned[]): object {
  const described = operations.map((planned) => ({ planned, shapes: shapesOf(declaration, planned.operation) }))
  const schemas = new SchemaComponents(
    // What GET answers with gives its name to what others answer with too.
    described
      .toSorted((a, b) => Number(b.planned.plan.method === 'GET') - Number(a.planned.plan.method === 'GET'))
      .flatMap(({ shapes: { input, output } }) => [input, output].filter((shape) => shape !== undefined)),
    Object.keys(PROBLEM_SCHEMAS),
  )
  const components = new ResponseComponents()
  const ids = new Set<string>()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { planned, shapes } of described) {
    const { operation } = planned
    const item = (paths[operation.path] ??= pathItem(declaration, operation.path, 'otherMethod', schemas, components))
    const id = claim(operationName(operation), ids)
    item[operation.method.toLowerCase()] = operationObject(declaration, planned, id, shapes, schemas, components)
  }
  for (const resource of Object.values(declaration.resources)) {
    if (resource.kind !== 'moved' && resource.kind !== 'gone') continue
    paths[resource.path] = pathItem(declaration, resource.path, formerFact(resource), schemas, components)
  }
  const plans = operations.map(({ plan }) => plan)
  return {
    openapi: '3.1.1',
    info: { title: declaration.title, version: declaration.version, description: ABOUT },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ operation, plan }) => tagOf(declaration, operation, plan)))].map((name) => ({
      name,
    })),
    paths,
    'x-responses': responses(plans, (phase) => phase === 'wire', components),
    components: {
      schemas: { ...schemas.components, ...PROBLEM_SCHEMAS },
      responses: components.responses,
      headers: components.headers.components,
      ...(declaration.accounts !== undefined && { securitySchemes: { bearer: BEARER } }),
    },
  }
}

/** What holds of a path whatever the method; `fact` is what it is about where it has no such method. */
function pathItem(
  declaration: ApiDeclaration,
  path: string,
  fact: Fact,
  schemas: SchemaComponents,
  components: ResponseComponents,
): Record<string, unknown> {
  const parameters = pathParameters(declaration, path, schemas)
  const plan = specialise(undefined, new Set([fact]))
  return {
    ...(parameters.length > 0 && { parameters }),
    'x-responses': responses([plan], (phase) => phase === 'route', components),
  }
}

const ABOUT = [
  'Every operation lists exactly the statuses it can give.',
  '`x-responses` of this document lists those of the connection, which any request can get before its operation is known;',
  '`x-responses` of a path lists what the path gives for a method that is not listed.',
  'Every GET is there as HEAD too: the same statuses and fields, without content. OPTIONS answers with Allow.',
  'Problems are problem details (RFC 9457), or a page where Accept prefers text/html.',
].join(' ')

const BEARER: Json = {
  type: 'http',
  scheme: 'bearer',
  description: 'The token of a session, or an API key (RFC 6750 §2.1).',
}
