/**
 * Accounts over the wire, on a real file: what a credential is good for, and that it is good for
 * nothing the moment it should not be.
 */
import type * as Crypto from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { LIMITS } from '../src/server/declare/limits.ts'
import { hashPassword } from '../src/server/account/password.ts'
import { writePassword } from '../src/server/account/password-row.ts'
import { digest } from '../src/server/account/token.ts'
import type { ApiDeclaration, SeedItem } from '../src/server/declare/declaration.ts'
import type { Accounts } from '../src/server/account/account.ts'
import { createEngine, type Engine } from '../src/server/engine/engine.ts'
import type { Running } from '../src/server/serving.ts'
import { serveEngine } from '../src/server/shell/node.ts'
import type { Store } from '../src/server/storage.ts'
import { DRIVER } from '../src/store/processes.test-helper.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { format, raw, send as sendTo, type Sent, type WireResponse } from './wire.ts'

/** How often scrypt was asked for, and how many of them were at work together at most. */
const scrypts = vi.hoisted(() => ({ asked: 0, running: 0, most: 0 }))
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof Crypto>()
  const scrypt: typeof crypto.scrypt = (...args: unknown[]) => {
    scrypts.asked++
    scrypts.most = Math.max(scrypts.most, ++scrypts.running)
    const done = args.pop() as (error: Error | null, key: Buffer) => void
    const counted = (error: Error | null, key: Buffer) => {
      scrypts.running--
      done(error, key)
    }
    Reflect.apply(crypto.scrypt, crypto, [...args, counted])
  }
  return { ...crypto, scrypt }
})

const SEED: readonly SeedItem[] = [
  { values: { email: 'ann@x.org', name: 'Ann' }, key: 'ann-key' },
  { values: { email: 'bob@x.org', name: 'Bob' }, key: 'bob-key' },
  { values: { email: 'root@x.org', name: 'Root', role: 'admin' }, key: 'root-key' },
]

function apiWith(seed: readonly SeedItem[]): ApiDeclaration {
  return {
    resources: {
      users: {
        kind: 'collection',
        fields: {
          email: { schema: z.email(), unique: { fold: true } },
          name: { schema: z.string().min(1) },
          note: { schema: z.string().optional(), readBy: ['admin'] },
          role: { schema: z.enum(['basic', 'admin']).default('basic'), setBy: ['admin'] },
        },
        allow: { create: 'anyone', read: ['self', 'admin'], update: ['self', 'admin'], delete: 'admin' },
        list: { filter: [], sort: [], limit: 50, most: 1000 },
        check: undefined,
        before: {},
        after: {},
        actions: {},
        hide: false,
        concurrency: 'optional',
        putCreates: false,
      },
    },
    title: 'test',
    version: '1',
    accounts: { in: 'users', role: 'role', login: 'email' },
    auth: { password: true, apiKeys: true },
    realm: 'a "quoted" realm',
    seed: { users: seed },
    validation: 400,
    unavailable: 503,
    origins: undefined,
    cors: undefined,
    limits: { ...LIMITS, passwordsPerAddress: 40, failedLogins: 12 },
  }
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }

let folder: string
let store: Store
let server: Running<Engine> | undefined
/** Milliseconds by which the server's clock is ahead. */
let ahead: number

/** Returns the keys that were made up. */
async function start(seed = SEED): Promise<Engine['madeKeys']> {
  store = await openSqlite(`file:${join(folder, 'accounts.db')}`)
  try {
    const options = { store, log: SILENT, now: () => Date.now() + ahead }
    server = await serveEngine(await createEngine({ declaration: apiWith(seed) }, options), options)
  } catch (error) {
    await store.close()
    throw error
  }
  return server.engine.madeKeys
}

async function stop(): Promise<void> {
  await server?.stop()
  if (server !== undefined) await store.close()
  server = undefined
}

async function restart(seed: readonly SeedItem[]): Promise<Engine['madeKeys']> {
  await stop()
  return start(seed)
}

