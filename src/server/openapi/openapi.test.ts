/** The API's description against a validator, and against the plans it is drawn from. */
import { compileErrors, dereference, validate } from '@readme/openapi-parser'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Fact, type Method, specialise } from '../../rules/index.ts'
import type { ApiDeclaration, CollectionDeclaration } from '../declare/declaration.ts'
import { actionFacts, apiFacts, collectionFacts, type Verb } from '../declare/facts.ts'
import { resourceFacts } from '../declare/resource-facts.ts'
import { jsonSchema } from '../declare/json-schema.ts'
import { openApi } from './openapi.ts'
import type { Operation, Planned } from '../operation.ts'

const JSON_ONLY = ['application/json']
const PATCHES = ['application/merge-patch+json', ...JSON_ONLY]

const tree = z.object({
  name: z.string(),
  get branches() {
    return z.array(tree)
  },
})

const collection = (
  fields: CollectionDeclaration['fields'],
  more: Partial<CollectionDeclaration>,
): CollectionDeclaration => ({
  kind: 'collection',
  fields,
  allow: {},
  list: { filter: [], sort: [], limit: 50, most: 1000 },
  check: undefined,
  before: {},
  after: {},
  actions: {},
  hide: false,
  concurrency: 'optional',
  putCreates: false,
  ...more,
})

/** Nothing is run here, only described. */
function unused(): never {
  throw new Error('not run')
}

const publish = {
  allow: ['owner'],
  outcomes: ['changed', 'accepted', 'seeOther'],
  when: () => undefined,
  perform: unused,
} as const

const api: ApiDeclaration = {
  title: 'The newsroom',
  version: '1.2.3',
  resources: {
    articles: collection(
      {
        title: { schema: z.string() },
        slug: { schema: z.string().optional(), unique: { fold: false } },
        note: { schema: z.string(), hidden: true },
        topics: { schema: tree },
        authorId: { schema: z.string(), owner: true, ref: { collection: 'users', onDelete: 'restrict' } },
      },
      {
        allow: {
          list: 'anyone',
          read: 'anyone',
          create: 'signedIn',
          update: ['owner', 'admin'],
          delete: ['owner', 'admin'],
        },
        actions: { publish },
      },
    ),
    users: collection({ email: { schema: z.email(), unique: { fold: true } } }, { allow: { read: ['self', 'admin'] } }),
    rates: {
      kind: 'resource',
      path: '/rates/{day}',
      params: { day: z.iso.date().meta({ id: 'Day' }) },
      query: {},
      load: unused,
      loads: ['found', 'missing', 'gone', 'moved'],
      validators: ['lastModified'],
      allow: { get: 'anyone', post: 'signedIn' },
      hide: false,
      concurrency: 'optional',
      output: undefined,
      upstream: true,
      get: true,
      put: undefined,
      patch: undefined,
      delete: undefined,
      post: { input: tree, outcomes: ['accepted'], perform: unused },
    },
    old: { kind: 'moved', path: '/posts/{id}', to: '/articles/{id}', how: 'permanent' },
    never: { kind: 'gone', path: '/drafts' },
  },
  accounts: { in: 'users', role: 'role', login: 'email' },
  auth: { password: true, apiKeys: true },
  realm: 'newsroom',
  seed: {},
  validation: 400,
  unavailable: 503,
  origins: undefined,
  cors: undefined,
  limits: {
    target: 8192,
    fields: 16384,
    content: 1_048_576,
    depth: 64,
    values: 10_000,
    headTime: 10_000,
    contentTime: 30_000,
    drainTime: 10_000,
    requests: 10_000,
    requestsPerAddress: 5_000,
    passwordsPerAddress: 8,
    failedLogins: 10,
  },
}

