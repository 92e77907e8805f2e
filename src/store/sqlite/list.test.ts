import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ListQuery, SortKey, Table, Value } from '../../server/storage.ts'
import { Connection } from './connection.ts'
import { rangesOf } from './list.ts'
import { migrate } from './migration.ts'
import { SqlReader } from './reader.ts'
import { shapeOf } from './shape.ts'

const ASC = (column: string): SortKey => ({ column, descending: false })
const DESC = (column: string): SortKey => ({ column, descending: true })

const table: Table = {
  name: 'articles',
  columns: [
    { name: 'title', type: 'text', required: true },
    { name: 'rank', type: 'integer', required: false },
    { name: 'authorId', type: 'text', required: true },
    { name: 'slug', type: 'text', unique: 'exact', required: false },
  ],
  guards: [],
  indexes: [
    { filter: [], sort: [DESC('createdAt')] },
    { filter: [], sort: [ASC('updatedAt')] },
    { filter: [], sort: [DESC('rank'), ASC('title')] },
    { filter: [], sort: [ASC('rank'), DESC('title'), ASC('createdAt')] },
    { filter: ['authorId'], sort: [DESC('createdAt')] },
    { filter: ['authorId', 'rank'], sort: [DESC('title'), ASC('updatedAt')] },
    { filter: ['rank'], sort: [] },
  ],
}

const folder = mkdtempSync(join(tmpdir(), 'tenfour-list-'))
const connection = new Connection(join(folder, 'list.db'), { durability: 'process', create: true })
migrate(connection, [table])
const shape = shapeOf(table)

afterAll(() => {
  connection.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Every declared list, both ways, from the start and from rows whose keys are values and are missing. */
const queries = table.indexes.flatMap(({ filter, sort }) =>
  [false, true].flatMap((reversed) =>
    [false, true].flatMap((backwards) =>
      [undefined, 'values', 'missing'].map((start): { readonly name: string; readonly query: ListQuery } => {
        const keys = sort.map(({ column, descending }) => ({ column, descending: descending !== reversed }))
        const from = start && { keys: keys.map(({ column }) => keyOf(column, start === 'missing')), id: 'x' }
        return {
          name: `filter [${filter.join()}], sort [${keys.map(({ column, descending }) => (descending ? '-' : '') + column).join()}], ${backwards ? 'backwards, ' : ''}from ${start ?? 'the start'}`,
          query: {
            filter: Object.fromEntries(filter.map((column) => [column, keyOf(column, false)])),
            sort: keys,
            backwards,
            limit: 10,
            ...(from && { from }),
          },
        }
      }),
    ),
  ),
)

describe('every list reads its index, in order, and nothing else', () => {
  test.each(queries)('$name', ({ query }) => {
    const ranges = rangesOf(shape, query)
    expect(ranges.length).toBeGreaterThan(0)
    for (const { sql, values } of ranges) {
      const plan = connection.all(`EXPLAIN QUERY PLAN ${sql}`, [...values, 10]).map((step) => String(step[3]))
      expect(plan).toHaveLength(1)
      expect(plan[0]).toMatch(/^(SEARCH|SCAN) articles USING INDEX articles__list__/)
      // Only a list without filter or start may begin at the end of its index; the limit stops it.
      expect(plan[0]?.startsWith('SEARCH') ?? false).toBe(/ WHERE /.test(sql))
    }
  })
})

test('finding, counting and removing by a value search an index', () => {
  const searches = [
    [`SELECT count(*) FROM articles WHERE "authorId" = ?`, /^SEARCH articles USING COVERING INDEX/],
    [`SELECT id FROM articles WHERE slug = ?`, /^SEARCH articles USING INDEX articles__unique__slug/],
    [`SELECT id FROM articles WHERE id = ?`, /^SEARCH articles USING COVERING INDEX sqlite_autoindex/],
  ] as const
  for (const [sql, expected] of searches) {
    expect(connection.all(`EXPLAIN QUERY PLAN ${sql}`, ['x']).map((step) => String(step[3]))).toEqual([
      expect.stringMatching(expected),
    ])
  }
})

test('a deep page costs what the first does', { timeout: 60_000 }, () => {
  const rows = 200_000
  connection.exec(`
    WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < ${rows})
    INSERT INTO articles (id, version, created_at, title, rank, "authorId")
    SELECT printf('%08d', n), n, n / 7, 'title', n % 100, 'author' || (n % 10) FROM counted`)
  const reader = new SqlReader(connection, new Map([['articles', shape]]))
  const page = (from?: number) => {
    const query: ListQuery = { filter: { authorId: 'author3' }, sort: [DESC('createdAt')], limit: 20 }
    const start =
      from === undefined
        ? query
        : { ...query, from: { keys: [Math.floor(from / 7)], id: String(from).padStart(8, '0') } }
    const times = Array.from({ length: 50 }, () => {
      const begun = performance.now()
      expect(reader.list('articles', start)).toHaveLength(20)
      return performance.now() - begun
    })
    return times.toSorted((a, b) => a - b)[10] ?? 0
  }
  page()
  const first = page()
  const deep = page(1_003)
  // Level, with room for a busy machine: skipping 19,900 rows would take a hundred times as long.
  expect(deep).toBeLessThan(first * 5 + 0.5)
})

function keyOf(column: string, missing: boolean): Value {
  switch (column) {
    case 'createdAt':
    case 'updatedAt':
      return 1_700_000_000_000
    case 'rank':
      return missing ? null : 5
    default:
      return missing && column === 'title' ? undefined : 'x'
  }
}