function running(): Running<Engine> {
  if (server === undefined) throw new Error('the server is not running')
  return server
}

function accounts(): Accounts {
  const known = running().engine.accounts
  if (known === undefined) throw new Error('no accounts')
  return known
}

const send = (method: string, target: string, sent?: Sent) => sendTo(running().port, method, target, sent)

const signIn = (email: string, password: string, sent: Sent = {}) =>
  send('POST', '/session', { ...sent, content: { email, password } })

async function tokenOf(email: string, password: string): Promise<string> {
  const response = await signIn(email, password)
  expect(response.status).toBe(201)
  return response.json<{ token: string }>().token
}

/** The status of a request that anyone signed in may make. */
const standing = async (token: string) => (await send('GET', '/session', { as: token })).status

async function idOf(email: string): Promise<string> {
  const row = await store.find('users', 'email', email)
  if (row === undefined) throw new Error(`no account ${email}`)
  return row.id
}

/** SQL in a process of its own, on the same file. */
function elsewhere(sql: string, ...values: string[]): void {
  const script = `import { driver } from ${JSON.stringify(DRIVER)}
    new (driver())(process.argv[1]).prepare(process.argv[2]).run(...process.argv.slice(3))`
  execFileSync(process.execPath, ['--input-type=module', '-e', script, join(folder, 'accounts.db'), sql, ...values])
}

/** What stays the same whoever asks: everything but the name of the request. */
function answerOf({ status, lines, content }: WireResponse): unknown {
  const { reference: _reference, instance: _instance, ...problem } = JSON.parse(content) as Record<string, unknown>
  return { status, problem, names: lines.filter(([name]) => !/^(date|request-id|content-length)$/i.test(name)) }
}

/** Hashed once, since each takes its time. */
const passwords = Promise.all(['correct horse', 'battery staple'].map(hashPassword))

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenfour-accounts-'))
  ahead = 0
  await start()
  const [ann = '', root = ''] = await passwords
  const ids = [await idOf('ann@x.org'), await idOf('root@x.org')] as const
  await store.write(async (tx) => {
    await writePassword(tx, ids[0], ann)
    await writePassword(tx, ids[1], root)
  })
})

afterEach(async () => {
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the challenge (RFC 9110 §11.6.1, RFC 6750 §3)', () => {
  const PLAIN = 'Bearer realm="a \\"quoted\\" realm"'
  const REFUSED = `${PLAIN}, error="invalid_token", error_description="The token is unknown, expired or revoked"`
  test.each([
    ['nothing sent: no error (RFC 6750 §3.1)', undefined, PLAIN],
    ['an unknown token', 'Bearer nonsense', REFUSED],
    ['an unknown session', 'Bearer ten_s_nonsense', REFUSED],
    ['no token', 'Bearer', REFUSED],
    ['two tokens', 'Bearer ann-key bob-key', REFUSED],
    ['no token68', 'Bearer ann,key', REFUSED],
    ['another scheme: likewise', `Basic ${Buffer.from('ann@x.org:correct horse').toString('base64')}`, PLAIN],
    ['a token without a scheme: likewise', 'ann-key', PLAIN],
    ['an empty field: likewise', '', PLAIN],
  ])('%s', async (_, authorization, challenge) => {
    const response = await send(
      'GET',
      '/session',
      authorization === undefined ? {} : { fields: { Authorization: authorization } },
    )
    expect(response.status).toBe(401)
    expect(response.fields['www-authenticate']).toBe(challenge)
  })

  test('the scheme is compared without case (RFC 9110 §11.1)', async () => {
    expect((await send('GET', '/session', { fields: { Authorization: 'bEaReR ann-key' } })).status).toBe(200)
  })

  test('bad credentials are refused on a public operation as well', async () => {
    expect((await signIn('ann@x.org', 'correct horse', { as: 'nonsense' })).status).toBe(401)
  })
})