const item = {
  type: 'object',
  properties: { id: { type: 'string' }, topics: jsonSchema(tree, 'output') },
  required: ['id'],
}
const input = {
  type: 'object',
  properties: { title: { type: 'string' }, note: { type: 'string' }, topics: jsonSchema(tree, 'input') },
}
const list = { type: 'object', properties: { items: { type: 'array', items: item }, next: { type: 'string' } } }

const operation = (
  method: Operation['method'],
  path: string,
  facts: readonly Fact[],
  more: Partial<Operation> = {},
): Planned => {
  const full: Operation = {
    method,
    path,
    summary: `${method} ${path}`,
    facts,
    takes: [],
    offers: JSON_ONLY,
    query: [],
    shapes: {},
    ...more,
  }
  return { operation: full, plan: specialise(method, new Set([...apiFacts(api), ...facts])) }
}

const ofArticles = (method: Operation['method'], path: string, verb: Verb, more: Partial<Operation> = {}): Planned =>
  operation(method, path, collectionFacts(api, 'articles', verb), more)

const limit = {
  name: 'limit',
  description: 'How many at most.',
  schema: { type: 'integer', minimum: 1 },
  check: () => undefined,
}
const state = {
  name: 'state',
  description: '',
  schema: jsonSchema(z.enum(['draft', 'published']).meta({ id: 'State' }), 'output') ?? {},
  check: () => undefined,
}
const { articles, rates } = api.resources
if (articles?.kind !== 'collection' || rates?.kind !== 'resource') throw new TypeError('declared above')

const operations: Planned[] = [
  ofArticles('GET', '/articles', 'list', { query: [limit, state], shapes: { output: list } }),
  ofArticles('POST', '/articles', 'create', { takes: JSON_ONLY, shapes: { input, output: item } }),
  ofArticles('GET', '/articles/{id}', 'read', { shapes: { output: item } }),
  ofArticles('PUT', '/articles/{id}', 'replace', { takes: JSON_ONLY, shapes: { input, output: item } }),
  ofArticles('PATCH', '/articles/{id}', 'modify', {
    takes: PATCHES,
    shapes: { input: { ...input, minProperties: 1 }, output: item },
  }),
  ofArticles('DELETE', '/articles/{id}', 'remove'),
  operation('POST', '/articles/{id}/publish', actionFacts(api, 'articles', publish)),
  operation('GET', '/users/{id}', collectionFacts(api, 'users', 'read')),
  operation('GET', '/rates/{day}', resourceFacts(api, rates, 'get')),
  operation('POST', '/rates/{day}', resourceFacts(api, rates, 'post'), {
    takes: JSON_ONLY,
    shapes: { input: jsonSchema(tree, 'input') },
  }),
  operation('POST', '/session', ['content', 'schema', 'secret', 'performs', 'created', 'login'], {
    takes: JSON_ONLY,
    shapes: {
      input: { type: 'object', properties: { email: { type: 'string' }, password: { type: 'string' } } },
      output: { type: 'object', properties: { token: { type: 'string' } } },
    },
  }),
  {
    ...operation('GET', '/', [], { offers: [...JSON_ONLY, 'text/html'] }),
    plan: specialise('GET', new Set<Fact>(['negotiated', 'reads'])),
  },
]

interface Response {
  description: string
  headers?: Record<string, { required?: true }>
  content?: Record<string, { schema?: unknown }>
}
interface Described {
  operationId: string
  tags: string[]
  responses: Record<string, Response>
  parameters?: { name: string; in: string; schema: unknown }[]
  requestBody?: { content: Record<string, { schema: unknown }> }
  security: object[]
}
interface PathItem {
  get?: Described
  put?: Described
  post?: Described
  patch?: Described
  delete?: Described
  parameters?: { name: string; schema: unknown }[]
  'x-responses': Record<string, Response>
}
interface Document {
  paths: Record<string, PathItem>
  components: { schemas: Record<string, { properties?: Record<string, object> }>; headers: object; responses: object }
  tags: { name: string }[]
  'x-responses': Record<string, Response>
}

