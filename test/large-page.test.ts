import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { collection, defineApi } from '../src/server/index.ts'
import { start, type Started } from './start.ts'
import { format, send, Wire } from './wire.ts'

const notes = collection({ text: z.string() }, { allow: { list: 'anyone', create: 'anyone' } })
const LARGE = 'x'.repeat(900_000)

interface Page {
  readonly items: readonly { readonly id: string }[]
  readonly next?: string
  readonly prev?: string
}

let server: Started
beforeAll(async () => {
  server = await start(defineApi({ notes }, { limits: { contentTime: 500 } }))
  for (let at = 0; at < 9; at++) await send(server.port, 'POST', '/notes', { content: { text: LARGE } })
})
afterAll(() => server.stop())

test('a page is full by octets as well as by items: every item is there once, forwards and back', async () => {
  const pages: Page[] = []
  for (let target: string | undefined = '/notes?limit=1000'; target !== undefined; target = pages.at(-1)?.next) {
    const response = await send(server.port, 'GET', target)
    expect(response.content.length).toBeLessThan(5 * 1024 * 1024)
    pages.push(response.json<Page>())
  }
  expect(pages.map(({ items }) => items.length)).toEqual([4, 4, 1])
  const forwards = pages.flatMap(({ items }) => items.map(({ id }) => id))
  expect(new Set(forwards).size).toBe(9)
  const back = (await send(server.port, 'GET', pages[2]?.prev ?? '')).json<Page>()
  expect(back.items.map(({ id }) => id)).toEqual(forwards.slice(4, 8))
})

test('an item that is larger than a page is a page', async () => {
  const other = await start(defineApi({ notes }, { limits: { content: 6 * 1024 * 1024 } }))
  const text = 'x'.repeat(5 * 1024 * 1024)
  for (let at = 0; at < 2; at++) await send(other.port, 'POST', '/notes', { content: { text } })
  const first = (await send(other.port, 'GET', '/notes')).json<Page>()
  const second = (await send(other.port, 'GET', first.next ?? '')).json<Page>()
  expect([first, second].map(({ items }) => items.length)).toEqual([1, 1])
  expect(second.next).toBeUndefined()
  await other.stop()
})

test('a connection whose answers nobody reads is ended', async () => {
  const wire = await Wire.open(server.port)
  wire.socket.pause()
  const asked = 12
  for (let at = 0; at < asked; at++) wire.write(format('GET', '/notes?limit=1000'))
  await sleep(2_500)
  wire.socket.resume()
  await wire.ended()
  expect(wire.left.length).toBeLessThan(asked * 4 * LARGE.length)
  wire.close()
})
