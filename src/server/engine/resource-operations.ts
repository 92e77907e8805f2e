/**
 * A resource that is no collection, compiled into operations: its own functions answer what a table
 * would answer elsewhere, and the same graph decides.
 */
import { formatDate, type ProblemError } from '../../rules/index.ts'
import { atOnce } from './at-once.ts'
import type {
  ApiDeclaration,
  ResourceDeclaration,
  ResourceExchange,
  ResourceMethod,
  Schema,
} from '../declare/declaration.ts'
import { andThen } from '../eventually.ts'
import { resourceFacts, type ResourceVerb } from '../declare/resource-facts.ts'
import { compileGuard, type Guard, type Target } from '../collection/guard.ts'
import { readDeclared } from '../collection/declared-content.ts'
import { jsonSchema, takes } from '../declare/json-schema.ts'
import type { Eventually, Exchange, Found, Operation, Outcome, Parameter } from '../operation.ts'
import type { Result, ResultKind } from '../declare/outcome.ts'
import { jsonRepresentation } from './representation.ts'
import { declaredContent, declaredLoad, declaredResult } from './result.ts'

const JSON_ONLY = ['application/json']
const TAKEN: Readonly<Record<ResourceVerb, readonly string[]>> = {
  get: [],
  delete: [],
  post: JSON_ONLY,
  put: JSON_ONLY,
  patch: ['application/merge-patch+json', ...JSON_ONLY],
}

export function resourceOperations(api: ApiDeclaration, resource: ResourceDeclaration): Operation[] {
  const verbs: ResourceVerb[] = ['get', 'put', 'patch', 'delete', 'post']
  return verbs
    .filter((verb) => resource[verb] !== undefined && resource[verb] !== false)
    .map((verb) => operation(api, resource, verb))
}

function operation(api: ApiDeclaration, resource: ResourceDeclaration, verb: ResourceVerb): Operation {
  const { load, get } = resource
  const method = verb === 'get' ? undefined : resource[verb]
  const shape = method?.input && jsonSchema(method.input, 'input')
  const guard = compileGuard(resource.allow[verb], undefined, ({ values }) => values.item)
  const read = compileGuard(resource.allow.get, undefined, ({ values }) => values.item)
  return {
    method: METHOD[verb],
    path: resource.path,
    summary: `${METHOD[verb]} ${resource.path}`,
    facts: resourceFacts(api, resource, verb),
    takes: method?.input === undefined ? [] : TAKEN[verb],
    offers: JSON_ONLY,
    query: Object.entries(resource.query)
      .map(([name, schema]) => parameter(name, schema))
      .toSorted((a, b) => Number(b.required) - Number(a.required)),
    shapes: { input: shape, output: outputShape(resource, method) },
    classAllows: (caller, x) => guard.allowsClass(caller, x.params.id),
    ...itemRules(guard, read, resource.hide),
    pathValid: (x) => formed(resource.params, x.params) !== undefined,
    ...(load !== undefined && {
      load: (x: Exchange) => andThen(load(seen(resource, x)), (found) => declaredLoad(found, resource.loads)),
    }),
    ...(verb === 'get' && {
      represent: (x: Exchange) =>
        andThen(typeof get === 'function' ? get(seen(resource, x)) : itemOf(x.loaded), (value) =>
          jsonRepresentation(declaredContent(value), validators(x.loaded)),
        ),
    }),
    ...(method?.input !== undefined && {
      read: (_: Exchange, json: unknown) => readDeclared(method.input as Schema, json, shape),
    }),
    ...(method !== undefined && { perform: (x: Exchange) => perform(resource, method, x) }),
  }
}

/** What GET shows, and what a method creates or changes, is the resource's; all else is what the method says. */
function outputShape({ output }: ResourceDeclaration, method: ResourceMethod | undefined): object | undefined {
  const answers = (...kinds: readonly ResultKind[]) => method?.outcomes.some((kind) => kinds.includes(kind))
  const shown = output && (answers('created', 'changed') ?? true) ? jsonSchema(output, 'output') : undefined
  const said = method?.output && answers('done', 'accepted') ? jsonSchema(method.output, 'output') : undefined
  return shown !== undefined && said !== undefined ? { anyOf: [shown, said] } : (shown ?? said)
}

