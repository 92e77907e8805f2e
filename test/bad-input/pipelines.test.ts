/** Requests sent without waiting for answers (RFC 9112 §9.3.2): no client can make a server hold answers for it without end. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { KEYS, type Started, startNewsroom } from '../start.ts'
import { format, Wire } from '../wire.ts'

/** Answers that may wait behind one that is not sent yet. */
const MOST = 100

let server: Started
beforeAll(async () => {
  server = await startNewsroom({ limits: { contentTime: 1_000 } })
})
afterAll(() => server.stop())

const article = (title: string, body = 'b') => format('POST', '/articles', { as: KEYS.basic, content: { title, body } })

test('as many as may wait are answered, each in its turn', async () => {
  const wire = await Wire.open(server.port)
  wire.write(Buffer.concat(Array.from({ length: MOST }, (_, at) => article(`a${at}`))))
  for (let at = 0; at < MOST; at++) {
    const response = await wire.read()
    const { title } = response.json()
    expect([response.status, title, response.fields['connection']]).toEqual([201, `a${at}`, 'keep-alive'])
  }
  wire.close()
})

test('of more, the last one that is answered says so, and the rest is not processed', async () => {
  const wire = await Wire.open(server.port)
  const before = server.seen.length
  wire.write(Buffer.concat(Array.from({ length: 3 * MOST }, (_, at) => article(`b${at}`))))
  const answers: (string | undefined)[] = []
  while (answers.at(-1) !== 'close') answers.push((await wire.read()).fields['connection'])
  await wire.ended()
  expect(wire.left).toBe('')
  expect(answers).toHaveLength(MOST + 1)
  expect(server.seen.length - before).toBe(MOST + 1)
})

test('who never reads is let go after the time that content may take', { timeout: 30_000 }, async () => {
  const wire = await Wire.open(server.port)
  wire.write(article('long', 'c'.repeat(60_000)))
  const { location = '' } = (await wire.read()).fields
  // More than any buffer between takes.
  const asked = Buffer.concat(Array.from({ length: MOST }, () => format('GET', location)))
  wire.socket.pause()
  wire.write(asked)
  await sleep(4_000)
  wire.socket.resume()
  await wire.ended()
  expect(wire.left.match(/HTTP\/1\.1 200/g)?.length).toBeLessThan(MOST)
})
