/** Pages of rows in an order, from any row, either way. */
import { describe, expect, test } from 'vitest'
import type { ListQuery, Row, SortKey, Value } from '../../server/storage.ts'
import { ASC, DESC, EPOCH, attempt } from './world.test-suite.ts'
import type { Values, World } from './world.test-suite.ts'

export function listContract(world: World): void {
  describe('lists', () => {
    const titles = ['b', 'a', 'B', 'é', 'z', '\u{FF5E}', '\u{1F600}', '', 'aa', 'b']
    const ranks = [3, undefined, 1, null, 2, 2, undefined, -1, 3, 0]

    /** Ten articles of two authors, made over five milliseconds. */
    const fill = async () => {
      const authors = [await world.author('a'), await world.author('b')]
      const rows: Row[] = []
      for (const [n, title] of titles.entries()) {
        world.now = EPOCH + Math.floor(n / 2)
        rows.push(await world.make('articles', { title, rank: ranks[n], authorId: authors[n % 2]?.id }))
      }
      return { authors, rows }
    }

    const page = async (query: ListQuery) => {
      const rows = await world.store.list('articles', query)
      return rows.map((row) => row.id)
    }

    test.each<[string, readonly SortKey[], number[]]>([
      ['-createdAt', [DESC('createdAt')], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
      ['createdAt', [ASC('createdAt')], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
      ['-id', [DESC('id')], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
      ['nothing: by id', [], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
      ['title, by code point', [ASC('title')], [7, 2, 1, 8, 0, 9, 4, 3, 5, 6]],
      ['rank: absent and null first', [ASC('rank')], [1, 3, 6, 7, 9, 2, 4, 5, 0, 8]],
      ['-rank: absent and null last', [DESC('rank')], [8, 0, 5, 4, 2, 9, 7, 6, 3, 1]],
      ['-rank, title: mixed directions', [DESC('rank'), ASC('title')], [8, 0, 4, 5, 2, 9, 7, 1, 3, 6]],
      ['rank, -title: the same from its other end', [ASC('rank'), DESC('title')], [6, 3, 1, 7, 9, 2, 5, 4, 0, 8]],
    ])('sorted by %s', async (_, sort, expected) => {
      const { rows } = await fill()
      const ids = expected.map((n) => rows[n]?.id)
      expect(await page({ filter: {}, sort, limit: 100 })).toEqual(ids)
      for (const limit of [1, 3, 10]) {
        const walked: string[] = []
        for (let last: Row | undefined; ;) {
          const next = await world.store.list('articles', {
            filter: {},
            sort,
            limit,
            ...(last && { from: from(sort, last) }),
          })
          last = next.at(-1)
          if (last === undefined) break
          walked.push(...next.map((row) => row.id))
        }
        expect(walked).toEqual(ids)
      }
      for (const [place, id] of ids.entries()) {
        const start = from(
          sort,
          rows.find((row) => row.id === id),
        )
        expect(await page({ filter: {}, sort, limit: 100, from: start })).toEqual(ids.slice(place + 1))
        expect(await page({ filter: {}, sort, limit: 3, from: start, backwards: true })).toEqual(
          ids.slice(Math.max(0, place - 3), place),
        )
      }
      expect(await page({ filter: {}, sort, limit: 4, backwards: true })).toEqual(ids.slice(-4))
    })

    test('filtered by equality, null and absent alike', async () => {
      const { authors, rows } = await fill()
      const sort = [DESC('createdAt')]
      expect(await page({ filter: { authorId: authors[1]?.id }, sort, limit: 100 })).toEqual(
        [9, 7, 5, 3, 1].map((n) => rows[n]?.id),
      )
      expect(await page({ filter: { authorId: 'nobody' }, sort, limit: 100 })).toEqual([])
      expect(await page({ filter: { rank: null }, sort: [], limit: 100 })).toEqual([1, 3, 6].map((n) => rows[n]?.id))
      expect(await page({ filter: { rank: 3 }, sort: [], limit: 100 })).toEqual([0, 8].map((n) => rows[n]?.id))
      expect(await page({ filter: { rank: '3' }, sort: [], limit: 100 })).toEqual([])
    })

    test('filtered as its uniqueness compares', async () => {
      const sort = [DESC('createdAt')]
      const { id } = await world.make('users', { email: 'Ärzte@X.org', role: 'a' })
      await world.make('users', { email: 'other@x.org', role: 'a' })
      const found = async (filter: Values) =>
        (await world.store.list('users', { filter, sort, limit: 9 })).map((row) => row.id)
      for (const email of ['Ärzte@X.org', 'ärzte@x.ORG']) {
        expect(await found({ email })).toEqual([id])
        expect(await found({ email, role: 'a' })).toEqual([id])
        expect(await found({ email, role: 'A' })).toEqual([])
        expect(await world.store.count('users', { email })).toBe(1)
      }
      expect(await found({ email: 'rzte@x.org' })).toEqual([])
      expect(await found({ email: 7 })).toEqual([])
    })

    test('go on from a row that is gone', async () => {
      const { rows } = await fill()
      const sort = [DESC('createdAt')]
      const gone = rows[5]
      if (gone === undefined) throw new Error('no row')
      await world.store.write((tx) => tx.remove('articles', gone.id, gone.version))
      const next = await page({ filter: {}, sort, limit: 2, from: from(sort, gone) })
      expect(next).toEqual([rows[4]?.id, rows[3]?.id])
    })

    test('a list without an index is a bug of the caller', async () => {
      const list = (filter: Values, sort: readonly SortKey[]) =>
        attempt(() => world.store.list('articles', { filter, sort, limit: 1 }))
      await expect(list({ title: 'x' }, [])).rejects.toThrow(TypeError)
      await expect(list({}, [ASC('authorId')])).rejects.toThrow(TypeError)
      await expect(list({ authorId: 'x' }, [ASC('title')])).rejects.toThrow(TypeError)
      await expect(list({}, [DESC('rank'), DESC('title')])).rejects.toThrow(TypeError)
    })

    test('are counted', async () => {
      const { authors } = await fill()
      expect(await world.store.count('articles', {})).toBe(10)
      expect(await world.store.count('articles', { authorId: authors[0]?.id })).toBe(5)
      expect(await world.store.count('articles', { rank: 2 })).toBe(2)
      expect(await world.store.count('articles', { authorId: authors[0]?.id, rank: undefined })).toBe(1)
      expect(await world.store.count('articles', { rank: 'x' })).toBe(0)
      await expect(attempt(() => world.store.count('articles', { title: 'x', authorId: 'y' }))).rejects.toThrow(
        TypeError,
      )
    })
  })
}

function from(sort: readonly SortKey[], row: Row | undefined): NonNullable<ListQuery['from']> {
  if (row === undefined) throw new Error('no row to go on from')
  return { keys: sort.map(({ column }) => keyOf(row, column)), id: row.id }
}

function keyOf(row: Row, column: string): Value {
  if (column === 'id') return row.id
  if (column === 'createdAt') return row.createdAt
  return column === 'updatedAt' ? row.version : row.values[column]
}