const written = JSON.stringify(openApi(api, operations))
const document = JSON.parse(written) as Document
/** With every reference followed, cycles left. */
const followed = (await dereference(JSON.parse(written), {
  dereference: { circular: 'ignore' },
})) as unknown as Document

const at = (path: string, method: Method): Described => {
  const found = followed.paths[path]?.[method.toLowerCase() as 'get']
  if (found === undefined) throw new TypeError(`${method} ${path} is not described`)
  return found
}
const statuses = (of: Record<string, Response> | undefined) => Object.keys(of ?? {}).map(Number)
const sure = ({ headers = {} }: Response = { description: '' }) =>
  Object.entries(headers).flatMap(([name, { required }]) => (required === true ? [name] : []))

const fieldNames = (path: string, method: Method) =>
  (at(path, method).parameters ?? []).filter((parameter) => parameter.in === 'header').map(({ name }) => name)

describe('the document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const result = await validate(JSON.parse(written))
    expect(result.valid ? '' : compileErrors(result)).toBe('')
    expect(result).toMatchObject({ valid: true, warnings: [], specification: 'OpenAPI' })
    expect(document).toMatchObject({ openapi: '3.1.1', info: { title: 'The newsroom', version: '1.2.3' } })
  })

  test('leaves no reference without its target, and no component unused', () => {
    const references = new Set([...written.matchAll(/"\$ref":"#([^"]*)"/g)].map(([, pointer = '']) => pointer))
    for (const pointer of references) expect(document).toHaveProperty(pointer.slice(1).split('/'))
    for (const kind of ['schemas', 'responses', 'headers'] as const) {
      for (const name of Object.keys(document.components[kind]))
        expect(references).toContain(`/components/${kind}/${name}`)
    }
  })

  test('every operation has a name of its own, made of its method and path', () => {
    const names = Object.values(document.paths).flatMap((of) =>
      [of.get, of.put, of.post, of.patch, of.delete].flatMap((described) => described?.operationId ?? []),
    )
    expect(names).toContain('getArticles')
    expect(names).toContain('patchArticlesById')
    expect(names).toContain('postArticlesByIdPublish')
    expect(names).toContain('getIndex')
    expect(new Set(names).size).toBe(operations.length)
  })

  test('tags are the collections and resources, accounts, and the server', () => {
    expect(document.tags.map(({ name }) => name)).toEqual(['articles', 'users', 'rates', 'accounts', 'server'])
  })
})

describe('statuses', () => {
  const ofConnection = statuses(document['x-responses'])

  test.each(operations.map((planned) => [`${planned.operation.method} ${planned.operation.path}`, planned] as const))(
    '%s: exactly those of its plan; what only the connection gives stands apart',
    (_, { operation: { method, path }, plan }) => {
      const described = statuses(at(path, method).responses)
      const beyondConnection = plan.steps
        .filter(({ phase }) => phase !== 'wire')
        .flatMap(({ yes, no, absent }) => [yes, no, absent].filter((jump) => jump < 0).map((jump) => -jump))
      expect(new Set(described)).toEqual(new Set(beyondConnection))
      expect(new Set([...described, ...ofConnection])).toEqual(new Set(plan.statuses))
    },
  )

  test('of the connection: once, and without those that a declaration brings', () => {
    expect(ofConnection).toEqual([400, 408, 414, 421, 429, 431, 501, 503, 505])
  })

  test('of a method that is not there: with the path, and Allow (RFC 9110 §15.5.6)', () => {
    const other = followed.paths['/articles']?.['x-responses'] ?? {}
    expect(statuses(other)).toEqual([405])
    expect(sure(other[405])).toContain('Allow')
    expect(statuses(at('/articles', 'GET').responses)).not.toContain(405)
  })

  test('of a former address: where it went (RFC 9110 §15.4.9), or that it is gone (§15.5.11)', () => {
    const moved = followed.paths['/posts/{id}']
    expect(statuses(moved?.['x-responses'])).toEqual([308])
    expect(sure(moved?.['x-responses'][308])).toEqual(['Location'])
    expect(moved?.parameters).toHaveLength(1)
    expect(statuses(followed.paths['/drafts']?.['x-responses'])).toEqual([410])
  })
})

