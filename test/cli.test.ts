/** The `tenfour` command: real processes, real ports, real files. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import lesson from '../examples/newsroom/lesson.ts'
import type { ExplainedExchange } from '../src/rules/index.ts'
import { folder, hold, served } from './cli/held.ts'
import { type Env, type Folder, NEWSROOM, ROOT, run, type Running } from './cli/process.ts'
import { format, send, Wire } from './wire.ts'

const KEYS = { BASIC_KEY: 'basic-key', ADMIN_KEY: 'admin-key' }
const newsroom = (at: Folder, env: Env = KEYS): Promise<Running> => served(NEWSROOM, at, env)
const codes = lesson.map(({ code }) => code)

/** The codes that the lines it prints give, one after another, in a real shell. */
function pasted(out: string): number[] {
  const lines = out.split('\n').filter((line) => line.startsWith('curl '))
  return lines.map((line) => {
    const answer = execFileSync('sh', ['-c', line], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return Number(/^HTTP\/1\.1 (\d+)/m.exec(answer)?.[1])
  })
}

/** The key that was made up for a role, as it was told. */
const keyIn = (told: string, role: string): string =>
  new RegExp(`${role} +(ten_k_\\S+) {2}\\(made just now`).exec(told)?.[1] ?? ''

/** A small API; `list` is who may list its notes. */
const notes = (list: string, more = ''): string => `
import { collection, defineApi, resource, done } from 'tenfour'
import { z } from 'zod'
${more}
const notes = collection({ text: z.string() }, { allow: { list: ${list}, create: 'anyone' } })
const broken = resource('/broken', { allow: { get: 'anyone' }, get: () => { throw new Error('a secret of the inside') } })
export default defineApi({ notes, broken })
`

describe('tenfour serve', () => {
  it('prints the address, both keys and ten lines, each giving its code, and again', { timeout: 60_000 }, async () => {
    const { out, url, stop } = await newsroom(folder())
    expect(out).toContain(`served at ${url}`)
    expect(out).toMatch(/basic +basic-key\n/)
    expect(out).toMatch(/admin +admin-key\n/)
    for (const _ of ['on a fresh database', 'on a used one']) expect(pasted(out)).toEqual(codes)
    expect(await stop()).toEqual({ code: 0, signal: null })
  })

  it('makes keys where none are given, at each start: its ten lines are good again', { timeout: 60_000 }, async () => {
    const at = folder()
    const first = await newsroom(at, {})
    const key = keyIn(first.out, 'admin')
    expect(pasted(first.out)).toEqual(codes)
    await first.stop()
    const second = await newsroom(at, {})
    expect(keyIn(second.out, 'admin')).not.toBe(key)
    expect(second.out).toContain('BASIC_KEY=… ADMIN_KEY=… in the environment')
    expect(pasted(second.out)).toEqual(codes)
    expect((await send(second.port, 'GET', '/users', { as: key })).status).toBe(401)
  })

  it('leaves those keys alone when its file changes, and when another start finds the port taken', async () => {
    const api = readFileSync(NEWSROOM, 'utf8')
    const at = folder({ 'api.ts': api })
    const { out, port, says } = await served('api.ts', at)
    const key = keyIn(out, 'admin')
    expect((await run(['serve', 'api.ts', '--port', String(port)], at)).code).toBe(1)
    expect((await send(port, 'GET', '/users', { as: key })).status).toBe(200)
    at.write('api.ts', api.replace('max(200)', 'max(300)'))
    await says(/Loaded again\./)
    expect((await send(port, 'GET', '/users', { as: key })).status).toBe(200)
  })

  it('makes keys once in production, and never into the log', async () => {
    const at = folder()
    const production = { NODE_ENV: 'production' }
    const first = await newsroom(at, production)
    const key = keyIn(first.err, 'admin')
    expect(first.out).not.toContain(key)
    await first.stop()
    const second = await newsroom(at, production)
    expect(second.err).toBe('')
    expect((await send(second.port, 'GET', '/users', { as: key })).status).toBe(200)
  })

  it.each([{}, { NODE_ENV: 'production' }])('ends a key that it made once the seed has one: %o', async (mode) => {
    const at = folder()
    const first = await newsroom(at, mode)
    const key = keyIn(first.out + first.err, 'admin')
    expect((await send(first.port, 'GET', '/users', { as: key })).status).toBe(200)
    await first.stop()
    const { port } = await newsroom(at, { ...KEYS, ...mode })
    expect((await send(port, 'GET', '/users', { as: key })).status).toBe(401)
    expect((await send(port, 'GET', '/users', { as: 'admin-key' })).status).toBe(200)
  })

  it('takes keys from the environment again at each start', async () => {
    const at = folder()
    await (await newsroom(at)).stop()
    const { port } = await newsroom(at, { ...KEYS, ADMIN_KEY: 'another-key' })
    expect((await send(port, 'GET', '/users', { as: 'another-key' })).status).toBe(200)
    expect((await send(port, 'GET', '/users', { as: 'admin-key' })).status).toBe(401)
  })

  it('keeps its items beside, in data/, named after the API', async () => {
    const at = folder()
    await newsroom(at)
    expect(statSync(join(at.path, 'data/newsroom.db')).isFile()).toBe(true)
  })

  it('tells the reason of every request, with a link to its trace', async () => {
    const running = await newsroom(folder())
    const { fields } = await send(running.port, 'POST', '/articles', {
      as: 'admin-key',
      content: { title: 'One', body: '' },
    })
    await send(running.port, 'DELETE', fields.location ?? '', { as: 'basic-key' })
    const [, url = ''] = await running.says(
      /403 DELETE \/articles\/\S+ {2}itemAllowed: basic is neither owner nor admin {2}→ (http\S+)/,
    )
    const explanation = (await (await fetch(url)).json()) as ExplainedExchange
    expect(explanation).toMatchObject({ status: 403, method: 'DELETE', path: fields.location, decision: 'itemAllowed' })
    expect(explanation.steps.at(-1)).toEqual({
      id: 'itemAllowed',
      phase: 'state',
      rfc: '9110 §15.5.4',
      ask: 'May this caller do this to this item?',
      mark: 'no',
      answer: 'no',
      source: { kind: 'declared', at: 'articles.allow.delete', says: 'owner or admin' },
    })
    const page = await fetch(url, { headers: { Accept: 'text/html' } })
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page.text()).toContain('May this caller do this to this item?')
  })

  it('never shows the value of a field, a parameter or a member', async () => {
    const { port, url, says } = await newsroom(folder())
    const secret = 'hunter2hunter2'
    const { fields } = await send(port, 'POST', `/users?${secret}=${secret}`, {
      as: secret,
      content: { email: secret, [`x${secret}`]: secret },
    })
    await says(/401 POST \/users/)
    const trace = await (await fetch(`${url}/.tenfour/x/${fields['request-id']}`)).text()
    expect(trace).toContain('credentialsValid')
    expect(trace).not.toContain(secret)
  })

  it('answers what has begun when it is asked to end, and then ends with 0', async () => {
    const running = await newsroom(folder())
    const content = Buffer.from(JSON.stringify({ title: 'In flight', body: 'Landed.' }))
    const octets = format('POST', '/articles', { as: 'basic-key', content: content.toString() })
    const wire = await Wire.open(running.port)
    wire.write(octets.subarray(0, octets.length - 10))
    await sleep(100)
    running.child.kill('SIGTERM')
    await sleep(200)
    await expect(send(running.port, 'GET', '/articles')).rejects.toThrow('ECONNREFUSED')
    wire.write(octets.subarray(octets.length - 10))
    const { status, fields } = await wire.read()
    expect(status).toBe(201)
    expect(fields.connection).toBe('close')
    expect(await running.ended()).toEqual({ code: 0, signal: null })
  })

  it('ends at once at the second signal', async () => {
    const running = await newsroom(folder())
    const wire = await Wire.open(running.port)
    wire.write(
      'POST /articles HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer basic-key\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    )
    await sleep(100)
    running.child.kill('SIGINT')
    await sleep(400)
    running.child.kill('SIGINT')
    expect(await running.ended()).toEqual({ code: 130, signal: null })
    wire.close()
  })

  it('says which port is taken and what to type', async () => {
    const at = folder({ 'api.ts': notes("'anyone'") })
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    hold(() => other.close())
    const { port } = other.address() as { port: number }
    for (const [typed, env, again] of [
      [[NEWSROOM], { PORT: String(port) }, NEWSROOM],
      [[NEWSROOM, '--port', '1', '--port', String(port)], {}, NEWSROOM],
      [['--no-watch', `--port=${port}`, '--database', 'file:./a b.db'], {}, "--no-watch --database 'file:./a b.db'"],
    ] as const) {
      const { code, err } = await run(['serve', ...typed], at, env)
      expect(code).toBe(1)
      expect(err).toBe(`Port ${port} on 127.0.0.1 is taken by another process.

Take another port, or any that is free:

  npx tenfour serve ${again} --port ${port + 1}
  npx tenfour serve ${again} --port 0
`)
    }
  })
})

describe('a file that is broken', () => {
  const BROKEN: readonly { title: string; source: string; says: string; files?: Readonly<Record<string, string>> }[] = [
    {
      title: 'is no TypeScript',
      source: `import { collection } from 'tenfour'\n\ncollection({ text: z.string(, })\n`,
      says: `api.ts:3:29: Unexpected ","\n\n  3 | collection({ text: z.string(, })\n                                  ^\n`,
    },
    {
      title: 'imports what is not there',
      source: `import { a } from './a.ts'\nexport default a\n`,
      says: `api.ts:1:19: Could not resolve "./a.ts"\n\n  1 | import { a } from './a.ts'\n                        ^\n`,
    },
    {
      title: 'imports a file that is broken',
      source: `import { a } from './a.ts'\nexport default a\n`,
      files: { 'a.ts': 'export const a = {\n' },
      says: 'a.ts:2:1: Expected identifier but found end of file\n',
    },
    {
      title: 'imports a package that is not installed',
      source: `import { a } from 'no-such-package'\nexport default a\n`,
      says: `api.ts:1:19: the package no-such-package is not installed\n\n  1 | import { a } from 'no-such-package'\n                        ^\n\nInstall it:\n\n  npm install no-such-package\n`,
    },
    {
      title: 'misspells a name of tenfour',
      source: `import { defineApy } from 'tenfour'\nexport default defineApy({})\n`,
      says: `api.ts:1:10: tenfour exports no defineApy. Did you mean defineApi?\n\n  1 | import { defineApy } from 'tenfour'\n               ^\n`,
    },
    {
      title: 'throws',
      source: `interface Settings {\n  colour: string\n}\nconst settings: Settings | undefined = JSON.parse('null')\nexport default settings.colour\n`,
      says: `api.ts:5:25: TypeError: Cannot read properties of null (reading 'colour')\n\n  5 | export default settings.colour\n                              ^\n`,
    },
    {
      title: 'exports nothing',
      source: 'export const api = 1\n',
      says: 'api.ts has no default export.\n\nEnd it with:\n\n  export default defineApi({ … })\n',
    },
    {
      title: 'exports something else',
      source: 'export default { a: 1 }\n',
      says: 'The default export of api.ts is not an API.\n\nEnd it with:\n\n  export default defineApi({ … })\n',
    },
    {
      title: 'declares what cannot be',
      source: notes("'nobody'").replace("create: 'anyone'", "create: 'somebody'"),
      says: `api.ts: The declaration cannot be served:
  - notes.allow.list: "nobody" needs accounts. Declare them (accounts: { in: 'users', … }), or write 'anyone'
  - notes.allow.create: "somebody" needs accounts. Declare them (accounts: { in: 'users', … }), or write 'anyone'
`,
    },
  ]
  it.each(BROKEN)('$title: says where, and what to do, without a stack', async ({ source, says, files = {} }) => {
    expect(await run(['serve'], folder({ 'api.ts': source, ...files }))).toEqual({
      code: 1,
      signal: null,
      out: '',
      err: says,
    })
  })

  it('shows the stack to who asks for it', async () => {
    const { err } = await run(['serve'], folder({ 'api.ts': 'throw new Error("so it is")' }), { DEBUG: 'tenfour' })
    expect(err).toMatch(/^api\.ts:1:7: Error: so it is\n/)
    expect(err).toMatch(/^caused by Error: so it is\n +at .*api\.ts:1:7/m)
  })

  it('is not there', async () => {
    const { code, err } = await run(['serve'], folder())
    expect(code).toBe(1)
    expect(err).toBe('There is no file api.ts, api.js, src/api.ts.\n\nName it:\n\n  npx tenfour serve path/to/api.ts\n')
  })

  it('no longer fits its database: the plan, and nothing lost', async () => {
    const at = folder({ 'api.ts': notes("'anyone'") })
    const { port, stop } = await served('api.ts', at)
    await send(port, 'POST', '/notes', { content: { text: 'kept' } })
    await stop()
    at.write('api.ts', notes("'anyone'").replace('text: z.string()', 'text: z.number()'))
    const { code, err } = await run(['serve', '--port', '0'], at)
    expect(code).toBe(1)
    expect(err).toMatch(/^The database does not fit the declaration, and changing it would lose data:\n {2}- /)
    expect(err).not.toMatch(/^ +at /m)
  })
})

describe('in development, a file that changes', () => {
  const listed = async (port: number): Promise<number> => (await send(port, 'GET', '/notes')).status

  it('is loaded again on the same port and connection, with its items', { timeout: 60_000 }, async () => {
    const at = folder({ 'api.ts': notes("'anyone'") })
    const { port, says } = await served('api.ts', at)
    const wire = await Wire.open(port)
    wire.write(format('POST', '/notes', { content: { text: 'one' } }))
    expect((await wire.read()).status).toBe(201)
    at.write('api.ts', notes("'anyone'").replace('text: z.string()', 'text: z.string(), more: z.string().optional()'))
    await says(/Loaded again\./)
    wire.write(format('GET', '/notes'))
    expect((await wire.read()).json<{ items: object[] }>().items).toMatchObject([{ text: 'one' }])
    wire.write(format('POST', '/notes', { content: { text: 'two', more: 'yes' } }))
    expect((await wire.read()).status).toBe(201)
    wire.close()
  })

  it('leaves the API of before at work while it is broken', { timeout: 60_000 }, async () => {
    const at = folder({ 'api.ts': notes("'anyone'") })
    const { port, says } = await served('api.ts', at)
    at.write('api.ts', `${notes("'anyone'")}\nexport const = 1\n`)
    await says(/api\.ts:\d+:14: .*[^]*The API of before goes on\./)
    expect(await listed(port)).toBe(200)
    at.write('api.ts', notes("'nobody'"))
    await says(/"nobody" needs accounts/)
    expect(await listed(port)).toBe(200)
    at.write('api.ts', notes('undefined'))
    await says(/Loaded again\./)
    expect(await listed(port)).toBe(405)
  })

  it('may be one that the API imports', { timeout: 60_000 }, async () => {
    const at = folder({
      'api.ts': notes('list', `import { list } from './rules/list.ts'`),
      'rules/list.ts': `export const list = 'anyone'\n`,
    })
    const { port, says } = await served('api.ts', at)
    expect(await listed(port)).toBe(200)
    at.write('rules/list.ts', 'export const list = undefined\n')
    await says(/Loaded again\./)
    expect(await listed(port)).toBe(405)
  })

  it('may be one that the API imports since it is broken', { timeout: 60_000 }, async () => {
    const at = folder({ 'api.ts': notes("'anyone'") })
    const { port, says } = await served('api.ts', at)
    at.write('api.ts', notes('list', `import { list } from './rules.ts'`))
    await says(/Could not resolve "\.\/rules\.ts"/)
    at.write('rules.ts', 'export const list = undefined\nexport const = 1\n')
    await says(/rules\.ts:2:14: /)
    at.write('rules.ts', 'export const list: string = missing\n')
    await says(/rules\.ts:1:\d+: ReferenceError: missing is not defined/)
    expect(await listed(port)).toBe(200)
    at.write('rules.ts', 'export const list = undefined\n')
    await says(/Loaded again\./)
    expect(await listed(port)).toBe(405)
  })

  it('is left alone with --no-watch', async () => {
    const at = folder({ 'api.ts': notes("'anyone'") })
    const { port } = await served('api.ts', at, {}, ['--no-watch'])
    at.write('api.ts', notes('undefined'))
    await sleep(500)
    expect(await listed(port)).toBe(200)
  })
})

describe('the aids of development', () => {
  it('make the next request a 500, the next one that needs the database a 503', async () => {
    const running = await newsroom(folder())
    const { port } = running
    const stage = (next: unknown) => send(port, 'POST', '/.tenfour/faults', { content: { next } })
    expect((await stage('throw')).status).toBe(200)
    const failed = await send(port, 'GET', '/articles')
    expect(failed.status).toBe(500)
    expect(failed.content).not.toContain('staged')
    expect((await send(port, 'GET', '/articles')).status).toBe(200)
    await stage('database-down')
    expect((await send(port, 'GET', '/')).status).toBe(200)
    const away = await send(port, 'GET', '/articles')
    expect([away.status, away.fields['retry-after']]).toEqual([503, '1'])
    expect((await send(port, 'GET', '/articles')).status).toBe(200)
    const wrong = await stage('explode')
    expect([wrong.status, wrong.json<{ errors: object[] }>().errors]).toMatchObject([400, [{ pointer: '/next' }]])
    await running.says(new RegExp(`request failed reference=${failed.fields['request-id']} status=500`))
    expect(running.err).toContain('a bug in a handler')
  })

  it('are not there in production', async () => {
    const { port, out } = await newsroom(folder(), { ...KEYS, NODE_ENV: 'production' })
    expect((await send(port, 'POST', '/.tenfour/faults', { content: { next: 'throw' } })).status).toBe(404)
    const missing = await send(port, 'GET', '/articles/none')
    expect((await send(port, 'GET', `/.tenfour/x/${missing.fields['request-id']}`)).status).toBe(404)
    expect(missing.json()).not.toHaveProperty('instance')
    const page = await send(port, 'GET', '/none', { fields: { Accept: 'text/html' } })
    expect(page.content).not.toContain('.tenfour')
    expect(out).not.toContain('basic-key')
    expect(out).not.toContain('curl')
  })
})

describe('in production, the log', () => {
  const logged = ({ out }: Running): Record<string, unknown>[] =>
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)

  it('has what is our fault, under the reference that the client saw, with its stack', async () => {
    const running = await served('api.ts', folder({ 'api.ts': notes("'anyone'") }), { NODE_ENV: 'production' })
    await send(running.port, 'GET', '/notes')
    const { status, fields, content } = await send(running.port, 'GET', '/broken')
    expect(status).toBe(500)
    expect(content).not.toContain('secret')
    await running.says(/request failed/)
    await running.stop()
    const [listening, failed, ...more] = logged(running)
    expect(more).toEqual([])
    expect(listening).toMatchObject({ msg: 'listening', url: running.url })
    expect(failed).toMatchObject({
      msg: 'request failed',
      reference: fields['request-id'],
      status: 500,
      method: 'GET',
      path: '/broken',
    })
    expect(failed?.err).toMatchObject({
      message: 'a secret of the inside',
      stack: expect.stringMatching(/api\.ts:6:\d+/) as string,
    })
  })

  it('has every request if it is asked for', async () => {
    const at = folder({ 'api.ts': notes("'anyone'") })
    const running = await served('api.ts', at, { NODE_ENV: 'production', LOG: 'access' })
    await send(running.port, 'GET', '/notes?limit=3')
    await running.says(/answered/)
    await running.stop()
    expect(logged(running).at(-1)).toMatchObject({ msg: 'answered', method: 'GET', path: '/notes', status: 200 })
  })
})

