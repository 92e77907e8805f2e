import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { openStore } from './open.ts'
import { pathOf } from './sqlite/address.ts'
import { Connection } from './sqlite/connection.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenfour-open-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('addresses', () => {
  test.each([
    ['file:./data/app.db', resolve('data/app.db')],
    ['file:app.db', resolve('app.db')],
    ['file:/srv/app.db', '/srv/app.db'],
    ['file:///srv/app.db', '/srv/app.db'],
    ['file:./with%20space.db', resolve('with space.db')],
    ['file:///srv/with%20space.db', '/srv/with space.db'],
  ])('%s', (url, path) => {
    expect(pathOf(url)).toBe(path)
  })

  test.each([
    ['file::memory:', /in memory belongs to one/],
    ['file:', /names no file/],
    ['file:./app.db?mode=ro', /takes no parameters/],
    ['postgres://localhost/app', /not supported yet/],
    ['postgresql://localhost/app', /not supported yet/],
    ['mysql://localhost/app', /nothing answers to mysql:/],
    ['./app.db', /a SQLite file as file:\.\/app\.db$/],
    ['/srv/app.db', /a SQLite file as file:\/srv\/app\.db$/],
    ['', /a SQLite file as file:\.\/data\/app\.db$/],
    ['file:./100%.db', /a % stands for itself as %25/],
  ])('%s is refused, and says why', async (url, message) => {
    await expect(openStore(url)).rejects.toThrow(message)
  })
})

describe('opening', () => {
  test('makes the folders that are missing', async () => {
    const path = join(folder, 'a', 'b', 'app.db')
    const store = await openStore(pathToFileURL(path).href)
    expect(existsSync(path)).toBe(true)
    await store.close()
  })

  const file = join(folder, 'plain')
  writeFileSync(file, 'text')
  test.each([
    ['a folder', folder, 'is a folder'],
    ['a device', '/dev/null', 'is no file'],
    ['a path through a file', join(file, 'app.db'), `${file} is a file`],
    ['a path through a file and further', join(file, 'a/b/app.db'), `${file} is a file`],
    ['where nobody can make a folder', '/proc/self/a/app.db', 'the folder /proc/self/a cannot be made'],
    ['what is no database', file, 'the database cannot be used'],
  ])('%s is refused at once, and says why', async (_, path, message) => {
    const start = performance.now()
    const refused: unknown = await openStore(`file:${path}`).catch((error: unknown) => error)
    expect(refused).toMatchObject({ name: 'Unavailable', message: expect.stringContaining(message) as string })
    expect(performance.now() - start).toBeLessThan(500)
    expect(readFileSync(file, 'utf8')).toBe('text')
  })

  test.each([
    ['power', 2],
    ['process', 1],
  ] as const)('durability %s sets synchronous to %d, with a write-ahead log and foreign keys', (durability, level) => {
    const connection = new Connection(join(folder, `${durability}.db`), { durability, create: true })
    const setting = (name: string) => connection.get(`PRAGMA ${name}`)?.[0]
    expect(setting('journal_mode')).toBe('wal')
    expect(setting('synchronous')).toBe(level)
    expect(setting('foreign_keys')).toBe(1)
    expect(setting('busy_timeout')).toBe(0)
    connection.close()
  })
})