describe('responses', () => {
  test.each([
    ['201 has Location (RFC 9110 §15.3.2)', at('/articles', 'POST').responses[201], ['Location']],
    [
      '401 has its challenge (RFC 9110 §15.5.2)',
      at('/articles', 'POST').responses[401],
      ['WWW-Authenticate', 'Request-Id'],
    ],
    ['503 has Retry-After (RFC 9110 §15.6.4)', at('/articles', 'GET').responses[503], ['Retry-After', 'Request-Id']],
    ['429 has Retry-After (RFC 6585 §4)', at('/session', 'POST').responses[429], ['Retry-After', 'Request-Id']],
    ['303 has Location (RFC 9110 §15.4.4)', at('/articles/{id}/publish', 'POST').responses[303], ['Location']],
    ['202 may have a monitor', at('/articles/{id}/publish', 'POST').responses[202], []],
    [
      'the 200 of an item has validators (RFC 9110 §8.8)',
      at('/articles/{id}', 'GET').responses[200],
      ['ETag', 'Last-Modified'],
    ],
    ['so has the 304 (RFC 9110 §15.4.5)', at('/articles/{id}', 'GET').responses[304], ['ETag']],
    ['a list has an ETag only', at('/articles', 'GET').responses[200], ['ETag']],
    ['what a function loads may have validators', at('/rates/{day}', 'GET').responses[200], []],
  ])('%s', (_, response, fields) => {
    expect(sure(response)).toEqual(fields)
  })

  test('the answer to PUT has no validators (RFC 9110 §9.3.4), that to PATCH may', () => {
    expect(Object.keys(at('/articles/{id}', 'PUT').responses[200]?.headers ?? {})).toEqual([
      'Content-Location',
      'Preference-Applied',
    ])
    expect(Object.keys(at('/articles/{id}', 'PATCH').responses[200]?.headers ?? {})).toContain('ETag')
  })

  test('a list may have ways to other pages (RFC 8288 §3), an item and a creation none', () => {
    const linked = (path: string, method: 'GET' | 'POST', status: number) =>
      Object.keys(at(path, method).responses[status]?.headers ?? {}).includes('Link')
    expect(linked('/articles', 'GET', 200)).toBe(true)
    expect([linked('/articles/{id}', 'GET', 200), linked('/articles', 'POST', 201)]).toEqual([false, false])
  })

  test('an error says what to do, and has problem details (RFC 9457)', () => {
    const response = at('/articles/{id}', 'PUT').responses[412]
    expect(response?.description).toMatch(/^Precondition Failed\. The item is no longer .* If-Unmodified-Since/)
    expect(response?.content).toHaveProperty(['application/problem+json', 'schema', 'properties', 'errors'])
  })

  test('204 and 304 have no content', () => {
    expect(at('/articles/{id}', 'DELETE').responses[204]).not.toHaveProperty('content')
    expect(at('/articles/{id}', 'GET').responses[304]).not.toHaveProperty('content')
  })

  test('a success has what is offered: the shape where it is JSON', () => {
    expect(at('/', 'GET').responses[200]?.content).toEqual({
      'application/json': {},
      'text/html': { schema: { type: 'string' } },
    })
    expect(document.paths['/articles/{id}']?.get?.responses[200]?.content).toEqual({
      'application/json': { schema: { $ref: '#/components/schemas/ArticlesItem' } },
    })
  })
})