describe('tenfour openapi', () => {
  it('prints the description that the server gives, without a database', async () => {
    const at = folder()
    const { out, code } = await run(['openapi', NEWSROOM], at)
    const { port } = await newsroom(at)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual((await send(port, 'GET', '/openapi.json')).json())
  })

  it('writes it to a file', async () => {
    const at = folder()
    expect(await run(['openapi', NEWSROOM, '--out', 'openapi.json'], at)).toMatchObject({ code: 0, out: '' })
    expect(JSON.parse(readFileSync(join(at.path, 'openapi.json'), 'utf8'))).toMatchObject({ openapi: '3.1.1' })
  })
})

it('a reader that has seen enough is no failure', () => {
  const command = `${process.execPath} ${join(ROOT, 'dist/cli/main.js')} openapi ${NEWSROOM} | head -c 100`
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
  expect([stdout.length, stderr]).toEqual([100, ''])
})

it.each([{}, { NODE_ENV: 'production', LOG: 'access' }])(
  'a server whose lines nobody reads any more goes on without them: %o',
  async (mode) => {
    const { child, port, stop } = await newsroom(folder(), { ...KEYS, ...mode })
    child.stdout?.destroy()
    for (let at = 0; at < 3; at++) expect((await send(port, 'GET', '/articles')).status).toBe(200)
    child.stderr?.destroy()
    await sleep(100)
    expect((await send(port, 'GET', '/articles')).status).toBe(200)
    expect(await stop()).toEqual({ code: 0, signal: null })
  },
)

