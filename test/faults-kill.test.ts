/**
 * The server killed (SIGKILL) at random moments under 32 writers, again and again on the same file.
 *
 * A write counts once its whole reply was read. Every counted item is there and as it was sent, every other is whole
 * or absent, no increment that was answered is lost, and the database is sound.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { driver } from '../src/sqlite/driver.ts'
import { BASIC, killAll, type Server, startServer } from './faults/server.ts'
import { format, send, type Sent, Wire, type WireResponse } from './wire.ts'

const KILLS = 50
const CREATORS = 16
/** Two to each counter, so that they have one another's updates to lose. */
const COUNTERS = 8
const INCREMENTERS = 16

const folder = mkdtempSync(join(tmpdir(), 'tenfour-kill-'))
afterAll(async () => {
  await killAll()
  rmSync(folder, { recursive: true })
})

test(`${KILLS} kills lose nothing that was answered`, { timeout: 240_000 }, async () => {
  const path = join(folder, 'news.db')
  const created = new Map<string, string>()
  const counted = Array.from({ length: COUNTERS }, () => 0)
  let server = await startServer(path)
  const counters: string[] = []
  for (let n = 0; n < COUNTERS; n++) {
    const response = await send(server.port, 'POST', '/articles', {
      as: BASIC,
      content: { title: `counter ${n}`, body: '0' },
    })
    counters.push(response.fields['location'] ?? '')
  }
  for (let round = 0; round < KILLS; round++) {
    const writers = [
      ...Array.from({ length: CREATORS }, (_, n) => create(server, `${round}-${n}`, created)),
      ...Array.from({ length: INCREMENTERS }, (_, n) =>
        increment(
          server,
          counters[n % COUNTERS] ?? '',
          () => (counted[n % COUNTERS] = (counted[n % COUNTERS] ?? 0) + 1),
        ),
      ),
    ]
    await sleep(Math.random() * 300)
    await server.kill()
    const faults = (await Promise.all(writers)).filter((fault) => fault !== undefined)
    expect(faults).toEqual([])
    server = await startServer(path)
    const problems = soundness(path)
    expect(problems).toEqual([])
    for (const [n, counter] of counters.entries()) {
      const stored = Number((await send(server.port, 'GET', counter)).json().body)
      const least = counted[n] ?? 0
      // Those whose answer was cut off may have been done.
      expect(stored).toBeGreaterThanOrEqual(least)
      expect(stored).toBeLessThanOrEqual(least + INCREMENTERS / COUNTERS)
      counted[n] = stored
    }
  }
  expect(created.size).toBeGreaterThan(KILLS * 10)
  expect(counted.reduce((sum, one) => sum + one)).toBeGreaterThan(KILLS)
  const stored = await everything(server)
  expect([...created].filter(([location, body]) => stored.get(location) !== body)).toEqual([])
  const others = [...stored].filter(([location]) => !created.has(location) && !counters.includes(location))
  expect(others.filter(([, body]) => body !== bodyOf(body.split(' ')[0] ?? ''))).toEqual([])
})

/** Creates articles one after another until the connection ends; returns what should not have been answered. */
function create(server: Server, writer: string, created: Map<string, string>): Promise<string | undefined> {
  return untilCut(server, async (ask) => {
    for (let n = 0; ; n++) {
      const body = bodyOf(`${writer}-${n}`)
      const response = await ask('POST', '/articles', {
        as: BASIC,
        content: { title: writer, body, slug: `${writer}-${n}` },
      })
      if (response.status !== 201) return `${response.status} ${response.content}`
      created.set(response.fields['location'] ?? '', body)
    }
  })
}

/** Adds one to a counter again and again, by its entity tag; whoever comes too late reads it again. */
function increment(server: Server, counter: string, count: () => void): Promise<string | undefined> {
  return untilCut(server, async (ask) => {
    for (let known = await ask('GET', counter); ;) {
      const response = await ask('PATCH', counter, {
        as: BASIC,
        content: { body: String(Number(known.json().body) + 1) },
        fields: { 'If-Match': known.fields['etag'] ?? '' },
      })
      if (response.status !== 200 && response.status !== 412) return `${response.status} ${response.content}`
      if (response.status === 200) count()
      known = response.status === 200 ? response : await ask('GET', counter)
    }
  })
}

type Ask = (method: string, target: string, sent?: Sent) => Promise<WireResponse>

async function untilCut(server: Server, work: (ask: Ask) => Promise<string>): Promise<string | undefined> {
  let wire: Wire | undefined
  try {
    wire = await Wire.open(server.port)
    const open = wire
    return await work((method, target, sent) => {
      open.write(format(method, target, sent))
      return open.read()
    })
  } catch (error) {
    // Killed: how far it came, the next round will tell.
    return /ended early|ECONNREFUSED|ECONNRESET/.test(String(error)) ? undefined : String(error)
  } finally {
    wire?.close()
  }
}

/** As long as it takes to be torn in two, and never the same. */
function bodyOf(name: string): string {
  return `${name} `.repeat(1 + ((name.length * 37 + name.charCodeAt(name.length - 1)) % 400)).trim()
}

/** What SQLite itself finds wrong with the file. */
function soundness(path: string): unknown[] {
  const database = new (driver())(path, { readonly: true })
  try {
    const integrity: unknown[] = database.pragma('integrity_check') as unknown[]
    const dangling: unknown[] = database.pragma('foreign_key_check') as unknown[]
    return [...integrity.filter((row) => JSON.stringify(row) !== '{"integrity_check":"ok"}'), ...dangling]
  } finally {
    database.close()
  }
}

/** Every article: address → body. */
async function everything(server: Server): Promise<Map<string, string>> {
  const all = new Map<string, string>()
  for (let target: string | undefined = '/articles?limit=1000'; target !== undefined;) {
    const page: WireResponse = await send(server.port, 'GET', target)
    const { items, next } = page.json<{ items: { id: string; body: string }[]; next?: string }>()
    for (const { id, body } of items) all.set(`/articles/${id}`, body)
    target = next
  }
  return all
}
