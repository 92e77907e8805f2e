/**
 * What every engine behind the storage port does: one suite, run by each.
 *
 * Each test opens an engine of its own, empty, whose clock the test holds.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Inserted, ListQuery, Row, SortKey, Store, Table, Transaction, Value } from '../server/storage.ts'

type Values = Readonly<Record<string, Value>>
type Open = (options: { readonly now: () => number }) => Promise<Store>

const EPOCH = 1_700_000_000_000
const ASC = (column: string): SortKey => ({ column, descending: false })
const DESC = (column: string): SortKey => ({ column, descending: true })

const users: Table = {
  name: 'users',
  columns: [
    { name: 'email', type: 'text', unique: 'folded', required: true },
    { name: 'username', type: 'text', unique: 'exact', required: false },
    { name: 'role', type: 'text', required: false },
  ],
  guards: ['role'],
  indexes: [],
}

/** Names that SQL keeps for itself, and a column of every type. */
const order: Table = {
  name: 'order',
  columns: [
    { name: 'select', type: 'text', required: false },
    { name: 'version', type: 'integer', required: false },
    { name: 'Created_At', type: 'real', required: false },
    { name: 'nulls', type: 'boolean', required: false },
    { name: 'a "quoted" name', type: 'json', required: false },
  ],
  guards: ['select', 'nulls', 'a "quoted" name'],
  indexes: [],
}

const articles: Table = {
  name: 'articles',
  columns: [
    { name: 'title', type: 'text', required: true },
    { name: 'slug', type: 'text', unique: 'exact', required: false },
    { name: 'rank', type: 'integer', required: false },
    { name: 'authorId', type: 'text', required: true, references: { table: 'users', onDelete: 'restrict' } },
    { name: 'parentId', type: 'text', required: false, references: { table: 'articles', onDelete: 'cascade' } },
  ],
  guards: ['authorId', 'rank'],
  indexes: [
    { filter: [], sort: [DESC('createdAt')] },
    { filter: [], sort: [DESC('updatedAt')] },
    { filter: [], sort: [ASC('title')] },
    { filter: [], sort: [ASC('rank')] },
    { filter: [], sort: [DESC('rank'), ASC('title')] },
    { filter: [], sort: [DESC('id')] },
    { filter: ['authorId'], sort: [DESC('createdAt')] },
    { filter: ['authorId', 'rank'], sort: [ASC('rank'), DESC('title')] },
    { filter: ['rank'], sort: [] },
  ],
}

const comments: Table = {
  name: 'comments',
  columns: [
    { name: 'articleId', type: 'text', required: true, references: { table: 'articles', onDelete: 'cascade' } },
    { name: 'expires', type: 'integer', required: false },
  ],
  guards: [],
  indexes: [{ filter: [], sort: [ASC('expires')] }],
}

const pins: Table = {
  name: 'pins',
  columns: [
    { name: 'articleId', type: 'text', required: true, references: { table: 'articles', onDelete: 'restrict' } },
  ],
  guards: [],
  indexes: [],
}