it.skipIf(!existsSync('/dev/full')).each([{}, { NODE_ENV: 'production', LOG: 'access' }])(
  'a server whose lines have no room any more goes on without them, and ends when it is asked to: %o',
  async (mode) => {
    const full = openSync('/dev/full', 'w')
    hold(() => closeSync(full))
    const free = createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const { port } = free.address() as AddressInfo
    await once(free.close(), 'close')
    const child = spawn(process.execPath, [join(ROOT, 'dist/cli/main.js'), 'serve', NEWSROOM, '--port', String(port)], {
      cwd: folder().path,
      env: { ...KEYS, ...mode },
      stdio: ['ignore', full, full],
    })
    const ended = once(child, 'close')
    hold(() => child.kill('SIGKILL'))
    await vi.waitFor(() => send(port, 'GET', '/livez'), 10_000)
    expect((await send(port, 'GET', '/articles')).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  },
)

describe('tenfour user add', () => {
  const ADA = ['--role', 'admin', '--set', 'email=ada@example.com', '--set', 'username=ada']

  it('adds an account of any role while the server runs, and prints its key', async () => {
    const at = folder()
    const { port } = await newsroom(at)
    const { code, out } = await run(['user', 'add', NEWSROOM, ...ADA], at, KEYS)
    expect(code).toBe(0)
    const [, key = ''] = /^key {2}(\S+) {2}\(shown this once\)$/m.exec(out) ?? []
    expect((await send(port, 'GET', '/users', { as: key })).status).toBe(200)
  })

  it('takes a password from standard input, and from nowhere else', async () => {
    const at = folder()
    const { port } = await newsroom(at)
    const withPassword = (value: string) =>
      run(['user', 'add', NEWSROOM, ...ADA, '--password', value], at, KEYS, 'correct horse\n')
    expect(await withPassword('correct horse')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--password -') as string,
    })
    expect(await withPassword('-')).toMatchObject({ code: 0 })
    const login = await send(port, 'POST', '/session', {
      content: { email: 'ada@example.com', password: 'correct horse' },
    })
    expect(login.status).toBe(201)
  })

  it('names every member that is wrong', async () => {
    const at = folder()
    await run(['user', 'add', NEWSROOM, ...ADA], at)
    expect((await run(['user', 'add', NEWSROOM, ...ADA], at)).err).toBe(`The account cannot be added:

  email: Another item has this value already.
  username: Another item has this value already.

It takes:

  npx tenfour user add ${NEWSROOM} --role admin --set email=EMAIL --set username=USERNAME
`)
    const { code, err } = await run(['user', 'add', NEWSROOM, '--set', 'email=ada', '--set', 'colour=red'], at)
    expect(code).toBe(1)
    expect(err).toMatch(/^ {2}email: /m)
    expect(err).toMatch(/^ {2}username: This member is required\.$/m)
    expect(err).toMatch(/^ {2}colour: There is no member of this name\.$/m)
  })
})

