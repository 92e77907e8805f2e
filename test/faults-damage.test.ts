/**
 * The newsroom's database damaged, full, read-only, while it is served and before: real files, real limits, real file
 * systems.
 *
 * 507 where there is no room, 503 for all else, and what can be read is read; put right, it recovers by itself.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import newsroom from '../examples/newsroom/api.ts'
import { useNewsroom } from './faults/newsroom.ts'
import { failure } from './faults/problem.ts'
import { runServer, until } from './faults/server.ts'
import { start } from './start.ts'
import { send, type WireResponse } from './wire.ts'

const news = useNewsroom()
const { add, get, patch, post, ready, remove, titleOf } = news

/** A namespace in which file systems can be mounted that nobody else sees; none where that is not allowed. */
const NAMESPACE = [
  ['unshare', '-m', 'sh'],
  ['unshare', '-rm', 'sh'],
].find(([command = '', ...args]) => spawnSync(command, [...args, '-c', 'mount -t tmpfs tmpfs /mnt']).status === 0)

describe('the file is damaged', () => {
  /** A hundred articles, all in one file, and a server that has none of it in its caches. */
  async function fill(): Promise<{ readonly articles: readonly string[]; readonly whole: Buffer }> {
    await news.start()
    const articles = await Promise.all(Array.from({ length: 100 }, (_, n) => add(`number ${n}`, 'x'.repeat(4_000))))
    await news.stop()
    await news.start()
    return { articles, whole: readFileSync(news.path) }
  }

  test.each<[string, (size: number) => void]>([
    ['all pages but two overwritten', (size) => overwrite(news.path, 4096 * 2, size - 4096 * 2)],
    ['all of it overwritten', (size) => overwrite(news.path, 0, size)],
    ['cut in half', (size) => truncateSync(news.path, Math.floor(size / 2))],
    ['cut to nothing', () => truncateSync(news.path, 0)],
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
    writeFileSync(news.path, whole, { flag: 'r+' })
    await until('every article is read again', async () => {
      for (const article of articles) if ((await get(article)).status !== 200) return false
      return true
    })
    const article = await add('after')
    expect(await titleOf(article)).toBe('after')
  })

  test.each<[string, () => void]>([
    [
      'no database at all',
      () => writeFileSync(news.path, 'This is no database, and longer than a header. '.repeat(200)),
    ],
    ['a database whose pages are noise', () => overwrite(news.path, 100, statSync(news.path).size - 100)],
    ['a folder', () => mkdirSync(news.path)],
  ])('before it starts, %s: it says which file and ends with 1', async (what, damage) => {
    if (what.startsWith('a database')) {
      await news.start()
      await news.stop()
    }
    damage()
    const { code, said } = await runServer(news.path)
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(news.path) })
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
    await news.start({ shell: 'ulimit -f 3000; exec "$@"', within: ['bash'] })
    const { made, refusal } = await addUntilRefused('x'.repeat(30_000))
    failure(refusal, 507)
    expect(made.length).toBeGreaterThan(10)
    for (const article of made) expect((await get(article)).status).toBe(200)
    await until('an article can be deleted', async () => (await remove(made[0] ?? '')).status === 204)
    await news.server.kill()
    await news.start()
    expect(await Promise.all(made.map(async (article) => (await get(article)).status))).toEqual([
      404,
      ...made.slice(1).map(() => 200),
    ])
  })

  test.skipIf(NAMESPACE === undefined)(
    'a disk that is full: 507, reads go on; space is made, and it recovers by itself',
    async () => {
      const disk = join(news.folder, 'disk')
      mkdirSync(disk)
      await news.start({
        env: { DATABASE_URL: `file:${join(disk, 'news.db')}` },
        within: NAMESPACE ?? [],
        shell: `mount -t tmpfs -o size=3m tmpfs ${disk}; head -c 1m /dev/zero > ${disk}/ballast
              exec 9<&0; { while read -r line; do eval "$line"; done; } <&9 & exec "$@" 9<&-`,
      })
      const { made, refusal } = await addUntilRefused('x'.repeat(30_000))
      failure(refusal, 507)
      expect(made.length).toBeGreaterThan(10)
      for (const article of made) expect((await get(article)).status).toBe(200)
      // Longer than a probe takes to come round.
      await sleep(1_300)
      failure(await post('lost', 'x'.repeat(30_000)), 507)
      expect((await get('/readyz')).status).toBe(200)
      news.server.tell(`rm ${disk}/ballast`)
      await until('there is room again', async () => (await post('again')).status === 201)
      for (const article of made) expect((await get(article)).status).toBe(200)
    },
  )
})

describe('nothing may be written', () => {
  test.skipIf(NAMESPACE === undefined)(
    'a read-only file system, before it starts: it says so and ends with 1',
    async () => {
      await news.start()
      await news.stop()
      const { code, said } = await runServer(news.path, {
        within: NAMESPACE ?? [],
        shell: `mount --bind ${news.folder} ${news.folder} && mount -o remount,ro,bind ${news.folder} && exec "$@"`,
      })
      expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(news.path) })
      expect(said).not.toMatch(/\n\s+at /)
    },
  )

  test.skipIf(!canFreeze())('the file is made immutable: writes are 503, reads go on, and it recovers', async () => {
    await news.start()
    const article = await add('kept')
    const files = [news.path, `${news.path}-wal`]
    execFileSync('chattr', ['+i', ...files])
    try {
      failure(await post('lost'), 503)
      failure(await patch(article, 'lost'), 503)
      expect((await get('/livez')).status).toBe(200)
    } finally {
      execFileSync('chattr', ['-i', ...files])
    }
    await ready()
    await until('a write succeeds', async () => (await post('after')).status === 201)
    expect(await titleOf(article)).toBe('kept')
  })
})

/** Only root may, and only on some file systems. */
function canFreeze(): boolean {
  const trial = join(tmpdir(), `tenfour-frozen-${process.pid}`)
  writeFileSync(trial, '')
  try {
    return spawnSync('chattr', ['+i', trial]).status === 0 && spawnSync('chattr', ['-i', trial]).status === 0
  } finally {
    rmSync(trial)
  }
}

/** Writes noise in place: the file stays the same file. */
function overwrite(file: string, from: number, length: number): void {
  const noise = Buffer.from(Array.from({ length }, (_, n) => ((from + n) * 31 + 7) % 251))
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, noise, 0, length, from)
  closeSync(descriptor)
}
