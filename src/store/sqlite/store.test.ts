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

  test('is forgotten when its row is written, and no other', async () => {
    const [first, second] = [await make('a'), await make('b')]
    for (const { id } of [first, second]) await store.peek('things', id)
    const updated = await store.write((tx) => tx.update('things', first.id, first.version, { name: 'c' }))
    const asked = vi.spyOn(Connection.prototype, 'get')
    expect(store.peek('things', second.id)).toMatchObject({ version: second.version })
    expect(asked.mock.calls.filter(([sql]) => !sql.startsWith('PRAGMA'))).toEqual([])
    const { version } = updated.kind === 'done' ? updated.row : first
    expect(store.peek('things', first.id)).toMatchObject({ version, guards: { name: 'c' } })
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

describe('the revision of a table', () => {
  const write = (name: string) => {
    const other = new Connection(join(folder, 'things.db'), { durability: 'power', create: false })
    other.run('UPDATE things SET name = ?', [name])
    other.close()
  }

  test('is another one once another connection has written', async () => {
    await make('a')
    const revision = store.revision('things')
    await nextTurn()
    expect(store.revision('things')).toBe(revision)
    write('b')
    await nextTurn()
    await nextTurn()
    expect(store.revision('things')).not.toBe(revision)
  })

  test('is not known once the store is closed', async () => {
    await make('a')
    expect(store.revision('things')).toBeTypeOf('number')
    await store.close()
    expect(store.revision('things')).toBeUndefined()
  })
})
