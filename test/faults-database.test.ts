/**
 * The database locked, gone, replaced, damaged, read-only, full, while the newsroom is served from it: real files,
 * real processes, real file systems.
 *
 * Each outage is told by its status, with problem details; the process lives, blocks for nobody, and recovers by itself
 * with all that was answered.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import newsroom from '../examples/newsroom/api.ts'
import { holdLock } from './faults/lock.ts'
import { failure } from './faults/problem.ts'
import { ADMIN, BASIC, killAll, runServer, type Server, startServer, until } from './faults/server.ts'
import { start } from './start.ts'
import { send, type WireResponse } from './wire.ts'

const root = mkdtempSync(join(tmpdir(), 'tenfour-faults-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A namespace in which file systems can be mounted that nobody else sees; none where that is not allowed. */
const NAMESPACE = [
  ['unshare', '-m', 'sh'],
  ['unshare', '-rm', 'sh'],
].find(([command = '', ...args]) => spawnSync(command, [...args, '-c', 'mount -t tmpfs tmpfs /mnt']).status === 0)

let opened = 0
let folder: string
let path: string
let server: Server
beforeEach(() => {
  folder = join(root, String(++opened))
  mkdirSync(folder)
  path = join(folder, 'news.db')
})
afterEach(killAll)

const post = (title: string, body = 'text') =>
  send(server.port, 'POST', '/articles', { as: BASIC, content: { title, body } })
const get = (target: string) => send(server.port, 'GET', target, { as: BASIC })

/** A new article; its path. */
async function add(title: string, body?: string): Promise<string> {
  const response = await post(title, body)
  expect({ status: response.status, content: response.content }).toMatchObject({ status: 201 })
  return response.fields['location'] ?? ''
}

async function titleOf(target: string): Promise<unknown> {
  const response = await get(target)
  return response.status === 200 ? response.json().title : response.status
}

/** Writes and reads are 503 each with a reference; what needs no database is answered; nothing is ready. */
async function expectOutage(article: string): Promise<void> {
  // A write looks at the file before it writes, so the first one is told already.
  failure(await post('lost'), 503)
  const at = performance.now()
  const refused = await Promise.all([
    post('lost'),
    get(article),
    get('/articles'),
    send(server.port, 'PATCH', article, { as: BASIC, content: { title: 'lost' } }),
    send(server.port, 'DELETE', article, { as: BASIC }),
    send(server.port, 'POST', '/users', { content: { email: 'lost@example.com', username: 'lost' } }),
    get('/readyz'),
  ])
  const references = refused.map((response) => failure(response, 503))
  expect(performance.now() - at, 'an outage that is known is told at once').toBeLessThan(1_500)
  expect(new Set(references).size).toBe(references.length)
  expect((await get('/livez')).status).toBe(200)
}

const ready = () => until('the server is ready again', async () => (await get('/readyz')).status === 200)
/** Until an outage is noticed: by the first write at once, by reads within a tenth of a second. */
const noticed = () => until('the outage is noticed', async () => (await get('/readyz')).status === 503)

