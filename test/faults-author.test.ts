/**
 * An author's mistakes, served by a real process: whatever a handler, a hook, a rule or a schema does, the client is
 * told 500 and a reference (RFC 9110 §15.6.1), the log has it under that reference, nothing of the inside is told,
 * what was being written is undone, and the process lives.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { failure } from './faults/problem.ts'
import { killAll, type Server, startServer, until } from './faults/server.ts'
import { send, type Sent, type WireResponse } from './wire.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenfour-author-'))
const options = { api: join(import.meta.dirname, 'faults/author.js') }
let server: Server
let alive = false
beforeEach(async () => {
  if (alive) return
  server = await startServer(join(folder, 'things.db'), options)
  alive = true
  void server.ended.then(() => (alive = false))
})
afterAll(async () => {
  await killAll()
  rmSync(folder, { recursive: true })
})

const ask = (method: string, target: string, sent?: Sent): Promise<WireResponse> =>
  send(server.port, method, target, sent)

/** Asserts all that a mistake may come to; `at`: the question at which it came to light. */
async function expectMistake(response: WireResponse, at?: string): Promise<void> {
  const reference = failure(response, 500)
  await until('the log has it', () => server.log.some((line) => line.reference === reference))
  const line = server.log.find((one) => one.reference === reference)
  expect(line).toMatchObject({ level: 50, status: 500, msg: 'request failed' })
  if (at !== undefined) expect(line?.['at']).toBe(at)
  expect((await ask('GET', '/livez')).status).toBe(200)
}

const FAILURES = [
  'throws',
  'rejects',
  'late',
  'text',
  'nothing',
  'rejectsWithNothing',
  'object',
  'hostile',
  'unknowable',
]
const RUBBISH = ['undefined', 'null', 'number', 'text', 'unknown', 'undeclared', 'inherited', 'promised', 'function']
const OUTCOMES = ['done', 'found', 'changed', 'missing', 'gone', 'moved']
const UNSENDABLE = ['throws', 'circular', 'bigint', 'function', 'undefined', 'nothing']
const ADDRESSES = ['lines', 'wide', 'control', 'number', 'object']

describe.each(FAILURES)('what fails by %s', (how) => {
  test.each<[string, string, () => Promise<WireResponse>]>([
    ['load', 'load', () => ask('GET', `/load/${how}`)],
    ['get', 'reads', () => ask('GET', `/get/${how}`)],
    ['a rule', 'itemSignedIn', () => ask('GET', `/rule/${how}`)],
    ['perform', 'perform', () => ask('POST', `/perform/${how}`)],
    ['a schema of content', 'content', () => ask('POST', `/schema/${how}`, { content: JSON.stringify(how) })],
    ['a schema of a query parameter', 'query', () => ask('GET', `/query?how=${how}`)],
  ])('in %s of a resource: 500, at %s', async (_, at, provoke) => expectMistake(await provoke(), at))

  test.each(['check', 'before.create', 'after.create'])('in %s: 500, and nothing was created', async (where) => {
    const name = `${where} ${how}`
    await expectMistake(await ask('POST', '/things', { content: { name, where, how } }))
    expect((await ask('GET', '/things')).content).not.toContain(name)
  })

  test.each(['before.update', 'after.update'])('in %s: 500, and nothing was changed', async (where) => {
    const at = await add('as it was')
    await expectMistake(await ask('PATCH', at, { content: { name: 'changed', where, how } }))
    const item = { name: 'as it was', where: '', how: '' }
    await expectMistake(await ask('PUT', at, { content: { ...item, where, how } }))
    expect((await ask('GET', at)).json()).toMatchObject(item)
  })

  test.each(['before.delete', 'after.delete'])('in %s: 500, and nothing was deleted', async (where) => {
    const at = await add('stays', where, how)
    await expectMistake(await ask('DELETE', at))
    expect((await ask('GET', at)).status).toBe(200)
  })

  test.each([
    ['act', '/act'],
    ['when', '/when'],
  ])('in %s of an action: 500', async (where, path) => {
    await expectMistake(await ask('POST', (await add('an item', where, how)) + path))
  })

  test('in a rule of an item: 500', async () => {
    await expectMistake(await ask('GET', await add('an item', 'rule', how)))
  })
})