const METHOD = { get: 'GET', put: 'PUT', patch: 'PATCH', delete: 'DELETE', post: 'POST' } as const

function itemRules(
  guard: Guard,
  read: Guard,
  hides: boolean,
): Pick<Operation, 'itemAllows' | 'itemVisible' | 'explain'> {
  const target = (x: Exchange): Target => {
    const shared = { id: '', version: 0, createdAt: 0 }
    return { ...shared, guards: {}, row: { ...shared, values: { item: itemOf(x.loaded) } } }
  }
  return {
    itemAllows: (x) => guard.allows(x.caller, target(x), x.method),
    itemVisible: (x) =>
      !hides || guard.allows(x.caller, target(x), x.method) || read.allows(x.caller, target(x), 'GET'),
    explain: (x) => guard.explain(x.caller),
  }
}

function itemOf(found: Found | undefined): unknown {
  return found?.kind === 'found' ? found.item : undefined
}

function validators(found: Found | undefined): string[] {
  if (found?.kind !== 'found') return []
  const { etag, lastModified } = found
  return [
    ...(etag === undefined ? [] : ['ETag', etag]),
    ...(lastModified === undefined ? [] : ['Last-Modified', formatDate(lastModified)]),
  ]
}

/** The exchange as the author's functions see it. */
function seen(resource: ResourceDeclaration, x: Exchange): ResourceExchange {
  return {
    caller: x.caller,
    params: formed(resource.params, x.params) ?? x.params,
    query: formed(resource.query, x.query) ?? x.query,
    item: itemOf(x.loaded),
    input: x.input,
    field: (name) => x.field(name.toLowerCase()),
  }
}

/** What was sent, as its schemas make it, or undefined when one does not take it. */
function formed(
  schemas: Readonly<Record<string, Schema>>,
  sent: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> | undefined {
  const values: Record<string, unknown> = { ...sent }
  for (const [name, schema] of Object.entries(schemas)) {
    const result = validateNow(schema, sent[name])
    if (result.issues !== undefined) return undefined
    values[name] = result.value
  }
  return values
}

function parameter(name: string, schema: Schema): Parameter {
  return {
    name,
    description: '',
    schema: { ...jsonSchema(schema, 'input') },
    required: !takes(schema, undefined),
    check: (value) =>
      validateNow(schema, value).issues === undefined ? undefined : 'The value does not have the declared form.',
  }
}

/** Paths and queries are judged while the head is, so their schemas cannot wait for anything. */
function validateNow(
  schema: Schema,
  value: unknown,
): Exclude<ReturnType<Schema['~standard']['validate']>, Promise<unknown>> {
  return atOnce(schema['~standard'].validate(value), 'a schema of a path or a query')
}

function perform(resource: ResourceDeclaration, method: ResourceMethod, x: Exchange): Eventually<Outcome> {
  return andThen(method.perform(seen(resource, x)), (result) =>
    toOutcome(declaredResult(result, method.outcomes), x.path),
  )
}

/** A result with plain content, as an outcome with a representation. */
function toOutcome(result: Result, path: string): Outcome {
  switch (result.kind) {
    case 'created':
      return { kind: 'created', location: result.location ?? path, content: content(result.item) }
    case 'changed':
      return { kind: 'changed', content: content(result.item) }
    case 'done':
      return { kind: 'done', content: content(result.content) }
    case 'accepted':
      return { kind: 'accepted', monitor: result.monitor, content: content(result.content) }
    default:
      return result satisfies { readonly errors: readonly ProblemError[] } | { readonly kind: string }
  }
}

const content = (value: unknown) => (value === undefined ? undefined : jsonRepresentation(value))