describe('signing in', () => {
  test('201 with a session, which shows the caller and ends with DELETE', async () => {
    const made = await signIn('Ann@X.org', 'correct horse')
    expect(made.status).toBe(201)
    expect(made.fields).toMatchObject({ location: '/session', 'cache-control': 'no-store' })
    const { token, expiresAt, account } = made.json<{ token: string; expiresAt: string; account: unknown }>()
    expect(token).toMatch(/^ten_s_[\w-]{43}$/)
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(29.9 * 86_400_000)
    const id = await idOf('ann@x.org')
    expect(account).toMatchObject({ id, email: 'ann@x.org', name: 'Ann', role: 'basic' })

    const shown = await send('GET', '/session', { as: token })
    expect(shown.json()).toEqual({
      account,
      credential: { kind: 'session', id: expect.any(String), createdAt: expect.any(String), expiresAt },
    })
    expect(shown.content).not.toContain(token)
    expect((await send('DELETE', '/session', { as: token })).status).toBe(204)
    expect(await standing(token)).toBe(401)
    expect(await standing('ann-key')).toBe(200)
  })

  test('Prefer: return=minimal does not take the token away', async () => {
    const made = await signIn('ann@x.org', 'correct horse', { fields: { Prefer: 'return=minimal' } })
    expect(made.json()).toHaveProperty('token')
  })

  test('a key shows the caller too, and is not signed out', async () => {
    const shown = await send('GET', '/session', { as: 'root-key' })
    expect(shown.json()).toMatchObject({ account: { role: 'admin' }, credential: { kind: 'key', label: 'seed' } })
    const refused = await send('DELETE', '/session', { as: 'root-key' })
    expect(refused.status).toBe(409)
    expect(refused.json()).toMatchObject({ errors: [{ code: 'no_session' }] })
    expect(await standing('root-key')).toBe(200)
  })

  test('members that are missing, wrong or unknown: 400, all named', async () => {
    const wrong = await send('POST', '/session', { content: { email: 7, 'pass/word': 'x' } })
    expect(wrong.status).toBe(400)
    expect(wrong.json<{ errors: object[] }>().errors).toEqual([
      expect.objectContaining({ pointer: '/email', code: 'invalid' }),
      expect.objectContaining({ pointer: '/password', code: 'required' }),
      expect.objectContaining({ pointer: '/pass~1word', code: 'unknown_member' }),
    ])
    expect((await send('POST', '/session', { content: ['ann@x.org'] })).json()).toMatchObject({
      errors: [{ pointer: '' }],
    })
  })

  test('wrong: one answer, after one amount of work, whatever is wrong', async () => {
    const answers: unknown[] = []
    for (const [email, password] of [
      ['ann@x.org', 'wrong horse'],
      ['nobody@x.org', 'correct horse'],
      ['bob@x.org', 'no password is set'],
      ['no address', 'correct horse'],
      ['ann@x.org', 'x'.repeat(5000)],
    ] as const) {
      const before = scrypts.asked
      answers.push(answerOf(await signIn(email, password)))
      expect(scrypts.asked - before).toBe(1)
    }
    expect(answers[0]).toMatchObject({ status: 401 })
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })

  test('so many failures a minute as are declared, also when they come at once: 429 with Retry-After (RFC 6585 §4)', async () => {
    const all = await Promise.all(
      Array.from({ length: 30 }, (_, n) => signIn(n % 2 ? 'ann@x.org' : 'ANN@x.org', 'wrong horse')),
    )
    expect(all.filter(({ status }) => status === 401)).toHaveLength(12)
    const limited = all.filter(({ status }) => status === 429)
    expect(limited).toHaveLength(18)
    for (const { fields } of limited) expect(Number(fields['retry-after'])).toBeGreaterThan(0)
    expect((await signIn('ann@x.org', 'correct horse')).status).toBe(429)
    expect((await signIn('root@x.org', 'battery staple')).status).toBe(201)
    expect((await send('GET', '/session', { as: 'ann-key' })).status).toBe(200)
    ahead = 61_000
    expect((await signIn('ann@x.org', 'correct horse')).status).toBe(201)
  })

  test(
    'passwords are hashed two at once, and too many waiting is 503 with Retry-After',
    { timeout: 90_000 },
    async () => {
      scrypts.most = 0
      const login = (n: number) =>
        format('POST', '/session', { content: { email: `nobody${n}@x.org`, password: 'wrong horse' } })
      const all = await Promise.all(
        Array.from({ length: 40 }, (_, n) => raw(running().port, login(n), { timeout: 80_000 })),
      )
      expect(scrypts.most).toBe(2)
      const refused = all.filter(({ status }) => status === 503)
      // Two at work and 32 waiting; a place or two may have become free while the last ones arrived.
      expect(refused.length).toBeGreaterThan(0)
      expect(refused.length).toBeLessThanOrEqual(6)
      expect(all.filter(({ status }) => status === 401)).toHaveLength(40 - refused.length)
      for (const { fields } of refused) expect(Number(fields['retry-after'])).toBeGreaterThan(0)
    },
  )

  test('a session lasts thirty days', async () => {
    const token = await tokenOf('ann@x.org', 'correct horse')
    ahead = 30 * 86_400_000 - 60_000
    expect(await standing(token)).toBe(200)
    ahead += 120_000
    expect(await standing(token)).toBe(401)
    await tokenOf('ann@x.org', 'correct horse')
    expect(await store.count('_session', { account: await idOf('ann@x.org') })).toBe(1)
  })

  test('an account has a hundred sessions at most: the oldest ends', async () => {
    const first = await tokenOf('ann@x.org', 'correct horse')
    const account = await idOf('ann@x.org')
    await store.write(async (tx) => {
      for (let n = 0; n < 99; n++) {
        await tx.insert('_session', { account, handle: `h${n}`, expires: Date.now() + 86_400_000 }, `d${n}`)
      }
    })
    expect(await standing(first)).toBe(200)
    const last = await tokenOf('ann@x.org', 'correct horse')
    expect(await store.count('_session', { account })).toBe(100)
    expect(await standing(first)).toBe(401)
    expect(await standing(last)).toBe(200)
  })

  test('a password that changes while it is being verified signs nobody in', async () => {
    const account = await idOf('ann@x.org')
    const [, root = ''] = await passwords
    const attempt = signIn('ann@x.org', 'correct horse')
    await vi.waitUntil(() => scrypts.running > 0)
    await store.write((tx) => writePassword(tx, account, root))
    expect((await attempt).status).toBe(401)
    expect((await signIn('ann@x.org', 'battery staple')).status).toBe(201)
  })

  test('a hash of an earlier cost is made anew at the next login', async () => {
    const { scryptSync } = await import('node:crypto')
    const salt = Buffer.alloc(18, 1)
    const key = scryptSync('correct horse', salt, 33, { N: 1024, r: 8, p: 1 })
    const old = `$scrypt$ln=10,r=8,p=1$${salt.toString('base64')}$${key.toString('base64')}`
    const account = await idOf('ann@x.org')
    await store.write((tx) => writePassword(tx, account, old))
    await Promise.all([tokenOf('ann@x.org', 'correct horse'), tokenOf('ann@x.org', 'correct horse')])
    expect((await store.read('_password', account))?.values.hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/)
    await tokenOf('ann@x.org', 'correct horse')
  })
})

