/**
 * The newsroom's database locked by another process, moved, replaced, removed, while it is served: real files, real
 * processes.
 *
 * Each outage is told by its status, with problem details; the process lives, blocks for nobody, and recovers by itself
 * with all that was answered.
 */
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { holdLock } from './faults/lock.ts'
import { useNewsroom } from './faults/newsroom.ts'
import { failure } from './faults/problem.ts'
import { runServer, until } from './faults/server.ts'

const news = useNewsroom()
const { add, expectOutage, get, noticed, patch, post, ready, remove, titleOf } = news

describe('another process holds the lock (RFC 9110 §15.6.4)', () => {
  test.each(['IMMEDIATE', 'EXCLUSIVE'] as const)(
    '%s: writes are 503 after about two seconds, reads go on, nothing is held up, and it recovers',
    async (kind) => {
      await news.start()
      const article = await add('before')
      const etag = (await get(article)).fields['etag'] ?? ''
      const lock = await holdLock(news.path, kind)
      await unblocked(async () => {
        const at = performance.now()
        const written = new AbortController()
        const writes = Promise.all([post('during'), patch(article, 'during', etag), remove(article)])
        void writes.finally(() => written.abort())
        let reads = 0
        while (!written.signal.aborted) {
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
      expect((await patch(article, 'changed', etag)).status).toBe(200)
      expect(await titleOf(article)).toBe('changed')
    },
  )

  test('let go of within two seconds: nobody learns of it', async () => {
    await news.start()
    const lock = await holdLock(news.path, 'IMMEDIATE')
    const writes = Promise.all([post('one'), post('two'), post('three')])
    await sleep(400)
    await lock.release()
    expect((await writes).map(({ status }) => status)).toEqual([201, 201, 201])
  })

  test('for good, before it starts: it says so and ends with 1', async () => {
    await news.start()
    await news.server.kill()
    const lock = await holdLock(news.path, 'FOR GOOD')
    const { code, said } = await runServer(news.path)
    await lock.release()
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('is locked by another process') })
    expect(said).not.toMatch(/\n\s+at /)
  })
})

describe('the file is not where it was', () => {
  const away = () => join(news.folder, 'away.db')

  test('moved away and back: 503 at once, and nothing is written to it meanwhile', async () => {
    await news.start()
    const article = await add('kept')
    renameSync(news.path, away())
    await expectOutage(article)
    expect(existsSync(news.path)).toBe(false)
    renameSync(away(), news.path)
    await ready()
    await add('after')
    expect(await titleOf(article)).toBe('kept')
    expect((await get('/articles')).json<{ items: unknown[] }>().items).toHaveLength(2)
  })

  test('unlinked: 503 for as long as it is gone, no empty one takes its place, and a restart begins anew', async () => {
    await news.start()
    const article = await add('lost with the file')
    unlinkSync(news.path)
    await expectOutage(article)
    // Longer than a probe takes to come round.
    await sleep(1_300)
    await expectOutage(article)
    expect(existsSync(news.path)).toBe(false)
  })

  test('replaced by another: the other is left alone', async () => {
    await news.start()
    const article = await add('kept')
    renameSync(news.path, away())
    copyFileSync(away(), news.path)
    const other = readFileSync(news.path)
    await expectOutage(article)
    await sleep(1_300)
    await expectOutage(article)
    expect(readFileSync(news.path).equals(other)).toBe(true)
    renameSync(away(), news.path)
    await ready()
    expect(await titleOf(article)).toBe('kept')
  })

  test('its folder moved away and back', async () => {
    await news.start()
    const article = await add('kept')
    renameSync(news.folder, `${news.folder}-away`)
    await expectOutage(article)
    renameSync(`${news.folder}-away`, news.folder)
    await ready()
    await add('after')
    expect(await titleOf(article)).toBe('kept')
  })

  test('its folder removed: 503, and the process lives', async () => {
    await news.start()
    const article = await add('lost with the folder')
    rmSync(news.folder, { recursive: true })
    await expectOutage(article)
    await sleep(1_300)
    await expectOutage(article)
    expect(existsSync(news.folder)).toBe(false)
  })

  test('its write-ahead log unlinked: what was answered is still there', async () => {
    await news.start()
    const article = await add('kept')
    unlinkSync(`${news.path}-wal`)
    await noticed()
    await ready()
    await add('after')
    expect(await titleOf(article)).toBe('kept')
    await news.server.kill()
    await news.start()
    expect(await titleOf(article)).toBe('kept')
  })
})

test('what failed stands in the log, under the reference that the client was given', async () => {
  await news.start()
  const article = await add('kept')
  unlinkSync(news.path)
  await noticed()
  const reference = failure(await remove(article), 503)
  await until('the log has it', () =>
    news.server.log.some((line) => line.reference === reference && line.status === 503),
  )
  expect(news.server.log.some(({ msg }) => msg === 'the database cannot be reached')).toBe(true)
})

/** Runs `work` and asserts that the server's event loop was never held for 50 ms; on a busy machine, in one of five runs. */
async function unblocked(work: () => Promise<void>): Promise<void> {
  const held: number[] = []
  while (held.length < 5) {
    await news.server.inside()
    await work()
    held.push((await news.server.inside()).held)
    if ((held.at(-1) ?? 0) < 50) return
  }
  expect(Math.min(...held)).toBeLessThan(50)
}
