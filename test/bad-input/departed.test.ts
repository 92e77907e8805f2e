/** A client that goes away before its content has come (RFC 9112 §8) holds no place among the requests in progress. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { defineApi, done, found, resource } from '../../src/server/index.ts'
import { start, type Started } from '../start.ts'
import { format, Wire } from '../wire.ts'

let go = (): void => undefined
const slow = resource('/slow', {
  load: async () => {
    await new Promise<void>((resolve) => (go = resolve))
    return found({})
  },
  allow: { post: 'anyone' },
  post: { input: z.object({}), outcomes: ['done'], perform: () => done() },
})

let server: Started
beforeAll(async () => {
  server = await start(defineApi({ slow }))
})
afterAll(() => server.stop())

test.each([
  ['with half of its content sent', '{"a"'],
  ['with none of it sent', ''],
])('gone while the item is loaded, %s', async (_, content) => {
  const wire = await Wire.open(server.port)
  wire.write(format('POST', '/slow', { fields: { 'Content-Length': '100' }, content }))
  await expect.poll(() => server.engine.requests).toBe(1)
  wire.close()
  await new Promise((resolve) => setTimeout(resolve, 50))
  go()
  await expect.poll(() => server.engine.requests, { timeout: 2_000 }).toBe(0)
})

test.each([
  ['with its content', '2', '{}', 204],
  ['before the end of its content', '100', '{}', 400],
])('RFC 9293 §3.6 a client that sends no more, %s, still gets its answer', async (_, length, content, status) => {
  const wire = await Wire.open(server.port)
  wire.socket.end(format('POST', '/slow', { fields: { 'Content-Length': length }, content }))
  await expect.poll(() => server.engine.requests).toBe(1)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const read = wire.read()
  go()
  expect((await read).status).toBe(status)
  await wire.ended()
  await expect.poll(() => server.engine.requests, { timeout: 2_000 }).toBe(0)
})

test('RFC 9110 §9.3.6 a connection that breaks while CONNECT waits for its turn ends nobody else', async () => {
  const thrown: unknown[] = []
  const caught = (error: unknown): void => void thrown.push(error)
  process.on('uncaughtException', caught)
  const wire = await Wire.open(server.port)
  wire.write(format('POST', '/slow', { content: {} }))
  wire.write('CONNECT example.org:443 HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await expect.poll(() => server.engine.requests).toBe(1)
  wire.socket.resetAndDestroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  go()
  await expect.poll(() => server.engine.requests, { timeout: 2_000 }).toBe(0)
  await new Promise((resolve) => setTimeout(resolve, 50))
  process.off('uncaughtException', caught)
  expect(thrown).toEqual([])
})