describe('tenfour user add, where something is missing', () => {
  const people = (auth: string, accounts = "accounts: { in: 'people', role: 'kind', login: 'name' },") => `
import { apiKeys, collection, defineApi, password, setBy, unique } from 'tenfour'
import { z } from 'zod'
const people = collection(
  { name: unique(z.string().min(1)), kind: setBy('chief', z.enum(['chief', 'other']).default('other')), age: z.int().optional() },
  { allow: { create: 'anyone' } },
)
export default defineApi({ people }, { ${accounts} auth: [${auth}] })
`
  it('members: what this API takes', async () => {
    const { code, err } = await run(['user', 'add'], folder({ 'api.ts': people('apiKeys()') }))
    expect(code).toBe(1)
    expect(err).toBe(
      'The account cannot be added:\n\n  name: This member is required.\n\nIt takes:\n\n  npx tenfour user add --role ROLE --set name=NAME\n',
    )
  })

  it('a credential: that nobody can sign in', async () => {
    const at = folder({ 'api.ts': people('password()') })
    const { code, out } = await run(['user', 'add', '--set', 'name=ada'], at)
    expect(code).toBe(0)
    expect(out).toMatch(/^It has neither key nor password: /m)
    expect((await run(['user', 'add', '--set', 'name=ada'], at)).err).toContain('--password - < password.txt')
  })

  it('a file: which, and how it is named', async () => {
    const { code, err } = await run(['user', 'add'], folder())
    expect(code).toBe(1)
    expect(err).toContain('tenfour user add path/to/api.ts')
  })
})