describe('passwords', () => {
  test('are never shown and never stored, nor are tokens', async () => {
    const token = await tokenOf('ann@x.org', 'correct horse')
    const made = await send('POST', '/keys', { as: 'ann-key', content: { label: 'mine' } })
    const { key } = made.json<{ key: string }>()
    const item = await send('GET', `/users/${await idOf('ann@x.org')}`, { as: 'ann-key' })
    expect(item.content).not.toContain('password')
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
    for (const secret of [token, key, 'ann-key', 'correct horse']) {
      for (const file of files) expect(file.includes(secret)).toBe(false)
    }
    expect(files.some((file) => file.includes(digest(key)))).toBe(true)
  })

  test('changing one ends the other sessions of the account, and nothing else', async () => {
    const [mine, other, root] = [
      await tokenOf('ann@x.org', 'correct horse'),
      await tokenOf('ann@x.org', 'correct horse'),
      await tokenOf('root@x.org', 'battery staple'),
    ]
    const path = `/users/${await idOf('ann@x.org')}`
    expect((await send('PATCH', path, { as: mine, content: { password: 'a new password' } })).status).toBe(200)
    expect(await Promise.all([mine, other, 'ann-key', root].map(standing))).toEqual([200, 401, 200, 200])
    expect((await signIn('ann@x.org', 'correct horse')).status).toBe(401)
    const again = await tokenOf('ann@x.org', 'a new password')
    expect((await send('PATCH', path, { as: 'root-key', content: { password: 'set by an admin' } })).status).toBe(200)
    expect(await Promise.all([mine, again, 'ann-key', root].map(standing))).toEqual([401, 401, 200, 200])
  })

  test('come with a sign-up, or not at all: then there are no credentials until an admin makes a key', async () => {
    const content = { email: 'eve@x.org', name: 'Eve' }
    expect((await send('POST', '/users', { content: { ...content, password: 'short' } })).json()).toMatchObject({
      errors: [{ pointer: '/password', code: 'invalid' }],
    })
    const made = await send('POST', '/users', { content })
    expect(made.status).toBe(201)
    expect((await signIn('eve@x.org', 'anything at all')).status).toBe(401)
    const { id: userId } = made.json<{ id: string }>()
    const key = await send('POST', '/keys', { as: 'root-key', content: { label: 'first', userId } })
    expect(await standing(key.json<{ key: string }>().key)).toBe(200)
    await send('POST', '/users', { content: { email: 'fay@x.org', name: 'Fay', password: 'a good password' } })
    expect((await signIn('fay@x.org', 'a good password')).status).toBe(201)
  })
})

