/**
 * Many writers of one item at once. Each write is applied to the version that was judged, or judged again (RFC 9110
 * §13.2.2); nobody is refused merely because others were quicker.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { changed, collection, defineApi } from '../src/server/index.ts'
import { atOnce } from './scenario.ts'
import { start, type Started } from './start.ts'
import { format, send } from './wire.ts'

const counters = collection(
  { count: z.int(), text: z.string().default('') },
  {
    allow: { create: 'anyone', read: 'anyone', update: 'anyone', delete: 'anyone' },
    actions: {
      add: {
        input: z.object({ more: z.int() }),
        allow: 'anyone',
        outcomes: ['changed'],
        perform: ({ item, input }) => changed({ count: item.count + input.more }),
      },
    },
  },
)

const WRITERS = 100
let server: Started
beforeAll(async () => {
  server = await start(defineApi({ counters }))
})
afterAll(() => server.stop())

async function counter(): Promise<{ at: string; etag: string }> {
  const { fields } = await send(server.port, 'POST', '/counters', { content: { count: 0 } })
  return { at: fields['location'] ?? '', etag: fields['etag'] ?? '' }
}

const tally = (statuses: readonly number[]): Record<number, number> => {
  const counts: Record<number, number> = {}
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

async function together(octets: (writer: number) => Buffer): Promise<Record<number, number>> {
  const responses = await atOnce(
    server,
    Array.from({ length: WRITERS }, (_, writer) => octets(writer)),
  )
  return tally(responses.map(({ status }) => status))
}

describe(`${WRITERS} at once`, () => {
  test('RFC 9110 §13.2.2: an unconditional PATCH is applied to whatever is there', async () => {
    const { at } = await counter()
    const patch = (writer: number) => format('PATCH', at, { content: { text: `writer ${writer}` } })
    expect(await together(patch)).toEqual({ 200: WRITERS })
  })

  test('an action reads what it changes, and no change is lost', async () => {
    const { at } = await counter()
    expect(await together(() => format('POST', `${at}/add`, { content: { more: 1 } }))).toEqual({ 200: WRITERS })
    expect((await send(server.port, 'GET', at)).json()).toMatchObject({ count: WRITERS })
  })

  test('RFC 9110 §13.1.1: of those who mean one version, one gets through', async () => {
    const { at, etag } = await counter()
    const patch = (writer: number) =>
      format('PATCH', at, { fields: { 'If-Match': etag }, content: { text: `writer ${writer}` } })
    expect(await together(patch)).toEqual({ 200: 1, 412: WRITERS - 1 })
  })

  test('RFC 9110 §15.5.5: who waits for an item that is deleted finds none', async () => {
    const { at } = await counter()
    const counts = await together((writer) =>
      writer === 50 ? format('DELETE', at) : format('PATCH', at, { content: { text: `writer ${writer}` } }),
    )
    expect(counts[204]).toBe(1)
    expect((counts[200] ?? 0) + (counts[404] ?? 0)).toBe(WRITERS - 1)
    expect(server.engine.lines.has(at.split('/').at(-1) ?? '')).toBe(false)
  })
})
