/**
 * What the store does when its file is locked, gone, replaced, damaged or full: real files, real processes.
 *
 * Throughout, the event loop is never held for 50 ms, nothing that was answered is lost, and recovery takes no restart.
 */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Store, Table } from '../server/storage.ts'
import { bundleStore, DRIVER, holdLock, runModule, startProcess } from './processes.test-helper.ts'
import type { Process } from './processes.test-helper.ts'
import { openSqlite } from './sqlite.ts'
import type { StoreEvent } from './sqlite/store.ts'

const things: Table = {
  name: 'things',
  columns: [
    { name: 'name', type: 'text', required: true, unique: 'exact' },
    { name: 'content', type: 'text', required: false },
  ],
  guards: ['name'],
  indexes: [],
}

const UNAVAILABLE = { name: 'Unavailable', retryAfter: 1 }

const root = mkdtempSync(join(tmpdir(), 'tenfour-outages-'))
let bundle: string
beforeAll(async () => {
  bundle = await bundleStore(root)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

let opened = 0
let folder: string
let path: string
let events: StoreEvent[]
let store: Store
const processes: Process[] = []

const open = async (options: Parameters<typeof openSqlite>[1] = {}) => {
  store = await openSqlite(`file:${path}`, { log: (event) => events.push(event), ...options })
  await store.prepare([things])
}

beforeEach(async () => {
  opened += 1
  folder = join(root, String(opened))
  path = join(folder, 'things.db')
  events = []
  await open()
})
afterEach(async () => {
  await store.close()
  for (const one of processes.splice(0)) await one.kill()
})

const insert = (name: string, content?: string) => store.write((tx) => tx.insert('things', { name, content }))
const find = async (name: string) => (await store.find('things', 'name', name))?.values.name
const add = async (...names: readonly string[]) => {
  for (const name of names) expect((await insert(name)).kind).toBe('done')
}
const kinds = () => events.map((event) => event.kind)

/** Until the store says that it can be reached again; longer than a probe takes to come round. */
const restored = async () => {
  for (const until = performance.now() + 5_000; !store.reachable;) {
    if (performance.now() > until) throw new Error('not restored')
    await sleep(10)
  }
}

/** Reads notice what happened to the file within a tenth of a second. */
const noticed = async () => {
  for (const until = performance.now() + 2_000; !kinds().includes('unreachable');) {
    if (performance.now() > until) throw new Error('not noticed')
    await outcomeOf(() => store.ping())
    await sleep(1)
  }
}

describe('a lock held by another process', () => {
  test('writes are Unavailable after two seconds, reads go on, and the event loop runs', async () => {
    await add('before')
    processes.push(await holdLock(path))
    await unblocked(async () => {
      const start = performance.now()
      const writing = outcomeOf(() => insert(`during ${start}`))
      expect(await find('before')).toBe('before')
      expect(await store.list('things', { filter: {}, sort: [], limit: 5 })).toHaveLength(1)
      expect(store.reachable).toBe(true)
      expect(await writing).toBe('Unavailable')
      expect(performance.now() - start).toBeGreaterThan(1_900)
      expect(performance.now() - start).toBeLessThan(3_500)
    })
    expect(await store.count('things', {})).toBe(1)
  })

  test('writes succeed once it is let go of within two seconds, in the order they came', async () => {
    const holder = await holdLock(path)
    const writing = Promise.all([insert('a'), insert('b')])
    await sleep(300)
    await holder.kill()
    const [one, other] = await writing
    expect([one.kind, other.kind]).toEqual(['done', 'done'])
    expect(await store.count('things', {})).toBe(2)
  })

  test('opening waits for it two seconds, and no longer', async () => {
    const other = join(folder, 'other.db')
    const holder = runModule(
      `import { driver } from ${JSON.stringify(DRIVER)}
       import { createInterface } from 'node:readline'
       const database = new (driver())(process.argv[1])
       database.exec('CREATE TABLE x (y); BEGIN EXCLUSIVE')
       console.log('held')
       for await (const line of createInterface({ input: process.stdin })) setTimeout(() => database.close(), 300)`,
      [other],
    )
    processes.push(holder)
    await holder.next()
    await unblocked(async () => expect(await outcomeOf(() => openSqlite(`file:${other}`))).toBe('Unavailable'))
    holder.send('let go')
    const late = await openSqlite(`file:${other}`)
    await late.close()
  })

  test('what another process writes is seen at once, heads too', async () => {
    await add('mine')
    const row = await store.find('things', 'name', 'mine')
    expect((await store.peek('things', row?.id ?? ''))?.version).toBe(row?.version)
    const other = await openInProcess()
    other.send(JSON.stringify({ update: row?.id, version: row?.version, name: 'theirs' }))
    const version = Number(await other.next())
    expect(version).toBeGreaterThan(row?.version ?? 0)
    expect(await store.peek('things', row?.id ?? '')).toMatchObject({ version, guards: { name: 'theirs' } })
    expect(await store.read('things', row?.id ?? '')).toMatchObject({ version })
  })
})

describe('a file that is not where it was', () => {
  const away = () => join(folder, 'away.db')

  test('moved away: Unavailable at once, nothing is written; moved back: restored, with all that was answered', async () => {
    await add('a', 'b')
    renameSync(path, away())
    await expect(insert('lost')).rejects.toMatchObject(UNAVAILABLE)
    expect(store.reachable).toBe(false)
    const start = performance.now()
    await expect(insert('lost')).rejects.toMatchObject(UNAVAILABLE)
    for (const ask of [() => store.read('things', 'x'), () => store.peek('things', 'x'), () => store.ping()]) {
      expect(ask).toThrow(expect.objectContaining(UNAVAILABLE))
    }
    expect(performance.now() - start).toBeLessThan(100)
    await sleep(1_200)
    expect(store.reachable).toBe(false)
    expect(existsSync(path)).toBe(false)
    renameSync(away(), path)
    await restored()
    expect(kinds()).toEqual(['migrated', 'unreachable', 'restored'])
    await add('c')
    expect(await Promise.all(['a', 'b', 'c', 'lost'].map(find))).toEqual(['a', 'b', 'c', undefined])
  })

  test('reads notice too, and a head that is known is not given out', async () => {
    await add('a')
    const row = await store.find('things', 'name', 'a')
    const id = row?.id ?? ''
    expect(await store.peek('things', id)).toBeDefined()
    renameSync(path, away())
    await sleep(150)
    expect(() => store.peek('things', id)).toThrow(expect.objectContaining(UNAVAILABLE))
    renameSync(away(), path)
    await restored()
    expect(await store.peek('things', id)).toBeDefined()
  })

  test('unlinked: it stays Unavailable, and no empty database takes its place', async () => {
    await add('a')
    unlinkSync(path)
    await noticed()
    await sleep(1_500)
    expect(store.reachable).toBe(false)
    expect(existsSync(path)).toBe(false)
  })

  test('replaced by another: the other is not touched', async () => {
    await add('a')
    renameSync(path, away())
    writeFileSync(path, readFileSync(away()))
    const other = readFileSync(path)
    await expect(insert('lost')).rejects.toMatchObject(UNAVAILABLE)
    await sleep(1_200)
    expect(store.reachable).toBe(false)
    expect(readFileSync(path).equals(other)).toBe(true)
    renameSync(away(), path)
    await restored()
    await add('b')
    expect(await Promise.all(['a', 'b', 'lost'].map(find))).toEqual(['a', 'b', undefined])
  })

  test('its folder moved away and back', async () => {
    await add('a')
    renameSync(folder, `${folder}-away`)
    await expect(insert('lost')).rejects.toMatchObject(UNAVAILABLE)
    renameSync(`${folder}-away`, folder)
    await restored()
    await add('b')
    expect(await Promise.all(['a', 'b', 'lost'].map(find))).toEqual(['a', 'b', undefined])
  })

  test('its write-ahead log unlinked: what was answered is saved into the file', async () => {
    await add('a', 'b')
    unlinkSync(`${path}-wal`)
    await noticed()
    await restored()
    await add('c')
    await store.close()
    await open()
    expect(await Promise.all(['a', 'b', 'c'].map(find))).toEqual(['a', 'b', 'c'])
  })
})

describe('a file that is damaged', () => {
  const names = Array.from({ length: 400 }, (_, n) => `name ${n}`)

  /** A database of some pages, folded into one file, and nothing of it in any cache. */
  const fill = async () => {
    await Promise.all(names.map((name) => insert(name, 'x'.repeat(2_000))))
    await store.close()
    await open()
    await add('last')
    return readFileSync(path)
  }

  test.each<[string, (size: number) => void]>([
    ['pages overwritten', (size) => overwrite(path, 4096 * 2, size - 4096 * 2)],
    ['everything overwritten', (size) => overwrite(path, 0, size)],
    ['cut to nothing', () => truncateSync(path, 0)],
    ['cut in half', (size) => truncateSync(path, Math.floor(size / 2))],
  ])('%s: Unavailable, never anything else; put right, it is restored without a restart', async (_, damage) => {
    const whole = await fill()
    damage(whole.length)
    const outcomes = new Set<string>()
    for (const name of names) outcomes.add(await outcomeOf(() => find(name)))
    outcomes.delete('answered')
    expect([...outcomes]).toEqual(['Unavailable'])
    writeFileSync(path, whole, { flag: 'r+' })
    await sleep(1_200)
    await restored()
    expect(await Promise.all([...names, 'last'].map(find))).toEqual([...names, 'last'])
    await add('after')
    await store.close()
    await open()
    expect(await find('after')).toBe('after')
  })

  test('one that was never a database cannot be opened', async () => {
    const text = join(folder, 'text.db')
    writeFileSync(text, 'This is not a database, and it is longer than the header of one: '.repeat(100))
    await expect(openSqlite(`file:${text}`)).rejects.toMatchObject(UNAVAILABLE)
  })
})

describe('a database without room', () => {
  test('a limit on its size: Full, reads go on, and what is removed makes room', async () => {
    await store.close()
    await open({ maxSize: statSync(path).size + 64 * 1024 })
    await add('small')
    await expect(insert('large', 'x'.repeat(200_000))).rejects.toMatchObject({ name: 'Full' })
    expect(await find('small')).toBe('small')
    expect(store.reachable).toBe(true)
    let last = 'small'
    for (let n = 0; n < 100; n += 1) {
      const outcome = await outcomeOf(() => insert(`filler ${n}`, 'x'.repeat(4_000)))
      if (outcome === 'Full') break
      expect(outcome).toBe('answered')
      last = `filler ${n}`
    }
    const row = await store.find('things', 'name', last)
    expect(await store.write((tx) => tx.remove('things', row?.id ?? '', row?.version ?? 0))).toEqual({ kind: 'done' })
    expect((await insert('again', 'x'.repeat(3_000))).kind).toBe('done')
  })

  test('a limit on the size of files (ulimit -f): Full, and what was answered is there', async () => {
    await store.close()
    const limited = startProcess('bash', [
      '-c',
      'ulimit -f 1500; exec "$0" "$@"',
      process.execPath,
      '--input-type=module',
      '-e',
      FILLER,
      bundle,
      path,
    ])
    processes.push(limited)
    const answered = Number(await limited.next())
    expect(answered).toBeGreaterThan(50)
    expect(await limited.next()).toBe('Full')
    expect(await limited.next()).toBe(`reads ${answered}`)
    // Removing rows must become possible: a log that cannot grow would forbid it.
    expect(await limited.next()).toBe('removed')
    await limited.kill()
    await open()
    expect(await store.count('things', {})).toBe(answered - 1)
  })
})

test('a file that may not be written cannot be opened', async () => {
  await add('a')
  await store.close()
  chmodSync(root, 0o755)
  for (const file of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(file)) chmodSync(file, 0o444)
  chmodSync(folder, 0o555)
  const source = `
    const { openSqlite } = await import(process.argv[1])
    await openSqlite('file:' + process.argv[2]).then(() => console.log('opened'), (error) => console.log(error.name))`
  // The permissions of a file mean nothing to root.
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const reader = runModule(source, [bundle, path], nobody)
  processes.push(reader)
  expect(await reader.next()).toBe('Unavailable')
  chmodSync(folder, 0o755)
  chmodSync(path, 0o644)
  await open()
  expect(await find('a')).toBe('a')
})

/** Fills the database until it is full, then reads, then removes one row. */
const FILLER = `
  const { openSqlite } = await import(process.argv[1])
  const store = await openSqlite('file:' + process.argv[2])
  await store.prepare([${JSON.stringify(things)}])
  const rows = []
  for (;;) {
    try {
      rows.push((await store.write((tx) => tx.insert('things', { name: String(rows.length), content: 'x'.repeat(3000) }))).row)
    } catch (error) {
      console.log(rows.length)
      console.log(error.name)
      break
    }
  }
  console.log('reads ' + await store.count('things', {}))
  for (let attempt = 0; attempt < 50; attempt += 1) {
    try {
      await store.write((tx) => tx.remove('things', rows[0].id, rows[0].version))
      console.log('removed')
      break
    } catch { await new Promise((resolve) => setTimeout(resolve, 100)) }
  }
  process.stdin.resume()`

/** Another process with a store of its own on the same file, that makes the changes it is told. */
async function openInProcess(): Promise<Process> {
  const other = runModule(
    `import { createInterface } from 'node:readline'
     const { openSqlite } = await import(process.argv[1])
     const store = await openSqlite('file:' + process.argv[2])
     await store.prepare([${JSON.stringify(things)}])
     console.log('ready')
     for await (const line of createInterface({ input: process.stdin })) {
       const { update, version, name } = JSON.parse(line)
       const outcome = await store.write((tx) => tx.update('things', update, version, { name }))
       console.log(outcome.row.version)
     }`,
    [bundle, path],
  )
  processes.push(other)
  await other.next()
  return other
}

/** Writes noise in place: the file stays the same file. */
function overwrite(file: string, from: number, length: number): void {
  const content = readFileSync(file)
  for (let place = from; place < from + length; place += 1) content[place] = (place * 31 + 7) % 251
  writeFileSync(file, content, { flag: 'r+' })
}

async function outcomeOf(ask: () => unknown): Promise<string> {
  try {
    await ask()
    return 'answered'
  } catch (error) {
    return error instanceof Error ? error.name : String(error)
  }
}

/** Runs `work` and asserts that the event loop was never held for 50 ms; on a busy machine, in one of five runs. */
async function unblocked(work: () => Promise<void>): Promise<void> {
  const lags: number[] = []
  while (lags.length < 5) {
    let last = performance.now()
    let longest = 0
    const timer = setInterval(() => {
      const now = performance.now()
      longest = Math.max(longest, now - last - 5)
      last = now
    }, 5)
    await work()
    clearInterval(timer)
    lags.push(longest)
    if (longest < 50) return
  }
  expect(Math.min(...lags)).toBeLessThan(50)
}
