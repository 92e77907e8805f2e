/** What one address can do to everybody else: nothing. RFC 6585 §4, RFC 9110 §15.6.4. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { apiKeys, collection, defineApi, done, password, resource, setBy, unique } from '../src/server/index.ts'
import { until } from './scenario.ts'
import { start, type Started } from './start.ts'
import { format, Wire, type WireResponse } from './wire.ts'

const API = defineApi(
  {
    users: collection(
      { email: unique(z.email()), role: setBy('admin', z.enum(['basic', 'admin']).default('basic')) },
      { allow: { create: 'anyone', update: ['self', 'admin'] } },
    ),
    echo: resource('/echo', {
      allow: { get: 'anyone', post: 'anyone' },
      get: () => ({ here: true }),
      post: { input: z.object({ a: z.int() }), outcomes: ['done'], perform: () => done() },
    }),
  },
  {
    accounts: { in: 'users', role: 'role', login: 'email' },
    auth: [password(), apiKeys()],
    seed: { users: [{ email: 'root@example.org', role: 'admin', key: 'root' }] },
    limits: { requestsPerAddress: 20, passwordsPerAddress: 4 },
  },
)
const ONE = '127.0.0.1'
const OTHER = '127.0.0.2'

let server: Started
beforeEach(async () => {
  server = await start(API)
})
afterEach(() => server.stop())

async function ask(octets: Buffer, from: string): Promise<WireResponse> {
  const wire = await Wire.open(server.port, '127.0.0.1', from)
  try {
    wire.write(octets)
    return await wire.read({ timeout: 20_000 })
  } finally {
    wire.close()
  }
}

const signIn = (name: string) =>
  format('POST', '/session', { content: { email: `${name}@example.org`, password: 'wrong horse' } })
const signUp = (name: string) =>
  format('POST', '/users', { content: { email: `${name}@example.org`, password: 'correct horse' } })

const counted = (responses: readonly WireResponse[]): Record<number, number> => {
  const counts: Record<number, number> = {}
  for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

describe('passwords', () => {
  test.each([
    ['logins', signIn, 401],
    ['sign-ups', signUp, 201],
    ['changes', () => format('PATCH', '/users/{id}', { as: 'root', content: { password: 'battery staple' } }), 200],
  ] as const)(
    '%s of one address wait four at a time; the others are 429, and nobody else waits',
    async (_title, make, right) => {
      const made = await ask(format('POST', '/users', { content: { email: 'ann@example.org' } }), ONE)
      const at = made.fields['location'] ?? ''
      const octets = Array.from({ length: 12 }, (_, n) =>
        Buffer.from(make(`n${n}`).toString().replace('/users/{id}', at)),
      )
      const many = Promise.all(octets.map((one) => ask(one, ONE)))
      const other = await ask(signIn('nobody'), OTHER)
      expect(other.status).toBe(401)
      const responses = await many
      expect(counted(responses)).toEqual({ [right]: 4, 429: 8 })
      for (const { status, fields, content } of responses.filter((one) => one.status === 429)) {
        expect([status, Number(fields['retry-after'])]).toEqual([429, 5])
        expect(content).toContain('from this address')
      }
      expect((await ask(signIn('again'), ONE)).status).toBe(401)
    },
  )

  test('a sign-up without a password needs no place', async () => {
    const many = Promise.all(Array.from({ length: 4 }, (_, n) => ask(signIn(`n${n}`), ONE)))
    await until(() => server.engine.requests === 4)
    expect((await ask(format('POST', '/users', { content: { email: 'b@example.org' } }), ONE)).status).toBe(201)
    expect(counted(await many)).toEqual({ 401: 4 })
  })
})

describe('requests in progress', () => {
  /** Begun, and never ended. */
  const begun = format('POST', '/echo', { content: { a: 1 } }).subarray(0, -1)

  test('of one address: 429 beyond its share, while others are served; what ended or broke off is free', async () => {
    const held = await Promise.all(Array.from({ length: 20 }, () => Wire.open(server.port)))
    for (const wire of held) wire.write(begun)
    await until(() => server.engine.requests === 20)
    const refused = await ask(format('GET', '/echo'), ONE)
    expect([refused.status, refused.fields['retry-after']]).toEqual([429, '1'])
    expect((await ask(format('GET', '/echo'), OTHER)).status).toBe(200)
    held[0]?.write('}')
    expect((await held[0]?.read())?.status).toBe(204)
    expect((await ask(format('GET', '/echo'), ONE)).status).toBe(200)
    for (const wire of held) wire.close()
    await until(() => server.engine.requests === 0)
    expect(server.engine.shares.held(ONE)).toBe(0)
    const all = await Promise.all(Array.from({ length: 20 }, () => ask(format('GET', '/echo'), ONE)))
    expect(counted(all)).toEqual({ 200: 20 })
  })
})
