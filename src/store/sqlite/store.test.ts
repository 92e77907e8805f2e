import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Row, Store, Table } from '../../server/storage.ts'
import { openSqlite } from '../sqlite.ts'
import { Connection } from './connection.ts'

const things: Table = {
  name: 'things',
  columns: [{ name: 'name', type: 'text', required: true }],
  guards: ['name'],
  indexes: [],
}

let folder: string
let store: Store

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenfour-sqlite-'))
  store = await openSqlite(`file:${folder}/things.db`)
  await store.prepare([things])
})
afterEach(async () => {
  vi.restoreAllMocks()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const make = async (name: string): Promise<Row> => {
  const outcome = await store.write((tx) => tx.insert('things', { name }))
  if (outcome.kind !== 'done') throw new Error(outcome.kind)
  return outcome.row
}
const nextTurn = () => new Promise<void>((resolve) => void setImmediate(resolve))

describe('a head that is known', () => {
  test('is answered at once and without a question to the file, but for one look in a turn of the event loop', async () => {
    const rows = await Promise.all(Array.from({ length: 100 }, (_, n) => make(String(n))))
    for (const { id } of rows) await store.peek('things', id)
    await nextTurn()
    const asked = vi.spyOn(Connection.prototype, 'get')
    for (const { id, version } of rows) expect(store.peek('things', id)).toMatchObject({ id, version })
    expect(asked.mock.calls).toEqual([['PRAGMA data_version']])
    await nextTurn()
    await nextTurn()
    store.peek('things', rows[0]?.id ?? '')
    expect(asked).toHaveBeenCalledTimes(2)
  })

  test('is forgotten when another connection has written', async () => {
    const { id, version } = await make('a')
    expect(store.peek('things', id)).toMatchObject({ version })
    const other = new Connection(join(folder, 'things.db'), { durability: 'power', create: false })
    other.run(`UPDATE things SET version = version + 1, name = 'b' WHERE id = ?`, [id])
    await nextTurn()
    await nextTurn()
    expect(store.peek('things', id)).toMatchObject({ version: version + 1, guards: { name: 'b' } })
    other.exec('DELETE FROM things')
    other.close()
    await nextTurn()
    await nextTurn()
    expect(store.peek('things', id)).toBeUndefined()
  })

  test('of a row just written is known without reading it', async () => {
    const first = await make('a')
    await store.peek('things', first.id)
    const second = await make('b')
    const asked = vi.spyOn(Connection.prototype, 'get')
    expect(store.peek('things', second.id)).toMatchObject({ version: second.version })
    expect(asked.mock.calls.filter(([sql]) => !sql.startsWith('PRAGMA'))).toEqual([])
  })
})

test('reads answer at once, and see what was answered as written', async () => {
  const row = await make('a')
  expect(store.read('things', row.id)).toEqual(row)
  expect(store.count('things', {})).toBe(1)
  expect(store.list('things', { filter: {}, sort: [], limit: 10 })).toEqual([row])
})

test('closed while its last write fails, it stays closed', async () => {
  await store.close()
  store = await openSqlite(`file:${folder}/things.db`, { maxSize: 256 * 1024 })
  await store.prepare([things])
  const written = make('x'.repeat(1_000_000)).catch((error: unknown) => error)
  await store.close()
  expect(await written).toMatchObject({ name: 'Full' })
  await new Promise((resolve) => setTimeout(resolve, 100))
  // The last to close the file deletes its log.
  expect(existsSync(`${folder}/things.db-wal`)).toBe(false)
})

describe('a list that is known', () => {
  const list = () => store.list('things', { filter: {}, sort: [], limit: 10 })
  const names = async () => (await list()).map(({ values }) => values['name'])

  test('reads no row while the table is the same', async () => {
    await make('a')
    await list()
    const asked = vi.spyOn(Connection.prototype, 'all')
    await nextTurn()
    expect(await names()).toEqual(['a'])
    expect(asked).not.toHaveBeenCalled()
  })

  test('is forgotten when the table was written to, here or by another connection', async () => {
    const { id, version } = await make('a')
    expect(await names()).toEqual(['a'])
    const { id: second } = await make('b')
    expect(await names()).toEqual(['a', 'b'])
    await store.write((tx) => tx.update('things', id, version, { name: 'c' }))
    expect(await names()).toEqual(['c', 'b'])
    const other = new Connection(join(folder, 'things.db'), { durability: 'power', create: false })
    other.run('DELETE FROM things WHERE id = ?', [second])
    other.close()
    await nextTurn()
    await nextTurn()
    expect(await names()).toEqual(['c'])
  })

  test('is not kept when it is long', async () => {
    await make('x'.repeat(200_000))
    await list()
    const asked = vi.spyOn(Connection.prototype, 'all')
    await nextTurn()
    expect(await list()).toHaveLength(1)
    expect(asked).toHaveBeenCalledOnce()
  })
})