describe('another process holds the lock (RFC 9110 §15.6.4)', () => {
  test.each(['IMMEDIATE', 'EXCLUSIVE'] as const)(
    '%s: writes are 503 after about two seconds, reads go on, nothing is held up, and it recovers',
    async (kind) => {
      server = await startServer(path)
      const article = await add('before')
      const etag = (await get(article)).fields['etag'] ?? ''
      const lock = await holdLock(path, kind)
      await unblocked(async () => {
        const at = performance.now()
        let writing = true
        const writes = Promise.all([
          post('during'),
          send(server.port, 'PATCH', article, {
            as: BASIC,
            content: { title: 'during' },
            fields: { 'If-Match': etag },
          }),
          send(server.port, 'DELETE', article, { as: BASIC }),
        ]).finally(() => (writing = false))
        let reads = 0
        while (writing) {
          expect(await titleOf(article)).toBe('before')
          expect((await get('/articles')).status).toBe(200)
          expect((await get('/readyz')).status).toBe(200)
          reads += 3
          await sleep(20)
        }
        const took = performance.now() - at
        for (const response of await writes) failure(response, 503)
        expect(took).toBeGreaterThan(1_800)
        expect(took).toBeLessThan(4_500)
        expect(reads).toBeGreaterThan(20)
      })
      await lock.release()
      await add('after')
      const changed = { as: BASIC, content: { title: 'changed' }, fields: { 'If-Match': etag } }
      expect((await send(server.port, 'PATCH', article, changed)).status).toBe(200)
      expect(await titleOf(article)).toBe('changed')
    },
  )

  test('let go of within two seconds: nobody learns of it', async () => {
    server = await startServer(path)
    const lock = await holdLock(path, 'IMMEDIATE')
    const writes = Promise.all([post('one'), post('two'), post('three')])
    await sleep(400)
    await lock.release()
    expect((await writes).map(({ status }) => status)).toEqual([201, 201, 201])
  })

  test('for good, before it starts: it says so and ends with 1', async () => {
    server = await startServer(path)
    await server.kill()
    const lock = await holdLock(path, 'FOR GOOD')
    const { code, said } = await runServer(path)
    await lock.release()
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('is locked by another process') })
    expect(said).not.toMatch(/\n\s+at /)
  })
})

describe('the file is not where it was', () => {
  const away = () => join(folder, 'away.db')

  test('moved away and back: 503 at once, and nothing is written to it meanwhile', async () => {
    server = await startServer(path)
    const article = await add('kept')
    renameSync(path, away())
    await expectOutage(article)
    expect(existsSync(path)).toBe(false)
    renameSync(away(), path)
    await ready()
    await add('after')
    expect(await titleOf(article)).toBe('kept')
    expect((await get('/articles')).json<{ items: unknown[] }>().items).toHaveLength(2)
  })

  test('unlinked: 503 for as long as it is gone, no empty one takes its place, and a restart begins anew', async () => {
    server = await startServer(path)
    const article = await add('lost with the file')
    unlinkSync(path)
    await expectOutage(article)
    // Longer than a probe takes to come round.
    await sleep(1_300)
    await expectOutage(article)
    expect(existsSync(path)).toBe(false)
  })

  test('replaced by another: the other is left alone', async () => {
    server = await startServer(path)
    const article = await add('kept')
    renameSync(path, away())
    copyFileSync(away(), path)
    const other = readFileSync(path)
    await expectOutage(article)
    await sleep(1_300)
    await expectOutage(article)
    expect(readFileSync(path).equals(other)).toBe(true)
    renameSync(away(), path)
    await ready()
    expect(await titleOf(article)).toBe('kept')
  })

  test('its folder moved away and back', async () => {
    server = await startServer(path)
    const article = await add('kept')
    renameSync(folder, `${folder}-away`)
    await expectOutage(article)
    renameSync(`${folder}-away`, folder)
    await ready()
    await add('after')
    expect(await titleOf(article)).toBe('kept')
  })

  test('its folder removed: 503, and the process lives', async () => {
    server = await startServer(path)
    const article = await add('lost with the folder')
    rmSync(folder, { recursive: true })
    await expectOutage(article)
    await sleep(1_300)
    await expectOutage(article)
    expect(existsSync(folder)).toBe(false)
  })

  test('its write-ahead log unlinked: what was answered is still there', async () => {
    server = await startServer(path)
    const article = await add('kept')
    unlinkSync(`${path}-wal`)
    await noticed()
    await ready()
    await add('after')
    expect(await titleOf(article)).toBe('kept')
    await server.kill()
    server = await startServer(path)
    expect(await titleOf(article)).toBe('kept')
  })
})

