/** What is said of an exchange follows the file: a process of its own, serving a copy that changes. */
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { ExplainedExchange } from '../src/rules/index.ts'
import { type Folder, newFolder, NEWSROOM, run, type Running, serve } from './cli/process.ts'
import { send } from './wire.ts'

const KEYS = { BASIC_KEY: 'basic-key', ADMIN_KEY: 'admin-key' }
const SOURCE = readFileSync(NEWSROOM, 'utf8')

let folder: Folder
let server: Running | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
  folder.remove()
})

async function begin(source: string, env = {}, args: readonly string[] = []): Promise<Running> {
  folder = newFolder({ 'api.ts': source, 'package.json': '{ "type": "module" }' })
  return (server = await serve('api.ts', folder, { ...KEYS, ...env }, args))
}

/** Deletes what the admin wrote, as somebody else. */
async function refusal({ port }: Running): Promise<ExplainedExchange> {
  const made = await send(port, 'POST', '/articles', { as: 'admin-key', content: { title: 'A', body: 'B' } })
  const { fields } = await send(port, 'DELETE', made.fields['location'] ?? '', { as: 'basic-key' })
  return (await send(port, 'GET', `/.tenfour/x/${fields['request-id']}`)).json<ExplainedExchange>()
}

const RULE = `delete: ['owner', 'admin'] },\n  list`

describe('L16 the sentence is made of the rules that are served', () => {
  it('another rule gives another sentence', { timeout: 30_000 }, async () => {
    const running = await begin(SOURCE)
    expect((await refusal(running)).whyNot).toMatchObject({
      sentence: 'It could have been 204 if the caller were the owner of the item or in the role admin.',
      source: { kind: 'declared', at: 'articles.allow.delete', says: 'owner or admin' },
    })
    expect(SOURCE).toContain(RULE)
    folder.write('api.ts', SOURCE.replace(RULE, `delete: 'admin' },\n  list`))
    await running.says(/Loaded again\./)
    expect((await refusal(running)).whyNot).toMatchObject({
      decision: 'classAllowed',
      sentence: 'It could have been 204 if the caller were in the role admin.',
      remedies: [{ kind: 'credentials', role: 'admin' }],
    })
  })

  it('a rule that is a function is named, with its file and its line', { timeout: 30_000 }, async () => {
    const rule = `delete: [isShort, 'admin'] },\n  list`
    const isShort = `function isShort({ item }: { item: { body: string } }): boolean {\n  return item.body.length > 999\n}\n`
    const source = `${SOURCE.replace(RULE, rule)}\n${isShort}`
    const line = source.split('\n').findIndex((text) => text.startsWith('function isShort')) + 1
    const running = await begin(source)
    expect((await refusal(running)).whyNot).toMatchObject({
      sentence: 'It could have been 204 if the caller were in the role admin or let in by isShort.',
      source: { kind: 'function', at: 'articles.allow.delete', file: 'api.ts', line },
    })
    folder.write('api.ts', `// One line more.\n${source}`)
    await running.says(/Loaded again\./)
    expect((await refusal(running)).whyNot?.source).toMatchObject({ file: 'api.ts', line: line + 1 })
  })
})

it('L16 a bug is found by its file and its line', { timeout: 30_000 }, async () => {
  const check = `const broken = (): never => {\n  throw new Error('a bug')\n}\n`
  const source = SOURCE.replace('const articles =', `${check}const articles =`).replace(
    `  list: { filter`,
    `  before: { create: broken },\n  list: { filter`,
  )
  const line = source.split('\n').findIndex((text) => text.startsWith('const broken')) + 1
  const { port } = await begin(source)
  const { status, fields } = await send(port, 'POST', '/articles', {
    as: 'admin-key',
    content: { title: 'A', body: 'B' },
  })
  expect(status).toBe(500)
  const trace = await send(port, 'GET', `/.tenfour/x/${fields['request-id']}`)
  expect(trace.json<ExplainedExchange>().whyNot).toMatchObject({
    instead: [201],
    source: { kind: 'function', at: 'articles.before.create', file: 'api.ts', line },
  })
})

describe('in production', () => {
  const production = { NODE_ENV: 'production' }

  it('--traces names the role that may read a trace', { timeout: 30_000 }, async () => {
    const { port } = await begin(SOURCE, production, ['--traces', 'admin'])
    const { fields } = await send(port, 'GET', '/articles/none')
    const path = `/.tenfour/x/${fields['request-id']}`
    expect((await send(port, 'GET', path)).status).toBe(401)
    expect((await send(port, 'GET', path, { as: 'basic-key' })).status).toBe(403)
    expect((await send(port, 'GET', path, { as: 'admin-key' })).json()).toMatchObject({ status: 404 })
    const words = ['explain', fields['request-id'] ?? '', '--url', `http://127.0.0.1:${port}`]
    expect((await run(words, folder, { TENFOUR_KEY: 'admin-key' })).out).toMatch(
      /^404 Not Found {2}GET \/articles\/none/,
    )
    expect((await run(words, folder)).code).toBe(1)
  })

  it('which takes accounts', { timeout: 30_000 }, async () => {
    folder = newFolder({
      'api.ts': `import { collection, defineApi } from 'tenfour'\nimport { z } from 'zod'\nexport default defineApi({ notes: collection({ text: z.string() }, { allow: { read: 'anyone' } }) })\n`,
      'package.json': '{ "type": "module" }',
    })
    const { code, err } = await run(['serve', 'api.ts', '--traces', 'admin'], folder, production)
    expect([code, err]).toEqual([2, expect.stringMatching(/^Traces are for a role, and this API has no accounts\./)])
  })
})
