import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { collection, defineApi } from '../src/server/index.ts'
import { start, type Started } from './start.ts'
import { send } from './wire.ts'

const notes = collection(
  { text: z.string() },
  {
    allow: { read: 'anyone', create: 'anyone' },
    // The write is a second later than the request.
    before: { create: () => new Promise((resolve) => setTimeout(resolve, 1_050)) },
  },
)

let server: Started
beforeAll(async () => {
  server = await start(defineApi({ notes }))
})
afterAll(() => server.stop())

test('9110 §8.8.2 Last-Modified of what was created is the time it was written, not the time it was asked for', async () => {
  const made = await send(server.port, 'POST', '/notes', { content: { text: 'x' } })
  const read = await send(server.port, 'GET', made.fields.location ?? '')
  expect(made.fields['last-modified']).toBe(read.fields['last-modified'])
})