describe('rubbish in place of an outcome', () => {
  test.each(RUBBISH)('load returns %s: 500', async (how) => expectMistake(await ask('GET', `/loaded/${how}`)))
  test.each(RUBBISH)('load returns %s before DELETE: 500', async (how) =>
    expectMistake(await ask('DELETE', `/loaded/${how}`)),
  )
  test.each(RUBBISH)('perform returns %s: 500', async (how) => expectMistake(await ask('POST', `/performed/${how}`)))
  test.each(RUBBISH)('perform of an action returns %s: 500, and nothing is done', async (how) => {
    const at = await add('an item', '', how)
    await expectMistake(await ask('POST', `${at}/rubbish`))
    expect((await ask('GET', at)).status).toBe(200)
  })
  test.each(['promise', 'text', 'number', 'undefined'])('a rule that returns a %s lets nobody in: 500', async (how) =>
    expectMistake(await ask('GET', `/undecided/${how}`)),
  )
})

describe('an outcome in place of content', () => {
  test.each(OUTCOMES)('get returns %s(…): 500, and the log says what to return', async (how) => {
    await expectMistake(await ask('GET', `/outcomes/${how}`), 'reads')
    const said = JSON.stringify(server.log.at(-1))
    expect(said).toContain(`get returned ${how}(…)`)
  })

  test('content that looks like one is content', async () => {
    expect((await ask('GET', '/lookalike')).json()).toEqual({ kind: 'done', content: 1 })
  })
})

describe('what cannot be sent', () => {
  test.each(UNSENDABLE)('a representation, %s (toJSON): 500', async (how) =>
    expectMistake(await ask('GET', `/unsendable/${how}`)),
  )
  test.each(UNSENDABLE)('of what was created, %s: 500', async (how) =>
    expectMistake(await ask('POST', `/unsendable/${how}`)),
  )
  test.each(UNSENDABLE)('the errors of a conflict, %s: 500', async (how) =>
    expectMistake(await ask('POST', `/errors/${how}`)),
  )
  test.each(ADDRESSES)('a Location, %s, of what was created (RFC 9110 §5.5): 500', async (how) =>
    expectMistake(await ask('POST', `/created/${how}`)),
  )
  test.each([...ADDRESSES, 'missing'])('a Location, %s, to look at: 500', async (how) =>
    expectMistake(await ask('POST', `/elsewhere/${how}`)),
  )
  test.each([...ADDRESSES, 'missing'])('a Location, %s, to where it has moved: 500', async (how) =>
    expectMistake(await ask('GET', `/moves/${how}`)),
  )
  test.each(ADDRESSES)('an ETag, %s: 500', async (how) => expectMistake(await ask('GET', `/tagged/${how}`)))
})

describe('what belongs to no request any more', () => {
  test('a rejection that nobody awaits is logged, and the process lives', async () => {
    expect((await ask('POST', '/nobody')).status).toBe(204)
    await until('the log has it', () => server.log.some((line) => JSON.stringify(line).includes('nobody waits for')))
    expect((await ask('GET', '/livez')).status).toBe(200)
  })

  test('an exception that nobody catches: requests in progress are answered, then the process ends with 1', async () => {
    const other = await startServer(join(folder, 'other.db'), options)
    const slow = send(other.port, 'POST', '/slow')
    expect((await send(other.port, 'POST', '/escaped')).status).toBe(204)
    expect((await slow).json()).toEqual({ slept: 500 })
    expect(await other.ended).toMatchObject({ code: 1 })
    expect(other.log.some((line) => JSON.stringify(line).includes('nobody catches'))).toBe(true)
  })
})

/** A new item; its path. */
async function add(name: string, where = '', how = ''): Promise<string> {
  const response = await ask('POST', '/things', { content: { name, where, how } })
  expect({ status: response.status, content: response.content }).toMatchObject({ status: 201 })
  return response.fields['location'] ?? ''
}