describe('requests', () => {
  test.each([
    ['GET', '/articles/{id}', ['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since']],
    ['GET', '/articles', ['If-Match', 'If-None-Match']],
    ['PUT', '/articles/{id}', ['If-Match', 'If-None-Match', 'If-Unmodified-Since', 'Prefer']],
    ['POST', '/articles', ['Idempotency-Key', 'Prefer']],
    ['DELETE', '/articles/{id}', ['If-Match', 'If-None-Match', 'If-Unmodified-Since']],
    ['GET', '/', []],
  ] as const)('%s %s: the fields that its plan asks about', (method, path, expected) => {
    expect(fieldNames(path, method)).toEqual(expected)
  })

  test('query parameters come from the operation, path variables with their declared form', () => {
    expect(at('/articles', 'GET').parameters?.[0]).toMatchObject({ name: 'limit', in: 'query', schema: { minimum: 1 } })
    expect(followed.paths['/rates/{day}']?.parameters?.[0]).toMatchObject({ name: 'day', schema: { format: 'date' } })
  })

  test('credentials: needed where guarded, of use elsewhere, of none to the server itself', () => {
    expect(at('/articles', 'POST').security).toEqual([{ bearer: [] }])
    expect(at('/articles', 'GET').security).toEqual([{}, { bearer: [] }])
    expect(at('/', 'GET').security).toEqual([])
  })

  test('a patch has every media type that is taken', () => {
    expect(Object.keys(at('/articles/{id}', 'PATCH').requestBody?.content ?? {})).toEqual(PATCHES)
  })
})

describe('schemas', () => {
  const { schemas } = document.components

  test('one that is used twice stands once, in lists as well', () => {
    expect(
      Object.keys(schemas)
        .filter((name) => name.startsWith('Articles'))
        .toSorted(),
    ).toEqual([
      'Articles',
      'ArticlesInput',
      'ArticlesInputRoot',
      'ArticlesItem',
      'ArticlesItemPatch',
      'ArticlesItemRoot',
      'ArticlesStateState',
    ])
    expect(schemas['Articles']?.properties?.['items']).toEqual({
      type: 'array',
      items: { $ref: '#/components/schemas/ArticlesItem' },
    })
  })

  test('one that refers to itself refers to its component', () => {
    expect(schemas['ArticlesItem']?.properties?.['topics']).toEqual({ $ref: '#/components/schemas/ArticlesItemRoot' })
    expect(schemas['ArticlesItemRoot']?.properties?.['branches']).toEqual({
      type: 'array',
      items: { $ref: '#/components/schemas/ArticlesItemRoot' },
    })
    expect(written).not.toContain('$defs')
  })

  test('one of a parameter that has a name refers to its component', () => {
    expect(document.paths['/articles']?.get?.parameters?.[1]?.schema).toEqual({
      $ref: '#/components/schemas/ArticlesStateState',
    })
    expect(at('/articles', 'GET').parameters?.[1]?.schema).toEqual({ type: 'string', enum: ['draft', 'published'] })
    expect(document.paths['/rates/{day}']?.parameters?.[0]?.schema).toEqual({
      $ref: '#/components/schemas/RatesItemDayDay',
    })
  })

  test('secrets are for writing only', () => {
    expect(schemas['ArticlesInput']?.properties?.['note']).toHaveProperty('writeOnly', true)
    expect(schemas['ArticlesInput']?.properties?.['title']).not.toHaveProperty('writeOnly')
    expect(schemas['SessionInput']?.properties?.['password']).toHaveProperty('writeOnly', true)
  })
})

test('without accounts there are no credentials to speak of', async () => {
  const open: ApiDeclaration = { ...api, resources: {}, accounts: undefined, auth: { password: false, apiKeys: false } }
  const plan = specialise('GET', new Set<Fact>(['negotiated', 'reads']))
  const described = openApi(open, [{ operation: operation('GET', '/', []).operation, plan }])
  expect(JSON.stringify(described)).not.toContain('bearer')
  expect(await validate(JSON.parse(JSON.stringify(described)))).toMatchObject({ valid: true })
})
