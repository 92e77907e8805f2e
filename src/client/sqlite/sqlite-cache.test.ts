/** The cache in a file: real files, real processes, a server on a real socket that counts what reaches it. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { json, type Script, type Scripted, startScripted } from '../../../test/client/scripted.ts'
import { driverApart, type Process, runModule } from '../../store/processes.test-helper.ts'
import { createFetch } from '../create-fetch.ts'
import { driver } from '../../sqlite/driver.ts'
import { type SqliteCache, sqliteCache, type SqliteCacheOptions } from './sqlite-cache.ts'

let folder: string
let file: string
const ending: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenfour-sqlite-cache-'))
  file = join(folder, 'cache.db')
})
afterEach(async () => {
  for (const end of ending.splice(0)) await end()
  rmSync(folder, { recursive: true })
})

async function serving(script: Script): Promise<Scripted> {
  const server = await startScripted(script)
  ending.push(() => server.stop())
  return server
}

function opened(options: Partial<SqliteCacheOptions> = {}): SqliteCache {
  const cache = sqliteCache({ file, ...options })
  ending.push(() => cache.close())
  return cache
}

/** Counts, and lets everything be kept for an hour. */
const counting: Script = (_, response, n) => json(response, 200, { n }, { 'cache-control': 'max-age=3600' })
const textOf = async (cache: SqliteCache, url: string, init?: RequestInit): Promise<string> =>
  (await createFetch({ cache, retry: false })(url, init)).text()

describe('kept', () => {
  test('beyond a restart: content, fields, status', async () => {
    const server = await serving((_, response) =>
      response
        .writeHead(203, 'So they say', { 'cache-control': 'max-age=60', 'x-a': '1', 'content-type': 'image/png' })
        .end(Buffer.from([0, 137, 255])),
    )
    const before = opened()
    await textOf(before, server.url)
    before.close()
    const response = await createFetch({ cache: opened() })(server.url)
    expect([response.status, response.statusText, response.headers.get('x-a')]).toEqual([203, 'So they say', '1'])
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0, 137, 255]))
    expect(server.arrived).toHaveLength(1)
  })

  test('and validated, by its tag', async () => {
    const server = await serving(({ fields }, response) =>
      fields['if-none-match'] === undefined
        ? json(response, 200, 'whole', { etag: '"1"', 'cache-control': 'no-cache' })
        : response.writeHead(304, { etag: '"1"' }).end(),
    )
    expect(await textOf(opened(), server.url)).toBe('"whole"')
    expect(await textOf(opened(), server.url)).toBe('"whole"')
    expect(server.arrived.map(({ fields }) => fields['if-none-match'])).toEqual([undefined, '"1"'])
  })

  test('variants, also by a field that is not there (RFC 9111 §4.1)', async () => {
    const server = await serving((_, response, n) =>
      json(response, 200, n, { vary: 'x-a', 'cache-control': 'max-age=60' }),
    )
    const asked = [{}, { 'x-a': '1' }, { 'x-a': '2' }]
    for (const headers of asked) await textOf(opened(), server.url, { headers })
    const again = await Promise.all(asked.map((headers) => textOf(opened(), server.url, { headers })))
    expect(again).toEqual(['0', '1', '2'])
  })

  test('but not what a write has changed (RFC 9111 §4.4)', async () => {
    const server = await serving(counting)
    await textOf(opened(), `${server.url}/a`)
    await textOf(opened(), `${server.url}/a`, { method: 'PUT', body: '' })
    expect(await textOf(opened(), `${server.url}/a`)).toBe('{"n":2}')
  })

  test('never another one’s, and no secret is in the file; nor may others read it', async () => {
    const server = await serving((_, response, n) =>
      json(response, 200, n, { vary: 'authorization', 'cache-control': 'max-age=60' }),
    )
    const as = (token: string) => textOf(opened(), server.url, { headers: { authorization: `Bearer ${token}` } })
    expect([await as('ada-secret'), await as('bob-secret'), await as('ada-secret')]).toEqual(['0', '1', '0'])
    for (const name of [file, `${file}-wal`].filter((path) => existsSync(path))) {
      expect(readFileSync(name).includes('secret')).toBe(false)
      expect(statSync(name).mode & 0o077).toBe(0)
    }
  })
})