describe('the file is damaged', () => {
  /** A hundred articles, all in one file, and a server that has none of it in its caches. */
  async function fill(): Promise<{ readonly articles: readonly string[]; readonly whole: Buffer }> {
    server = await startServer(path)
    const articles = await Promise.all(Array.from({ length: 100 }, (_, n) => add(`number ${n}`, 'x'.repeat(4_000))))
    server.signal('SIGTERM')
    expect(await server.ended).toMatchObject({ code: 0 })
    server = await startServer(path)
    return { articles, whole: readFileSync(path) }
  }

  test.each<[string, (size: number) => void]>([
    ['all pages but two overwritten', (size) => overwrite(path, 4096 * 2, size - 4096 * 2)],
    ['all of it overwritten', (size) => overwrite(path, 0, size)],
    ['cut in half', (size) => truncateSync(path, Math.floor(size / 2))],
    ['cut to nothing', () => truncateSync(path, 0)],
  ])('%s: 503 and nothing else; put right, it recovers by itself', async (_, damage) => {
    const { articles, whole } = await fill()
    damage(whole.length)
    const answers: WireResponse[] = []
    for (const article of articles) answers.push(await get(article))
    answers.push(await get('/articles'), await post('lost'))
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused.length).toBeGreaterThan(10)
    for (const response of refused) failure(response, 503)
    expect((await get('/livez')).status).toBe(200)
    writeFileSync(path, whole, { flag: 'r+' })
    await until('every article is read again', async () => {
      for (const article of articles) if ((await get(article)).status !== 200) return false
      return true
    })
    const article = await add('after')
    expect(await titleOf(article)).toBe('after')
  })

  test.each<[string, () => void]>([
    ['no database at all', () => writeFileSync(path, 'This is no database, and longer than a header. '.repeat(200))],
    ['a database whose pages are noise', () => overwrite(path, 100, statSync(path).size - 100)],
    ['a folder', () => mkdirSync(path)],
  ])('before it starts, %s: it says which file and ends with 1', async (what, damage) => {
    if (what.startsWith('a database')) {
      server = await startServer(path)
      server.signal('SIGTERM')
      await server.ended
    }
    damage()
    const { code, said } = await runServer(path)
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(path) })
    expect(said).not.toMatch(/\n\s+at /)
  })
})

describe('there is no room (RFC 4918 §11.5)', () => {
  /** Adds articles until one is refused; returns those that were made, and the refusal. */
  async function addUntilRefused(body: string): Promise<{ made: string[]; refusal: WireResponse }> {
    const made: string[] = []
    for (;;) {
      const response = await post(`number ${made.length}`, body)
      if (response.status !== 201) return { made, refusal: response }
      made.push(response.fields['location'] ?? '')
      if (made.length > 2_000) throw new Error('there is no end of room')
    }
  }

  test('a limit on the size of the database: 507, reads go on, and what is deleted makes room', async () => {
    const started = await start(newsroom, { maxSize: 600 * 1024 })
    try {
      const key = started.engine.madeKeys.find(({ role }) => role === 'admin')?.key ?? ''
      const write = (title: string) =>
        send(started.port, 'POST', '/articles', { as: key, content: { title, body: 'x'.repeat(20_000) } })
      const made: string[] = []
      let response = await write('first')
      for (; response.status === 201; response = await write('more')) made.push(response.fields['location'] ?? '')
      failure(response, 507)
      expect(made.length).toBeGreaterThan(5)
      for (const article of made) expect((await send(started.port, 'GET', article)).status).toBe(200)
      for (const article of made.slice(0, 3))
        expect((await send(started.port, 'DELETE', article, { as: key })).status).toBe(204)
      await until('there is room again', async () => (await write('again')).status === 201)
    } finally {
      await started.stop()
    }
  })

  test('a limit on the size of files (ulimit -f): 507, reads go on, deleting is possible', async () => {
    server = await startServer(path, { shell: 'ulimit -f 3000; exec "$@"', within: ['bash'] })
    const { made, refusal } = await addUntilRefused('x'.repeat(30_000))
    failure(refusal, 507)
    expect(made.length).toBeGreaterThan(10)
    for (const article of made) expect((await get(article)).status).toBe(200)
    await until(
      'an article can be deleted',
      async () => (await send(server.port, 'DELETE', made[0] ?? '', { as: BASIC })).status === 204,
    )
    await server.kill()
    server = await startServer(path)
    expect(await Promise.all(made.map(async (article) => (await get(article)).status))).toEqual([
      404,
      ...made.slice(1).map(() => 200),
    ])
  })

  test.skipIf(NAMESPACE === undefined)(
    'a disk that is full: 507, reads go on; space is made, and it recovers by itself',
    async () => {
      const disk = join(folder, 'disk')
      mkdirSync(disk)
      server = await startServer(join(disk, 'news.db'), {
        within: NAMESPACE ?? [],
        shell: `mount -t tmpfs -o size=3m tmpfs ${disk}; head -c 1m /dev/zero > ${disk}/ballast
              exec 3<&0; { while read -r line; do eval "$line"; done; } <&3 & exec "$@"`,
      })
      const { made, refusal } = await addUntilRefused('x'.repeat(30_000))
      failure(refusal, 507)
      expect(made.length).toBeGreaterThan(10)
      for (const article of made) expect((await get(article)).status).toBe(200)
      // Longer than a probe takes to come round.
      await sleep(1_300)
      failure(await post('lost', 'x'.repeat(30_000)), 507)
      expect((await get('/readyz')).status).toBe(200)
      server.tell(`rm ${disk}/ballast`)
      await until('there is room again', async () => (await post('again')).status === 201)
      for (const article of made) expect((await get(article)).status).toBe(200)
    },
  )
})

