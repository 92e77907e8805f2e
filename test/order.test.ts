import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { defineApi, done, resource } from '../src/server/index.ts'
import { start, type Started } from './start.ts'
import { Wire } from './wire.ts'

let server: Started
/** What lets go each request that is being held. */
const held: (() => void)[] = []

beforeAll(async () => {
  const slow = resource('/slow', {
    allow: { post: 'anyone' },
    post: {
      outcomes: ['done'],
      perform: async () => {
        await new Promise<void>((resolve) => held.push(resolve))
        return done({ slow: true })
      },
    },
  })
  const taking = resource('/taking', {
    allow: { post: 'anyone' },
    post: { input: z.object({}), outcomes: ['done'], perform: () => done() },
  })
  server = await start(defineApi({ slow, taking }))
})

afterAll(() => server.stop())

test('9112 §9.3.2 the answer to what is broken waits for the answers to what came before it', async () => {
  const wire = await Wire.open(server.port)
  wire.write('POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n')
  await expect.poll(() => held.length).toBe(1)
  wire.write('this is no HTTP\r\n\r\n')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(wire.left).toBe('')
  held.pop()?.()
  expect((await wire.read()).status).toBe(200)
  const broken = await wire.read()
  expect(broken.status).toBe(400)
  expect(broken.fields.connection).toBe('close')
  await wire.ended()
})

const TAKING =
  'POST /taking HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'

test('9112 §7.1 broken content is answered at once, for nobody knows where it ends', async () => {
  const wire = await Wire.open(server.port)
  wire.write(`${TAKING}no size\r\n`)
  const broken = await wire.read({ timeout: 2_000 })
  expect([broken.status, broken.fields.connection]).toEqual([400, 'close'])
  await wire.ended()
})

test('9112 §9.3.2 broken content waits for the answers to what came before it', async () => {
  const wire = await Wire.open(server.port)
  wire.write(`POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n${TAKING}no size\r\n`)
  await expect.poll(() => held.length).toBe(1)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(wire.left).toBe('')
  held.pop()?.()
  expect([(await wire.read()).status, (await wire.read()).status]).toEqual([200, 400])
  await wire.ended()
  expect(wire.left).toBe('')
})