export function storeContract(name: string, open: Open): void {
  describe(`the storage contract: ${name}`, () => {
    let now = EPOCH
    let store: Store

    beforeEach(async () => {
      now = EPOCH
      store = await open({ now: () => now })
      await store.prepare([users, order, articles, comments, pins])
    })
    afterEach(() => store.close())

    const insert = (table: string, values: Values, id?: string) => store.write((tx) => tx.insert(table, values, id))
    const make = async (table: string, values: Values, id?: string): Promise<Row> =>
      rowOf(await insert(table, values, id))
    const author = (email = 'ann@example.org') => make('users', { email })

    describe('values', () => {
      test.each<[string, Values]>([
        [
          'every type',
          { select: 'text', version: 7, Created_At: 1.5, nulls: true, 'a "quoted" name': { deep: [1, null] } },
        ],
        ['falsy values', { select: '', version: 0, Created_At: 0, nulls: false, 'a "quoted" name': 0 }],
        ['nothing: every column is absent', {}],
        ['null everywhere', { select: null, version: null, Created_At: null, nulls: null, 'a "quoted" name': null }],
        ['null beside absent', { version: null, nulls: false }],
        ['large numbers', { version: Number.MAX_SAFE_INTEGER, Created_At: 1e300 }],
        ['negative numbers', { version: Number.MIN_SAFE_INTEGER, Created_At: -0.25 }],
        ['text of every kind', { select: 'a\u0000b \u{1F600} \'" % _ \\ é\n' }],
        ['JSON strings', { 'a "quoted" name': 'null' }],
        ['JSON arrays', { 'a "quoted" name': [[], {}, 'x', false, 1.5] }],
      ])('come back as they were stored: %s', async (_, values) => {
        const stored = await make('order', values)
        expect(stored.values).toEqual(values)
        expect(await store.read('order', stored.id)).toEqual(stored)
        expect(Object.keys((await store.read('order', stored.id))?.values ?? {}).toSorted()).toEqual(
          Object.keys(values).toSorted(),
        )
      })

      test('undefined is absent', async () => {
        const row = await make('order', { select: undefined, version: 1 })
        expect(row.values).toStrictEqual({ version: 1 })
        expect((await store.read('order', row.id))?.values).toStrictEqual({ version: 1 })
      })

      test('an update turns value, null and absent into one another, and leaves the rest', async () => {
        const row = await make('order', { select: 'a', version: 1, nulls: null, 'a "quoted" name': [1] })
        const changed = rowOf(
          await store.write((tx) =>
            tx.update('order', row.id, row.version, { select: null, version: undefined, nulls: true }),
          ),
        )
        expect(changed.values).toStrictEqual({ select: null, nulls: true, 'a "quoted" name': [1] })
        expect(await store.read('order', row.id)).toStrictEqual(changed)
        const again = rowOf(
          await store.write((tx) => tx.update('order', row.id, changed.version, { select: 'b', nulls: undefined })),
        )
        expect(again.values).toStrictEqual({ select: 'b', 'a "quoted" name': [1] })
        expect(await store.read('order', row.id)).toStrictEqual(again)
      })

      test('a value of another type than its column is a bug of the caller', async () => {
        await expect(insert('order', { version: '7' })).rejects.toThrow(TypeError)
        await expect(insert('order', { select: 7 })).rejects.toThrow(TypeError)
        await expect(insert('order', { nulls: 1 })).rejects.toThrow(TypeError)
        await expect(insert('order', { version: 1.5 })).rejects.toThrow(TypeError)
      })

      test('unknown tables and columns are bugs of the caller', async () => {
        await expect(insert('nowhere', {})).rejects.toThrow(TypeError)
        await expect(insert('users', { email: 'a', nothing: 1 })).rejects.toThrow(TypeError)
        await expect(attempt(() => store.read('nowhere', 'x'))).rejects.toThrow(TypeError)
        await expect(attempt(() => store.find('users', 'role', 'x'))).rejects.toThrow(TypeError)
      })
    })

    describe('ids, versions and times', () => {
      test('ids are UUIDs of version 7, each greater than the one before, though the clock stands still', async () => {
        const rows = await Promise.all(Array.from({ length: 300 }, () => make('order', {})))
        const ids = rows.map((row) => row.id)
        expect(ids.toSorted()).toEqual(ids)
        expect(new Set(ids).size).toBe(300)
        for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
      })

      test('the caller may give the id; one that is taken is a conflict', async () => {
        expect((await make('users', { email: 'a@example.org' }, 'ann')).id).toBe('ann')
        expect(await insert('users', { email: 'b@example.org' }, 'ann')).toEqual({ kind: 'conflict', columns: ['id'] })
        expect(await insert('users', { email: 'A@example.org' }, 'ann')).toEqual({
          kind: 'conflict',
          columns: ['id', 'email'],
        })
      })

      test('a new row has the time of the clock as its time and version', async () => {
        expect(await author()).toMatchObject({ version: EPOCH, createdAt: EPOCH })
      })

      test('a version grows with every change, whatever the clock does', async () => {
        const row = await author()
        const role = async (expected: number, value: string) =>
          rowOf(await store.write((tx) => tx.update('users', row.id, expected, { role: value })))
        const second = await role(row.version, 'a')
        expect(second.version).toBe(EPOCH + 1)
        now = EPOCH - 5_000
        const third = await role(second.version, 'b')
        expect(third.version).toBe(EPOCH + 2)
        now = EPOCH + 60_000
        const fourth = await role(third.version, 'c')
        expect(fourth).toMatchObject({ version: EPOCH + 60_000, createdAt: EPOCH })
      })

      test('a row made again under its id within the same millisecond has another version', async () => {
        const first = await make('users', { email: 'a' }, 'ann')
        await store.write((tx) => tx.remove('users', 'ann', first.version))
        const second = await make('users', { email: 'b' }, 'ann')
        expect(second.version).toBeGreaterThan(first.version)
      })

      test('another version than expected is stale, and nothing is written', async () => {
        const row = await author()
        const update = (expected: number) => store.write((tx) => tx.update('users', row.id, expected, { role: 'x' }))
        expect(await update(row.version - 1)).toEqual({ kind: 'stale' })
        expect(await update(row.version + 1)).toEqual({ kind: 'stale' })
        expect(await store.write((tx) => tx.remove('users', row.id, row.version + 1))).toEqual({ kind: 'stale' })
        expect(await store.read('users', row.id)).toEqual(row)
        expect(await store.write((tx) => tx.remove('users', row.id, row.version))).toEqual({ kind: 'done' })
        expect(await update(row.version)).toEqual({ kind: 'stale' })
        expect(await store.write((tx) => tx.remove('users', row.id, row.version))).toEqual({ kind: 'stale' })
      })

      test('of a hundred writers that expect one version, one wins', async () => {
        const row = await author()
        const outcomes = await Promise.all(
          Array.from({ length: 100 }, (_, n) =>
            store.write((tx) => tx.update('users', row.id, row.version, { role: `writer ${n}` })),
          ),
        )
        expect(outcomes.filter((outcome) => outcome.kind === 'done')).toHaveLength(1)
        expect(outcomes.filter((outcome) => outcome.kind === 'stale')).toHaveLength(99)
      })
    })

    describe('uniqueness', () => {
      test('names every member that is taken', async () => {
        await make('users', { email: 'ann@example.org', username: 'ann' })
        await make('users', { email: 'bob@example.org', username: 'bob' })
        const both = { email: 'ann@example.org', username: 'bob' }
        expect(await insert('users', both)).toEqual({ kind: 'conflict', columns: ['email', 'username'] })
        const row = await make('users', { email: 'eve@example.org' })
        expect(await store.write((tx) => tx.update('users', row.id, row.version, both))).toEqual({
          kind: 'conflict',
          columns: ['email', 'username'],
        })
        expect(await store.read('users', row.id)).toEqual(row)
      })

      test.each([
        ['ann@example.org', 'ANN@Example.Org'],
        ['ärger@example.org', 'ÄRGER@example.org'],
        ['ΑΘΉΝΑ', 'αθήνα'],
      ])('folds by Unicode: %s and %s are one', async (one, other) => {
        const row = await make('users', { email: one })
        expect(await insert('users', { email: other })).toEqual({ kind: 'conflict', columns: ['email'] })
        expect(await store.find('users', 'email', other)).toEqual(row)
        expect(row.values.email).toBe(one)
      })

      test('exact is exact', async () => {
        const row = await make('users', { email: 'a', username: 'ann' })
        expect((await insert('users', { email: 'b', username: 'Ann' })).kind).toBe('done')
        expect(await store.find('users', 'username', 'ann')).toEqual(row)
        expect(await store.find('users', 'username', 'ANN')).toBeUndefined()
      })

      test('absent and null never collide, and are never found', async () => {
        await make('users', { email: 'a' })
        await make('users', { email: 'b' })
        await make('users', { email: 'c', username: null })
        await make('users', { email: 'd', username: null })
        expect(await store.count('users', {})).toBe(4)
        expect(await store.find('users', 'username', null)).toBeUndefined()
        expect(await store.find('users', 'username', undefined)).toBeUndefined()
        expect(await store.find('users', 'username', 7)).toBeUndefined()
      })

      test('a row is no rival of its own, and sets its value free', async () => {
        const row = await make('users', { email: 'ann@example.org', username: 'ann' })
        const same = rowOf(
          await store.write((tx) =>
            tx.update('users', row.id, row.version, { email: 'Ann@example.org', username: 'ann' }),
          ),
        )
        expect(await store.find('users', 'email', 'ANN@EXAMPLE.ORG')).toEqual(same)
        rowOf(await store.write((tx) => tx.update('users', row.id, same.version, { username: undefined })))
        expect((await insert('users', { email: 'bob@example.org', username: 'ann' })).kind).toBe('done')
      })

      test('of fifty sign-ups with one address, one is stored', async () => {
        const outcomes = await Promise.all(
          Array.from({ length: 50 }, () => insert('users', { email: 'ann@example.org' })),
        )
        expect(outcomes.filter((outcome) => outcome.kind === 'done')).toHaveLength(1)
        expect(outcomes.filter((outcome) => outcome.kind === 'conflict')).toHaveLength(49)
        expect(await store.count('users', {})).toBe(1)
      })
    })

    describe('references', () => {
      test('name every target that does not exist', async () => {
        const { id: authorId } = await author()
        expect(await insert('articles', { title: 'x', authorId: 'nobody', parentId: 'nothing' })).toEqual({
          kind: 'dangling',
          columns: ['authorId', 'parentId'],
        })
        const row = await make('articles', { title: 'x', authorId })
        expect(await store.write((tx) => tx.update('articles', row.id, row.version, { parentId: 'nothing' }))).toEqual({
          kind: 'dangling',
          columns: ['parentId'],
        })
        expect((await insert('articles', { title: 'x', authorId, parentId: null })).kind).toBe('done')
      })

      test('a row may refer to itself', async () => {
        const { id: authorId } = await author()
        const row = await make('articles', { title: 'x', authorId, parentId: 'self' }, 'self')
        expect(await store.write((tx) => tx.remove('articles', row.id, row.version))).toEqual({ kind: 'done' })
      })

      test('restrict: a row that is referred to stays', async () => {
        const user = await author()
        const article = await make('articles', { title: 'x', authorId: user.id })
        const remove = () => store.write((tx) => tx.remove('users', user.id, user.version))
        expect(await remove()).toEqual({ kind: 'restricted', table: 'articles' })
        expect(await store.read('users', user.id)).toEqual(user)
        await store.write((tx) => tx.remove('articles', article.id, article.version))
        expect(await remove()).toEqual({ kind: 'done' })
      })

      test('cascade: what refers to a row goes with it, and what refers to that', async () => {
        const { id: authorId } = await author()
        const top = await make('articles', { title: 'top', authorId })
        const child = await make('articles', { title: 'child', authorId, parentId: top.id })
        const comment = await make('comments', { articleId: child.id })
        expect(await store.peek('comments', comment.id)).toBeDefined()
        expect(await store.peek('articles', child.id)).toBeDefined()
        expect(await store.write((tx) => tx.remove('articles', top.id, top.version))).toEqual({ kind: 'done' })
        expect(await store.read('articles', child.id)).toBeUndefined()
        expect(await store.read('comments', comment.id)).toBeUndefined()
        expect(await store.peek('articles', child.id)).toBeUndefined()
        expect(await store.peek('comments', comment.id)).toBeUndefined()
      })

      test('restrict holds for rows that would go along, also when they refer to one another in a circle', async () => {
        const { id: authorId } = await author()
        const top = await make('articles', { title: 'top', authorId })
        const child = await make('articles', { title: 'child', authorId, parentId: top.id })
        const round = rowOf(
          await store.write((tx) => tx.update('articles', top.id, top.version, { parentId: child.id })),
        )
        const pin = await make('pins', { articleId: child.id })
        const remove = () => store.write((tx) => tx.remove('articles', top.id, round.version))
        expect(await remove()).toEqual({ kind: 'restricted', table: 'pins' })
        expect(await store.count('articles', {})).toBe(2)
        await store.write((tx) => tx.remove('pins', pin.id, pin.version))
        expect(await remove()).toEqual({ kind: 'done' })
        expect(await store.count('articles', {})).toBe(0)
      })
    })

    describe('heads', () => {
      test('hold the guards that are not absent', async () => {
        const { id: authorId } = await author()
        const row = await make('articles', { title: 'x', authorId, rank: null })
        expect(await store.peek('articles', row.id)).toStrictEqual({
          id: row.id,
          version: row.version,
          createdAt: row.createdAt,
          guards: { authorId, rank: null },
        })
        const bare = await make('order', { nulls: false, 'a "quoted" name': { a: 1 } })
        expect((await store.peek('order', bare.id))?.guards).toStrictEqual({
          nulls: false,
          'a "quoted" name': { a: 1 },
        })
        expect(await store.peek('articles', 'nothing')).toBeUndefined()
      })

      test('follow every change', async () => {
        const row = await author()
        expect((await store.peek('users', row.id))?.guards).toEqual({})
        const changed = rowOf(await store.write((tx) => tx.update('users', row.id, row.version, { role: 'admin' })))
        expect(await store.peek('users', row.id)).toMatchObject({ version: changed.version, guards: { role: 'admin' } })
        await store.write((tx) => tx.remove('users', row.id, changed.version))
        expect(await store.peek('users', row.id)).toBeUndefined()
      })

      test('do not follow a change that was undone', async () => {
        const row = await author()
        await store.peek('users', row.id)
        await expect(
          store.write((tx) => {
            tx.update('users', row.id, row.version, { role: 'admin' })
            throw new Error('undo')
          }),
        ).rejects.toThrow('undo')
        expect(await store.peek('users', row.id)).toMatchObject({ version: row.version, guards: {} })
      })
    })

    describe('transactions', () => {
      test('see their own writes; others see them once committed', async () => {
        const seen = await store.write(async (tx) => {
          const row = rowOf(await tx.insert('users', { email: 'ann@example.org' }))
          return {
            inside: await tx.read('users', row.id),
            found: await tx.find('users', 'email', 'ANN@example.org'),
            counted: await tx.count('users', {}),
            listed: await tx.list('users', { filter: {}, sort: [], limit: 10 }),
            outside: await store.read('users', row.id),
            peeked: await store.peek('users', row.id),
            countedOutside: await store.count('users', {}),
          }
        })
        expect(seen.inside).toBeDefined()
        expect(seen.found).toEqual(seen.inside)
        expect(seen.listed).toEqual([seen.inside])
        expect(seen).toMatchObject({ counted: 1, outside: undefined, peeked: undefined, countedOutside: 0 })
        expect(await store.count('users', {})).toBe(1)
      })

      test('what throws leaves nothing behind, and harms no other write', async () => {
        const outcomes = await Promise.allSettled([
          insert('users', { email: 'a' }),
          store.write((tx) => insertAndThrow(tx, false)),
          insert('users', { email: 'b' }),
          store.write((tx) => {
            tx.insert('users', { email: 'lost@example.org' })
            throw new RangeError('no')
          }),
          store.write((tx) => insertAndThrow(tx, true)),
          insert('users', { email: 'c' }),
        ])
        expect(outcomes.map((outcome) => outcome.status)).toEqual([
          'fulfilled',
          'rejected',
          'fulfilled',
          'rejected',
          'rejected',
          'fulfilled',
        ])
        const thrown = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
        expect(thrown).toEqual(Array.from({ length: 3 }, () => expect.any(RangeError)))
        expect(await emails(store)).toEqual(['a', 'b', 'c'])
      })

      test('a result that is a refusal is undone and returned', async () => {
        const outcome = await store.write(
          async (tx) => {
            await tx.insert('users', { email: 'first' })
            return tx.insert('users', { email: 'FIRST' })
          },
          (result) => result.kind !== 'done',
        )
        expect(outcome).toEqual({ kind: 'conflict', columns: ['email'] })
        expect(await emails(store)).toEqual([])
      })

      test('a refused statement undoes itself alone', async () => {
        await store.write(async (tx) => {
          await tx.insert('users', { email: 'first' })
          expect((await tx.insert('users', { email: 'First' })).kind).toBe('conflict')
          await tx.insert('users', { email: 'second' })
        })
        expect(await emails(store)).toEqual(['first', 'second'])
      })

      test('writes run one after another, also when they wait', async () => {
        const row = await make('order', { version: 0 })
        const increment = () =>
          store.write(async (tx) => {
            const read = await tx.read('order', row.id)
            await new Promise((resolve) => setTimeout(resolve, 1))
            return tx.update('order', row.id, read?.version ?? 0, { version: Number(read?.values.version) + 1 })
          })
        await Promise.all(Array.from({ length: 10 }, increment))
        expect((await store.read('order', row.id))?.values.version).toBe(10)
      })

      test('one that has ended cannot be used', async () => {
        let kept: Transaction | undefined
        await store.write((tx) => {
          kept = tx
        })
        await expect(attempt(() => kept?.read('users', 'x'))).rejects.toThrow('ended')
        await expect(attempt(() => kept?.insert('users', { email: 'late' }))).rejects.toThrow('ended')
        expect(await store.count('users', {})).toBe(0)
      })

      test('removeAll takes every row with a value, and every row below one', async () => {
        const { id: authorId } = await author()
        const one = await make('articles', { title: 'one', authorId })
        const two = await make('articles', { title: 'two', authorId })
        for (const expires of [10, 20, 30, undefined]) await make('comments', { articleId: one.id, expires })
        const kept = await make('comments', { articleId: two.id, expires: 5 })
        await store.peek('comments', kept.id)
        const removeAll = (where: Parameters<Transaction['removeAll']>[1]) =>
          store.write((tx) => tx.removeAll('comments', where))
        expect(await removeAll({ column: 'expires', below: 20 })).toBe(2)
        expect(await store.peek('comments', kept.id)).toBeUndefined()
        expect(await removeAll({ column: 'articleId', equals: two.id })).toBe(0)
        expect(await removeAll({ column: 'articleId', equals: null })).toBe(0)
        expect(await removeAll({ column: 'articleId', equals: one.id })).toBe(3)
        expect(await store.count('comments', {})).toBe(0)
        expect(await store.write((tx) => tx.removeAll('users', { column: 'email', equals: 'nobody' }))).toBe(0)
        await expect(store.write((tx) => tx.removeAll('users', { column: 'role', equals: 'x' }))).rejects.toThrow(
          TypeError,
        )
      })
    })

    describe('lists', () => {
      const titles = ['b', 'a', 'B', 'é', 'z', '\u{FF5E}', '\u{1F600}', '', 'aa', 'b']
      const ranks = [3, undefined, 1, null, 2, 2, undefined, -1, 3, 0]

      /** Ten articles of two authors, made over five milliseconds. */
      const fill = async () => {
        const authors = [await author('a'), await author('b')]
        const rows: Row[] = []
        for (const [n, title] of titles.entries()) {
          now = EPOCH + Math.floor(n / 2)
          rows.push(await make('articles', { title, rank: ranks[n], authorId: authors[n % 2]?.id }))
        }
        return { authors, rows }
      }

      const page = async (query: ListQuery) => {
        const rows = await store.list('articles', query)
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
            const next = await store.list('articles', {
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

      test('go on from a row that is gone', async () => {
        const { rows } = await fill()
        const sort = [DESC('createdAt')]
        const gone = rows[5]
        if (gone === undefined) throw new Error('no row')
        await store.write((tx) => tx.remove('articles', gone.id, gone.version))
        const next = await page({ filter: {}, sort, limit: 2, from: from(sort, gone) })
        expect(next).toEqual([rows[4]?.id, rows[3]?.id])
      })

      test('a list without an index is a bug of the caller', async () => {
        const list = (filter: Values, sort: readonly SortKey[]) =>
          attempt(() => store.list('articles', { filter, sort, limit: 1 }))
        await expect(list({ title: 'x' }, [])).rejects.toThrow(TypeError)
        await expect(list({}, [ASC('authorId')])).rejects.toThrow(TypeError)
        await expect(list({ authorId: 'x' }, [ASC('title')])).rejects.toThrow(TypeError)
        await expect(list({}, [DESC('rank'), DESC('title')])).rejects.toThrow(TypeError)
      })

      test('are counted', async () => {
        const { authors } = await fill()
        expect(await store.count('articles', {})).toBe(10)
        expect(await store.count('articles', { authorId: authors[0]?.id })).toBe(5)
        expect(await store.count('articles', { rank: 2 })).toBe(2)
        expect(await store.count('articles', { authorId: authors[0]?.id, rank: undefined })).toBe(1)
        expect(await store.count('articles', { rank: 'x' })).toBe(0)
        await expect(attempt(() => store.count('articles', { title: 'x', authorId: 'y' }))).rejects.toThrow(TypeError)
      })
    })

    describe('the store itself', () => {
      test('preparing again changes nothing', async () => {
        const row = await author()
        await store.prepare([users, order, articles, comments, pins])
        expect(await store.read('users', row.id)).toEqual(row)
        expect(await store.find('users', 'email', 'ANN@example.org')).toEqual(row)
      })

      test('answers a ping', async () => {
        await expect(attempt(() => store.ping())).resolves.toBeUndefined()
        expect(store.reachable).toBe(true)
      })

      test('closing waits for the writes under way; after it, every call is Unavailable', async () => {
        const written = store.write(async (tx) => {
          await new Promise((resolve) => setTimeout(resolve, 20))
          return tx.insert('users', { email: 'last@example.org' })
        })
        const closed = store.close()
        expect((await written).kind).toBe('done')
        await closed
        expect(store.reachable).toBe(false)
        await expect(attempt(() => store.read('users', 'x'))).rejects.toMatchObject({ name: 'Unavailable' })
        await expect(attempt(() => store.peek('users', 'x'))).rejects.toMatchObject({ name: 'Unavailable' })
        await expect(insert('users', { email: 'x' })).rejects.toMatchObject({ name: 'Unavailable' })
        await expect(attempt(() => store.ping())).rejects.toMatchObject({ name: 'Unavailable' })
        await store.close()
      })
    })
  })
}

/** Throws where a row was meant to be written. */
function rowOf(outcome: Inserted | { readonly kind: 'stale' }): Row {
  if (outcome.kind !== 'done') throw new Error(`No row was written: ${JSON.stringify(outcome)}`)
  return outcome.row
}

/** An engine may throw at once, or reject: either is refusing. */
async function attempt<T>(ask: () => T): Promise<Awaited<T>> {
  return await ask()
}

async function insertAndThrow(tx: Transaction, later: boolean): Promise<never> {
  rowOf(await tx.insert('users', { email: 'lost@example.org' }))
  if (later) await new Promise((resolve) => setTimeout(resolve, 5))
  throw new RangeError('no')
}

async function emails(store: Store): Promise<Value[]> {
  const rows = await store.list('users', { filter: {}, sort: [], limit: 100 })
  return rows.map((row) => row.values.email)
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