describe('keys', () => {
  const make = (as: string, content: object) => send('POST', '/keys', { as, content })

  test('are made, shown without the key, and revoked', async () => {
    const made = await make('ann-key', { label: 'laptop' })
    expect(made.status).toBe(201)
    const { key, ...shown } = made.json<{ id: string; key: string }>()
    expect(made.fields).toMatchObject({ location: `/keys/${shown.id}`, 'cache-control': 'no-store' })
    expect(key).toMatch(/^ten_k_[\w-]{43}$/)
    expect(shown).toEqual({
      id: expect.any(String),
      label: 'laptop',
      userId: await idOf('ann@x.org'),
      createdAt: expect.any(String),
    })
    expect(await standing(key)).toBe(200)

    const one = await send('GET', `/keys/${shown.id}`, { as: key })
    expect(one.json()).toEqual(shown)
    const again = await send('GET', `/keys/${shown.id}`, {
      as: key,
      fields: { 'If-None-Match': one.fields['etag'] ?? '' },
    })
    expect(again.status).toBe(304)
    const list = await send('GET', '/keys', { as: key })
    expect(list.json<{ items: object[] }>().items).toEqual([expect.objectContaining({ label: 'seed' }), shown])

    expect((await send('DELETE', `/keys/${shown.id}`, { as: key })).status).toBe(204)
    expect(await standing(key)).toBe(401)
    expect((await send('GET', `/keys/${shown.id}`, { as: 'ann-key' })).status).toBe(404)
    expect((await send('DELETE', `/keys/${shown.id}`, { as: 'ann-key' })).status).toBe(404)
  })

  test.each(['GET', 'DELETE'])('%s of another’s: 403, and an admin may', async (method) => {
    const { id } = (await make('ann-key', { label: 'laptop' })).json<{ id: string }>()
    expect((await send(method, `/keys/${id}`, { as: 'bob-key' })).status).toBe(403)
    expect((await send(method, `/keys/${id}`, { as: 'root-key' })).status).toBeLessThan(300)
  })

  test('for another: an admin may, others are told which member', async () => {
    const userId = await idOf('bob@x.org')
    const refused = await make('ann-key', { label: 'laptop', userId })
    expect(refused.status).toBe(403)
    expect(refused.json()).toMatchObject({ errors: [{ pointer: '/userId', code: 'not_allowed' }] })
    expect((await make('bob-key', { label: 'laptop', userId })).status).toBe(201)
    expect((await make('root-key', { label: 'laptop', userId })).status).toBe(201)
    const dangling = await make('root-key', { label: 'laptop', userId: 'nobody' })
    expect(dangling.status).toBe(400)
    expect(dangling.json()).toMatchObject({ errors: [{ pointer: '/userId', code: 'dangling' }] })
    expect((await send('GET', `/keys?userId=${userId}`, { as: 'root-key' })).json<{ items: [] }>().items).toHaveLength(
      3,
    )
    expect((await send('GET', `/keys?userId=${userId}`, { as: 'ann-key' })).status).toBe(403)
    expect((await send('GET', `/keys?user=${userId}`, { as: 'ann-key' })).status).toBe(400)
  })

  test.each([
    ['no label', {}, 'required'],
    ['an empty label', { label: '' }, 'invalid'],
    ['a long label', { label: 'x'.repeat(101) }, 'invalid'],
    ['NUL', { label: 'a\u0000' }, 'invalid'],
    ['an unknown member', { label: 'a', key: 'mine' }, 'unknown_member'],
  ])('%s: 400', async (_, content, code) => {
    const wrong = await make('ann-key', content)
    expect(wrong.status).toBe(400)
    expect(wrong.json()).toMatchObject({ errors: [{ code }] })
  })

  test('an account has a hundred at most', async () => {
    const account = await idOf('ann@x.org')
    await store.write(async (tx) => {
      for (let n = 0; n < 99; n++)
        await tx.insert('_key', { account, handle: `h${n}`, label: 'x', seeded: false }, `d${n}`)
    })
    const refused = await make('ann-key', { label: 'one more' })
    expect(refused.status).toBe(409)
    expect(refused.json()).toMatchObject({ errors: [{ code: 'too_many' }] })
    expect((await make('bob-key', { label: 'one' })).status).toBe(201)
  })

  test('nobody is asked without credentials', async () => {
    for (const [method, path] of [
      ['GET', '/keys'],
      ['POST', '/keys'],
      ['GET', '/keys/x'],
      ['DELETE', '/keys/x'],
    ] as const) {
      expect((await send(method, path)).status).toBe(401)
    }
  })
})

