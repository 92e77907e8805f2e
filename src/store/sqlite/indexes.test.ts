/** What the indexes cost, as SQLite itself counts it (`dbstat`): no entry for what is absent, and full pages. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Table, Value } from '../../server/storage.ts'
import { openSqlite } from '../sqlite.ts'
import { Connection } from './connection.ts'

const table: Table = {
  name: 'things',
  columns: [
    { name: 'slug', type: 'text', unique: 'exact', required: false },
    { name: 'email', type: 'text', unique: 'folded', required: false },
  ],
  guards: [],
  indexes: [
    { filter: [], sort: [{ column: 'createdAt', descending: true }] },
    { filter: [], sort: [{ column: 'updatedAt', descending: false }] },
  ],
}
const ROWS = 3_000

const folder = mkdtempSync(join(tmpdir(), 'tenfour-indexes-'))
const path = join(folder, 'indexes.db')
let connection: Connection

beforeAll(async () => {
  const store = await openSqlite(`file:${path}`)
  await store.prepare([table])
  const insert = (values: Readonly<Record<string, Value>>) => store.write((tx) => tx.insert('things', values))
  for (let row = 0; row < ROWS; row += 300)
    await Promise.all(Array.from({ length: 300 }, (_, at) => insert(at % 2 === 0 ? {} : { slug: null, email: null })))
  for (const name of ['a', 'b', 'c']) await insert({ slug: name, email: `${name}@x.org` })
  await store.close()
  connection = new Connection(path, { durability: 'process', create: false })
})
afterAll(() => {
  connection.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Entries of each index that was made for the table, and how full its pages are. */
function indexes(unique: boolean): { readonly entries: number; readonly full: number }[] {
  return connection
    .all(
      `SELECT sum(ncell), 1.0 - sum(dbstat.unused) * 1.0 / sum(pgsize)
       FROM pragma_index_list('things') AS made JOIN dbstat ON dbstat.name = made.name
       WHERE made.origin = 'c' AND made."unique" = ? AND pagetype = 'leaf'
       GROUP BY made.name`,
      [unique ? 1 : 0],
    )
    .map(([entries, full]) => ({ entries: Number(entries), full: Number(full) }))
}

test('a unique value that is absent or null has no entry', () => {
  expect(indexes(true).map(({ entries }) => entries)).toEqual([3, 3])
})

test('new rows are put at the end of a list by time, however it is sorted: no page is split in halves', () => {
  const lists = indexes(false)
  expect(lists).toHaveLength(2)
  for (const { entries, full } of lists) {
    // Others lie on the pages between.
    expect(entries).toBeGreaterThan(ROWS * 0.9)
    // Put anywhere else they leave pages half full.
    expect(full).toBeGreaterThan(0.75)
  }
})