describe('nothing may be written', () => {
  test.skipIf(NAMESPACE === undefined)(
    'a read-only file system, before it starts: it says so and ends with 1',
    async () => {
      server = await startServer(path)
      server.signal('SIGTERM')
      await server.ended
      const { code, said } = await runServer(path, {
        within: NAMESPACE ?? [],
        shell: `mount --bind ${folder} ${folder} && mount -o remount,ro,bind ${folder} && exec "$@"`,
      })
      expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(path) })
      expect(said).not.toMatch(/\n\s+at /)
    },
  )

  test.skipIf(!canFreeze())('the file is made immutable: writes are 503, reads go on, and it recovers', async () => {
    server = await startServer(path)
    const article = await add('kept')
    const files = [path, `${path}-wal`]
    execFileSync('chattr', ['+i', ...files])
    try {
      failure(await post('lost'), 503)
      failure(await send(server.port, 'PATCH', article, { as: BASIC, content: { title: 'lost' } }), 503)
      expect((await get('/livez')).status).toBe(200)
    } finally {
      execFileSync('chattr', ['-i', ...files])
    }
    await ready()
    await until('a write succeeds', async () => (await post('after')).status === 201)
    expect(await titleOf(article)).toBe('kept')
  })
})

test('what failed stands in the log, under the reference that the client was given', async () => {
  server = await startServer(path)
  const article = await add('kept')
  unlinkSync(path)
  await noticed()
  const reference = failure(await send(server.port, 'DELETE', article, { as: ADMIN }), 503)
  await until('the log has it', () => server.log.some((line) => line.reference === reference && line.status === 503))
  expect(server.log.some(({ msg }) => msg === 'the database cannot be reached')).toBe(true)
})

/** Only root may, and only on some file systems. */
function canFreeze(): boolean {
  const trial = join(root, 'trial')
  writeFileSync(trial, '')
  return spawnSync('chattr', ['+i', trial]).status === 0 && spawnSync('chattr', ['-i', trial]).status === 0
}

/** Writes noise in place: the file stays the same file. */
function overwrite(file: string, from: number, length: number): void {
  const noise = Buffer.from(Array.from({ length }, (_, n) => ((from + n) * 31 + 7) % 251))
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, noise, 0, length, from)
}

/** Runs `work` and asserts that the server's event loop was never held for 50 ms; on a busy machine, in one of five runs. */
async function unblocked(work: () => Promise<void>): Promise<void> {
  const held: number[] = []
  while (held.length < 5) {
    await server.inside()
    await work()
    held.push((await server.inside()).held)
    if ((held.at(-1) ?? 0) < 50) return
  }
  expect(Math.min(...held)).toBeLessThan(50)
}