describe('seen by the next request', () => {
  test('the deletion of an account: key and session are dead', async () => {
    const token = await tokenOf('ann@x.org', 'correct horse')
    expect(await Promise.all([token, 'ann-key'].map(standing))).toEqual([200, 200])
    expect((await send('DELETE', `/users/${await idOf('ann@x.org')}`, { as: 'root-key' })).status).toBe(204)
    expect(await Promise.all([token, 'ann-key', 'bob-key'].map(standing))).toEqual([401, 401, 200])
    expect(await Promise.all(['_session', '_key', '_password'].map((table) => store.count(table, {})))).toEqual([
      0, 2, 1,
    ])
    expect((await signIn('ann@x.org', 'correct horse')).status).toBe(401)
  })

  test('a change of role', async () => {
    const path = `/users/${await idOf('bob@x.org')}`
    const users = `/users/${await idOf('ann@x.org')}`
    expect((await send('GET', users, { as: 'bob-key' })).status).toBe(403)
    expect((await send('PATCH', path, { as: 'root-key', content: { role: 'admin' } })).status).toBe(200)
    expect((await send('GET', users, { as: 'bob-key' })).status).toBe(200)
    expect((await send('PATCH', path, { as: 'root-key', content: { role: 'basic' } })).status).toBe(200)
    expect((await send('GET', users, { as: 'bob-key' })).status).toBe(403)
  })

  test('what another process did: a role, a key, a session, an account', async () => {
    const [ann, bob] = [await idOf('ann@x.org'), await idOf('bob@x.org')]
    const token = await tokenOf('root@x.org', 'battery staple')
    expect((await send('GET', `/users/${ann}`, { as: 'bob-key' })).status).toBe(403)
    elsewhere(`UPDATE users SET role = 'admin', version = version + 1 WHERE id = ?`, bob)
    expect((await send('GET', `/users/${ann}`, { as: 'bob-key' })).status).toBe(200)
    expect(await standing('ann-key')).toBe(200)
    elsewhere('DELETE FROM _key WHERE id = ?', digest('ann-key'))
    expect(await standing('ann-key')).toBe(401)
    expect(await standing(token)).toBe(200)
    elsewhere('DELETE FROM _session WHERE id = ?', digest(token))
    expect(await standing(token)).toBe(401)
    expect(await standing('bob-key')).toBe(200)
    elsewhere('DELETE FROM users WHERE id = ?', bob)
    expect(await standing('bob-key')).toBe(401)
  })
})