describe('tenfour lesson', () => {
  const FILE = join(NEWSROOM, '../lesson.ts')

  it('sends the ten requests to a server of its own, and says what came and why', async () => {
    const { code, out } = await run(['lesson', FILE], folder())
    expect(code).toBe(0)
    expect([...out.matchAll(/^(\d{3}) /gm)].map(([, status]) => Number(status))).toEqual(codes)
    expect(out).toContain('decided   itemAllowed: basic is neither owner nor admin')
    for (const { fact, client } of lesson) {
      expect(out).toContain(`declared  ${fact}`)
      expect(out).toContain(`client    ${client}`)
    }
  })

  it('sends them to BASE_URL, and fails where a code differs: production stages no faults', async () => {
    const { url } = await newsroom(folder())
    expect((await run(['lesson', FILE], folder(), { ...KEYS, BASE_URL: url })).code).toBe(0)
    const production = await newsroom(folder(), { ...KEYS, NODE_ENV: 'production' })
    const { code, out, err } = await run(['lesson', FILE], folder(), { ...KEYS, BASE_URL: production.url })
    expect([code, err]).toEqual([1, '1 of 10 codes differ from the lesson.\n'])
    expect(out).toContain('DIFFERS   the lesson says 500')
  })
})

describe('tenfour explain', () => {
  it('L17 two codes that are confused: what each means, and the question that decides', async () => {
    const { code, out } = await run(['explain', '401', '403'], folder())
    expect(code).toBe(0)
    expect(out).toContain('401 or 403?  Does the server know who is asking?')
    for (const word of ['means', 'server', 'client']) expect(out.match(new RegExp(`^  ${word} `, 'gm'))).toHaveLength(2)
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('L16 every registered code is explained', async () => {
    const { STATUS_CODES } = await import('../src/rules/index.ts')
    const { code, out } = await run(['explain', ...STATUS_CODES.map(String)], folder())
    expect(code).toBe(0)
    expect(out.match(/^ {2}means /gm)).toHaveLength(STATUS_CODES.length)
  })

  it('says what a code means, whose fault it is and what to send next; also of one that is not registered', async () => {
    const { code, out } = await run(['explain', '401', '499'], folder())
    expect(code).toBe(0)
    for (const line of [
      '401 Unauthorized  (RFC 9110 §15.5.2)',
      '  means     I do not know who you are.',
      '  to mend   the request',
      '  next      send credentials, then the same request again',
      '  carries   WWW-Authenticate',
      '499 is not registered; it is treated as Bad Request (RFC 9110 §15.5.1)',
      '  next      change the request, then send it again',
    ])
      expect(out.split('\n')).toContain(line)
  })
})

describe('what is typed wrongly', () => {
  const WRONG: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a command', ['serv'], /^tenfour has no command "serv"\. Did you mean serve\?\n\ntenfour: facts in/],
    ['an option', ['serve', '--prt', '1'], /^Unknown option '--prt'\. Did you mean --port\?\n\ntenfour serve \[FILE\]/],
    ['a word too many', ['serve', 'a.ts', 'b.ts'], /^tenfour serve does not know what to do with "b\.ts"\./],
    ['a port', ['serve', NEWSROOM, '--port', '70000'], /^--port: "70000" is no port\./],
    [
      'a database',
      ['serve', NEWSROOM, '--port', '0', '--database', 'mongo:x'],
      /^The database mongo:x cannot be opened: /,
    ],
    ['a code', ['explain', '4O4'], /^"4O4" is no status code\./],
    ['a member', ['user', 'add', NEWSROOM, '--set', 'email'], /^"email" is not MEMBER=VALUE\./],
  ]
  it.each(WRONG)('%s: 2, and what to type', async (_, args, says) => {
    const { code, err, out } = await run(args, folder())
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(says)
  })

  it.each([[], ['serve'], ['openapi'], ['user'], ['explain'], ['lesson']])(
    'fits eighty columns: help %s',
    async (...name) => {
      const { code, out } = await run(['help', ...name], folder())
      expect(code).toBe(0)
      expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    },
  )

  it('is had of commands alone, whatever an object would know by that name', async () => {
    const { code, err } = await run(['help', 'toString'], folder())
    expect(code).toBe(2)
    expect(err).toContain('tenfour has no command "toString"')
    expect(err.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it('is not a question for help', async () => {
    const { code, out } = await run(['help'], folder())
    expect(code).toBe(0)
    for (const name of ['serve', 'openapi', 'user add', 'explain', 'lesson', '--version']) expect(out).toContain(name)
    expect((await run(['serve', '--help'], folder())).out).toMatch(/^tenfour serve \[FILE\]/)
    expect((await run(['--version'], folder())).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
