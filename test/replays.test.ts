/**
 * What is sent again with its Idempotency-Key, and what is kept for that.
 *
 * A write that found its item changed is judged again (RFC 9110 §13.2.2), and it is still the same request: it keeps its
 * Idempotency-Key, and was told to go on with its content once (RFC 9110 §10.1.1).
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { collection, defineApi } from '../src/server/index.ts'
import { start, type Started } from './start.ts'
import { format, send, Wire } from './wire.ts'

let performed = 0

const notes = collection(
  { text: z.string() },
  {
    allow: { create: 'anyone', read: 'anyone', update: 'anyone' },
    actions: {
      stamp: {
        input: z.object({ mark: z.string() }),
        allow: 'anyone',
        outcomes: ['changed'],
        perform: ({ item, input }) => {
          performed++
          return { kind: 'changed', item: { text: `${item.text} ${input.mark}` } }
        },
      },
    },
  },
)

let server: Started
beforeAll(async () => {
  server = await start(defineApi({ notes }))
})
afterAll(() => server.stop())

test('Idempotency-Key §2.6: done once, also when the item changed under the first request', async () => {
  const made = await send(server.port, 'POST', '/notes', { content: { text: 'a' } })
  const at = made.fields['location'] ?? ''
  const sent = { fields: { 'Idempotency-Key': '"once"', Expect: '100-continue' }, content: { mark: 'stamped' } }
  const octets = format('POST', `${at}/stamp`, sent)
  const head = octets.indexOf('\r\n\r\n') + 4
  const wire = await Wire.open(server.port)
  wire.write(octets.subarray(0, head))
  // The item is loaded before the content is asked for, so what comes in between makes it another.
  await expect.poll(() => wire.left).toContain('100 Continue')
  expect((await send(server.port, 'PATCH', at, { content: { text: 'b' } })).status).toBe(200)
  wire.write(octets.subarray(head))
  const first = await wire.read()
  wire.close()
  expect(first.json()).toMatchObject({ text: 'b stamped' })
  // Once for what it was, which was undone, and once for what it became.
  expect(performed).toBe(2)
  expect(first.interim).toEqual([100])

  const second = await send(server.port, 'POST', `${at}/stamp`, sent)
  expect(second.content).toBe(first.content)
  expect(performed).toBe(2)
})

test('what is kept of a content, which may hold a password, cannot be guessed without the key', async () => {
  for (const key of ['first', 'second'])
    await send(server.port, 'POST', '/notes', { fields: { 'Idempotency-Key': key }, content: { text: 'the same' } })
  const rows = await server.store.list('_idempotency', { filter: {}, sort: [], limit: 10 })
  const kept = rows.map(({ values }) => values['content'])
  expect(new Set(kept).size).toBe(rows.length)
})