test('its size is bounded; what was used longest ago goes first', async () => {
  const server = await serving((_, response) =>
    response.writeHead(200, { 'cache-control': 'max-age=60' }).end('x'.repeat(9000)),
  )
  const cache = opened({ size: 100_000 })
  for (let n = 0; n < 40; n++) await textOf(cache, `${server.url}/${n}`)
  const before = server.arrived.length
  await textOf(cache, `${server.url}/39`)
  expect(server.arrived).toHaveLength(before)
  await textOf(cache, `${server.url}/0`)
  expect(server.arrived).toHaveLength(before + 1)
  cache.close()
  const kept = new (driver())(file, { readonly: true })
    .prepare('SELECT total(length(content)) FROM variant')
    .pluck()
    .get()
  expect(kept).toBeLessThanOrEqual(100_000)
  expect(kept).toBeGreaterThan(80_000)
})

describe('a file that cannot be used is an empty cache, and that is said once', () => {
  test.each<[string, () => void]>([
    ['no database', () => writeFileSync(file, 'not a database, but long enough to look at'.repeat(100))],
    ['damaged', () => damage()],
    ['of another program', () => new (driver())(file).exec('CREATE TABLE mine (a)').close()],
    ['a folder', () => (file = folder)],
    ['nowhere', () => (file = join(folder, 'none', 'cache.db'))],
  ])('%s', async (_, make) => {
    const server = await serving(counting)
    make()
    const faults: Error[] = []
    const cache = opened({ onFault: (fault) => faults.push(fault) })
    for (let n = 0; n < 3; n++) expect(await textOf(cache, server.url)).toBe(`{"n":${n}}`)
    expect(faults).toHaveLength(1)
    expect(faults[0]?.message).toMatch(/^no cache in a file: /)
  })

  test('another program’s file is left as it is', () => {
    const text = 'dear diary '.repeat(100)
    writeFileSync(file, text)
    opened({ onFault: () => undefined })
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  test('one of another version is made anew', async () => {
    const server = await serving(counting)
    const old = opened()
    await textOf(old, server.url)
    old.close()
    const database = new (driver())(file)
    database.pragma('user_version = 99')
    database.close()
    expect(await textOf(opened(), server.url)).toBe('{"n":1}')
    expect(await textOf(opened(), server.url)).toBe('{"n":1}')
  })

  /** A cache whose pages are overwritten, all but the first. */
  function damage(): void {
    opened().close()
    const octets = readFileSync(file)
    octets.fill(0x5a, 4096)
    chmodSync(file, 0o600)
    writeFileSync(file, octets)
  }
})

describe('two processes on one file', () => {
  async function other(): Promise<Process> {
    const outfile = join(folder, 'client.mjs')
    await build({
      stdin: {
        contents: `
          import { createFetch } from './src/client/index.ts'
          import { sqliteCache } from './src/client/sqlite/index.ts'
          import { createInterface } from 'node:readline'
          const fetch = createFetch({ cache: sqliteCache({ file: process.argv[2] }), retry: false })
          console.log('ready')
          for await (const line of createInterface({ input: process.stdin })) {
            const [method, url] = line.split(' ')
            console.log(await (await fetch(url, { method })).text())
          }`,
        resolveDir: process.cwd(),
      },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      plugins: [driverApart],
    })
    const started = runModule(`process.argv[2] = process.argv[1]; await import('file://${outfile}')`, [file])
    ending.push(() => started.kill())
    expect(await started.next()).toBe('ready')
    return started
  }

  test('one has what the other got, and what one has written the other forgets', { timeout: 60_000 }, async () => {
    const server = await serving(counting)
    const url = `${server.url}/a`
    const [cache, process] = [opened(), await other()]
    const get = async (): Promise<string> => {
      process.send(`GET ${url}`)
      return process.next()
    }
    expect([await textOf(cache, url), await get()]).toEqual(['{"n":0}', '{"n":0}'])
    process.send(`PUT ${url}`)
    expect(await process.next()).toBe('{"n":1}')
    expect([await textOf(cache, url), await get()]).toEqual(['{"n":2}', '{"n":2}'])
    await process.kill()
    expect(await textOf(cache, url)).toBe('{"n":2}')
  })

  test('both at once, many times: nobody fails, nothing is mixed up', { timeout: 60_000 }, async () => {
    const server = await serving(({ path }, response) => json(response, 200, path, { 'cache-control': 'max-age=60' }))
    const faults: Error[] = []
    const [cache, process] = [opened({ onFault: (fault) => faults.push(fault) }), await other()]
    for (let n = 0; n < 200; n++) {
      process.send(`GET ${server.url}/${n % 50}`)
      const [mine, its] = await Promise.all([textOf(cache, `${server.url}/${(n * 7) % 50}`), process.next()])
      expect([mine, its]).toEqual([`"/${(n * 7) % 50}"`, `"/${n % 50}"`])
    }
    expect(faults).toEqual([])
    expect(server.arrived.length).toBeLessThan(150)
  })
})
