/** Content that is held back: what the caller may is judged by what holds when it arrives. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { hashPassword } from '../src/server/account/password.ts'
import { apiKeys, collection, defineApi, password, setBy, unique } from '../src/server/index.ts'
import { start, type Started } from './start.ts'
import { send, Wire } from './wire.ts'

const users = collection(
  { email: unique(z.email()), role: setBy('admin', z.enum(['basic', 'admin']).default('basic')) },
  { allow: { create: 'anyone', list: 'admin', read: ['self', 'admin'], update: ['self', 'admin'], delete: 'admin' } },
)
const rooms = collection({ name: z.string() }, { allow: { read: 'anyone', create: 'admin' } })
const api = defineApi(
  { users, rooms },
  {
    accounts: { in: 'users', role: 'role', login: 'email' },
    auth: [password(), apiKeys()],
    seed: {
      users: [
        { email: 'root@example.com', role: 'admin', key: 'root' },
        { email: 'eve@example.com', role: 'admin', key: 'eve' },
      ],
    },
  },
)

let server: Started
beforeEach(async () => {
  server = await start(api)
})
afterEach(() => server.stop())

/** Sends the head and half the content as eve; the answer to the rest, once something has happened. */
async function held(path: string, content: object, meanwhile: () => Promise<unknown>) {
  const octets = JSON.stringify(content)
  const wire = await Wire.open(server.port)
  wire.write(
    `POST ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer eve\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${octets.length}\r\n\r\n${octets.slice(0, 5)}`,
  )
  await expect.poll(() => server.engine.requests).toBe(1)
  await meanwhile()
  wire.write(octets.slice(5))
  const response = await wire.read()
  wire.close()
  return response
}

const accountOf = async (email: string): Promise<string> => {
  const { items } = (await send(server.port, 'GET', '/users', { as: 'root' })).json<{
    items: { id: string; email: string }[]
  }>()
  return `/users/${items.find((item) => item.email === email)?.id}`
}
const takeRole = async () =>
  send(server.port, 'PATCH', await accountOf('eve@example.com'), { as: 'root', content: { role: 'basic' } })
const removeAccount = async () => send(server.port, 'DELETE', await accountOf('eve@example.com'), { as: 'root' })

test('L10 a key that ended while the content was on its way: 401, and nothing is created', async () => {
  const admin = { email: 'mallory@example.com', role: 'admin' }
  expect((await held('/users', admin, removeAccount)).status).toBe(401)
  expect(await accountOf('mallory@example.com')).toBe('/users/undefined')
})

test('L11 a role that was taken away meanwhile: 403, by role and by member', async () => {
  expect((await held('/rooms', { name: 'attic' }, takeRole)).status).toBe(403)
  expect(server.path().map(({ id }) => id)).toContain('credentials')
})

test('L11 a member that only the former role may set: 403', async () => {
  const response = await held('/users', { email: 'mallory@example.com', role: 'admin' }, takeRole)
  expect(response.status).toBe(403)
  expect(response.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer).toBe('/role')
})

test('a caller who is the same is answered as ever', async () => {
  expect((await held('/rooms', { name: 'attic' }, () => Promise.resolve())).status).toBe(201)
})

/** What comes of a request of eve's whose password has to wait for others, once something has happened. */
async function waiting(method: string, path: string, content: object, meanwhile: () => Promise<unknown>) {
  const others = Array.from({ length: 4 }, () => hashPassword('somebody else'))
  const response = send(server.port, method, path, { as: 'eve', content: { ...content, password: 'of my choosing' } })
  await expect.poll(() => server.engine.requests).toBe(1)
  await meanwhile()
  await Promise.all(others)
  return response
}

test('L10 a key that ended while a password was being hashed: 401, and the password stays', async () => {
  const path = await accountOf('root@example.com')
  expect((await waiting('PATCH', path, {}, removeAccount)).status).toBe(401)
  const login = { email: 'root@example.com', password: 'of my choosing' }
  expect((await send(server.port, 'POST', '/session', { content: login })).status).toBe(401)
})

test('L11 a role that was taken away while a password was being hashed: 403, and nobody is made admin', async () => {
  const admin = { email: 'mallory@example.com', role: 'admin' }
  expect((await waiting('POST', '/users', admin, takeRole)).status).toBe(403)
  expect(await accountOf('mallory@example.com')).toBe('/users/undefined')
})