describe('the seed', () => {
  const without = ({ values, password }: SeedItem): SeedItem => ({ values, password })
  const [ANN, BOB, ROOT] = SEED as readonly [SeedItem, SeedItem, SeedItem]

  test('makes accounts only when there are none', async () => {
    expect(await restart([...SEED, { values: { email: 'late@x.org', name: 'Late' }, key: 'late-key' }])).toEqual([])
    expect(await store.count('users', {})).toBe(3)
    expect(await standing('late-key')).toBe(401)
  })

  test('re-applies keys: what is named no longer ends, also when two are exchanged', async () => {
    const mine = (await send('POST', '/keys', { as: 'ann-key', content: { label: 'mine' } })).json<{ key: string }>()
      .key
    await restart([
      { ...ANN, key: 'bob-key' },
      { ...BOB, key: 'ann-key' },
      { ...ROOT, key: 'new-key' },
    ])
    expect(await Promise.all(['ann-key', 'bob-key', 'root-key', 'new-key', mine].map(standing))).toEqual([
      200, 200, 401, 200, 200,
    ])
    expect((await send('GET', '/session', { as: 'ann-key' })).json()).toMatchObject({ account: { email: 'bob@x.org' } })
  })

  test('gives a key to an account that has none, and tells it once', async () => {
    const made = await restart([ANN, without(BOB), ROOT])
    expect(made).toEqual([
      { account: await idOf('bob@x.org'), login: 'bob@x.org', role: 'basic', key: expect.stringMatching(/^ten_k_/) },
    ])
    expect(await standing('bob-key')).toBe(401)
    expect(await restart([ANN, without(BOB), ROOT])).toEqual([])
    expect(await standing(made[0]?.key ?? '')).toBe(200)
  })

  test('ends a key that it made once another is named, or when it is asked for new ones; no other key', async () => {
    const mine = (await send('POST', '/keys', { as: 'bob-key', content: { label: 'first' } })).json<{ key: string }>()
      .key
    const seed = [without(ANN), without(BOB), ROOT]
    const [ann, bob] = await restart(seed)
    expect(await restart(seed)).toEqual([])
    await running().engine.renewKeys()
    const renewed = running().engine.madeKeys
    expect(renewed.map(({ login }) => login)).toEqual(['ann@x.org', 'bob@x.org'])
    await running().engine.renewKeys()
    expect(running().engine.madeKeys).toEqual(renewed)
    expect(await Promise.all([ann, bob, ...renewed].map((made) => standing(made?.key ?? '')))).toEqual([
      401, 401, 200, 200,
    ])
    await restart([ANN, without(BOB), ROOT])
    expect(await Promise.all([...renewed.map(({ key }) => key), 'ann-key', mine, 'root-key'].map(standing))).toEqual([
      401, 200, 200, 200, 200,
    ])
  })

  test('re-applies passwords: the same one ends no session, another does', async () => {
    const token = await tokenOf('ann@x.org', 'correct horse')
    await restart([{ ...ANN, password: 'correct horse' }, BOB, ROOT])
    expect(await standing(token)).toBe(200)
    await restart([{ ...ANN, password: 'another horse' }, BOB, ROOT])
    expect(await standing(token)).toBe(401)
    await tokenOf('ann@x.org', 'another horse')
  })

  test.each([
    ['a member that does not fit', { values: { email: 'no address', name: 'X' } }, /^seed\.users\[0\]\.email: /],
    ['a member that is missing', { values: { email: 'x@x.org' } }, /^seed\.users\[0\]\.name: /],
    ['an unknown member', { values: { email: 'x@x.org', name: 'X', nick: 'x' } }, /^seed\.users\[0\]\.nick: /],
    [
      'a password too short',
      { values: { email: 'x@x.org', name: 'X' }, password: 'short' },
      /^seed\.users\[0\]\.password: /,
    ],
    [
      'a key that is no token68',
      { values: { email: 'x@x.org', name: 'X' }, key: 'two words' },
      /^seed\.users\[0\]\.key: /,
    ],
    [
      'a key that looks like a session',
      { values: { email: 'x@x.org', name: 'X' }, key: 'ten_s_x' },
      /^seed\.users\[0\]\.key: /,
    ],
  ])('%s: an error that says where', async (_, item, message) => {
    await expect(restart([item])).rejects.toThrow(message)
  })

  test('one key for two accounts: an error, and nothing is changed', async () => {
    await expect(
      restart([
        { ...ANN, key: 'same' },
        { ...BOB, key: 'same' },
      ]),
    ).rejects.toThrow('same key')
    await start([])
    expect(await Promise.all(['ann-key', 'bob-key', 'same'].map(standing))).toEqual([200, 200, 401])
  })

  test('applied by several at once, it is applied once', async () => {
    await stop()
    rmSync(folder, { recursive: true })
    const seed = SEED.map(without)
    const made = await start(seed)
    const more = await Promise.all([accounts().seed(), accounts().seed()])
    expect(made).toHaveLength(3)
    expect(more).toEqual([{ made: [] }, { made: [] }])
  })
})

