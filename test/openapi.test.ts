/** The description of a running API: valid, and every answer is one that it describes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileErrors, dereference, validate } from '@readme/openapi-parser'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { jsonSchema } from '../src/server/declare/json-schema.ts'
import { createEngine } from '../src/server/engine/engine.ts'
import { changed, defineApi, deleted, done, found as there, openApi, resource } from '../src/server/index.ts'
import { createFetchHandler } from '../src/server/shell/fetch.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { NOW, notes } from './shells/api.ts'
import { toRequest } from './shells/request.ts'
import { CASES } from './shells/requests.ts'

interface Described {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>
  readonly content?: object
}
type Responses = Readonly<Record<string, Described>>
type PathItem = Readonly<Record<'get' | 'post', { readonly responses: Responses } | undefined>> & {
  readonly 'x-responses': Responses
}
interface Document {
  readonly paths: Readonly<Record<string, PathItem>>
  readonly 'x-responses': Responses
}

const folder = mkdtempSync(join(tmpdir(), 'openapi-'))
const store = await openSqlite(`file:${join(folder, 'notes.db')}`)
const log = { info() {}, warn() {}, error() {} }
const engine = await createEngine({ declaration: notes() }, { store, log, now: () => NOW })
const handle = createFetchHandler(engine)
const written = await (await handle(new Request('http://localhost/openapi.json'))).text()
const { paths, 'x-responses': ofConnection } = (await dereference(JSON.parse(written), {
  dereference: { circular: 'ignore' },
})) as unknown as Document

afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

test('the document is valid OpenAPI 3.1', async () => {
  const result = await validate(JSON.parse(written))
  expect(result.valid ? '' : compileErrors(result)).toBe('')
})

test('every operation is there, with exactly the statuses of its plan beside those of the connection', () => {
  for (const { operation, plan } of engine.operations) {
    const { responses = {} } = paths[operation.path]?.[operation.method.toLowerCase() as 'get'] ?? {}
    const described = new Set([...Object.keys(responses), ...Object.keys(ofConnection)].map(Number))
    expect([...described].toSorted((a, b) => a - b)).toEqual(plan.statuses)
  }
})

/** What the document says of a response: of the operation, of its path, or of the connection. */
function describedAs(method: string, target: string, status: number): Described | undefined {
  const path = decodeURI(target.replace(/\?.*/, ''))
  const found = Object.entries(paths).find(([template]) =>
    new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  )
  if (found === undefined) return ofConnection[status]
  const operation = found[1][(method === 'HEAD' ? 'get' : method.toLowerCase()) as 'get']
  return (operation?.responses ?? found[1]['x-responses'])[status] ?? ofConnection[status]
}

/** OPTIONS, and a path that is not there, belong to no operation. */
const described = CASES.filter(([, { method, target, gives }]) => {
  const isUnknown = gives === 404 && !target.startsWith('/notes/')
  return method !== 'OPTIONS' && !isUnknown
})

/** What any message may have, whatever was asked for. */
const OF_EVERY_ANSWER = new Set(
  [
    'cache-control connection content-length content-security-policy content-type date vary x-content-type-options',
    'access-control-allow-origin access-control-expose-headers',
  ].flatMap((names) => names.split(' ')),
)

describe('what is answered is described', () => {
  test.each(described)('%s', async (_, request) => {
    const response = await handle(toRequest(request), { address: '127.0.0.1' })
    expect(response.status).toBe(request.gives)
    const as = describedAs(request.method, request.target, response.status)
    expect(as).toBeDefined()
    const missing = Object.entries(as?.headers ?? {})
      .filter(([name, { required }]) => required === true && !response.headers.has(name))
      .map(([name]) => name)
    expect(missing).toEqual([])
    const known = new Set(Object.keys(as?.headers ?? {}).map((name) => name.toLowerCase()))
    expect([...response.headers.keys()].filter((name) => !known.has(name) && !OF_EVERY_ANSWER.has(name))).toEqual([])
    const text = await response.text()
    const type = response.headers.get('content-type')?.replace(/;.*/, '')
    if (text !== '') expect(Object.keys(as?.content ?? {})).toContain(type)
  })
})

test('what a resource says it answers with is described, where it does', async () => {
  const seat = z.object({ taken: z.boolean() })
  const told = z.object({ left: z.int() })
  const api = defineApi({
    seat: resource('/seats/{seat}', {
      load: () => there({ taken: false }),
      allow: { get: 'anyone', put: 'anyone', post: 'anyone', delete: 'anyone' },
      output: seat,
      put: { input: seat, outcomes: ['changed'], perform: ({ input }) => changed(input) },
      post: { output: told, outcomes: ['created', 'done'], perform: () => done({ left: 0 }) },
      delete: { output: told, outcomes: ['deleted', 'accepted'], perform: () => deleted() },
    }),
  })
  const { operations } = await createEngine(api, { store, log })
  const document = Object(await dereference(JSON.parse(JSON.stringify(openApi(api.declaration, operations)))))
  const content = (method: string, status: number): unknown =>
    document['paths']['/seats/{seat}'][method]['responses'][status]['content']['application/json']['schema']
  const [shown, said] = [seat, told].map((schema) => jsonSchema(schema, 'output'))
  expect(content('get', 200)).toEqual(shown)
  expect(content('put', 200)).toEqual(shown)
  expect(content('post', 200)).toEqual({ anyOf: [shown, said] })
  expect(content('delete', 202)).toEqual(said)
})