describe('an account added by the operator', () => {
  test('has any role, a key, and a password if one is named', async () => {
    const added = await accounts().add({
      values: { email: 'op@x.org', name: 'Op', role: 'admin', note: 'kept' },
      password: 'good password',
    })
    if (added.kind !== 'added') throw new Error('refused')
    expect((await send('GET', `/users/${await idOf('ann@x.org')}`, { as: added.key ?? '' })).status).toBe(200)
    await tokenOf('op@x.org', 'good password')
    const shown = await send('GET', '/session', { as: added.key ?? '' })
    expect(shown.json()).toMatchObject({ account: { id: added.account, note: 'kept' } })
  })

  test.each([
    ['taken', { values: { email: 'ANN@x.org', name: 'Ann' } }, [{ pointer: '/email', code: 'taken' }]],
    [
      'wrong',
      { values: { email: 'x', role: 'king' } },
      [{ pointer: '/email' }, { pointer: '/name', code: 'required' }, { pointer: '/role' }],
    ],
    [
      'with a key in use',
      { values: { email: 'x@x.org', name: 'X' }, key: 'ann-key' },
      [{ pointer: '/key', code: 'taken' }],
    ],
  ])('%s: refused, and nothing is left behind', async (_, item, errors) => {
    expect(await accounts().add(item)).toMatchObject({ kind: 'refused', errors })
    expect(await store.count('users', {})).toBe(3)
  })
})
