/** Ids, versions and heads: what is known of a row without its content. */
import { describe, expect, test } from 'vitest'
import { EPOCH, rowOf } from './world.test-suite.ts'
import type { World } from './world.test-suite.ts'

export function versionContract(world: World): void {
  describe('ids, versions and times', () => {
    test('ids are UUIDs of version 7, each greater than the one before, though the clock stands still', async () => {
      const rows = await Promise.all(Array.from({ length: 300 }, () => world.make('order', {})))
      const ids = rows.map((row) => row.id)
      expect(ids.toSorted()).toEqual(ids)
      expect(new Set(ids).size).toBe(300)
      for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    })

    test('the caller may give the id; one that is taken is a conflict', async () => {
      expect((await world.make('users', { email: 'a@example.org' }, 'ann')).id).toBe('ann')
      expect(await world.insert('users', { email: 'b@example.org' }, 'ann')).toEqual({
        kind: 'conflict',
        columns: ['id'],
      })
      expect(await world.insert('users', { email: 'A@example.org' }, 'ann')).toEqual({
        kind: 'conflict',
        columns: ['id', 'email'],
      })
    })

    test('a new row has the time of the clock as its time and version', async () => {
      expect(await world.author()).toMatchObject({ version: EPOCH, createdAt: EPOCH })
    })

    test('a version grows with every change, whatever the clock does', async () => {
      const row = await world.author()
      const role = async (expected: number, value: string) =>
        rowOf(await world.store.write((tx) => tx.update('users', row.id, expected, { role: value })))
      const second = await role(row.version, 'a')
      expect(second.version).toBe(EPOCH + 1)
      world.now = EPOCH - 5_000
      const third = await role(second.version, 'b')
      expect(third.version).toBe(EPOCH + 2)
      world.now = EPOCH + 60_000
      const fourth = await role(third.version, 'c')
      expect(fourth).toMatchObject({ version: EPOCH + 60_000, createdAt: EPOCH })
    })

    test('a row made again under its id within the same millisecond has another version', async () => {
      const first = await world.make('users', { email: 'a' }, 'ann')
      await world.store.write((tx) => tx.remove('users', 'ann', first.version))
      const second = await world.make('users', { email: 'b' }, 'ann')
      expect(second.version).toBeGreaterThan(first.version)
    })

    test('the revision of a table is another one after each change that is kept, and only then', async () => {
      const { store } = world
      const row = await world.author()
      const seen = [store.revision('users')]
      const changed = (revision: number | undefined) => {
        expect(seen).not.toContain(revision)
        seen.push(revision)
      }
      const update = (expected: number) => store.write((tx) => tx.update('users', row.id, expected, { role: 'x' }))
      await store.read('users', row.id)
      await store.write(
        (tx) => tx.update('users', row.id, row.version, { role: 'y' }),
        () => true,
      )
      expect(store.revision('users')).toBe(seen[0])
      const updated = rowOf(await update(row.version))
      changed(store.revision('users'))
      await world.make('users', { email: 'another@example.org' })
      changed(store.revision('users'))
      await store.write((tx) => tx.remove('users', row.id, updated.version))
      changed(store.revision('users'))
      expect(typeof store.revision('order')).toBe('number')
    })

    test('another version than expected is stale, and nothing is written', async () => {
      const row = await world.author()
      const update = (expected: number) =>
        world.store.write((tx) => tx.update('users', row.id, expected, { role: 'x' }))
      expect(await update(row.version - 1)).toEqual({ kind: 'stale' })
      expect(await update(row.version + 1)).toEqual({ kind: 'stale' })
      expect(await world.store.write((tx) => tx.remove('users', row.id, row.version + 1))).toEqual({ kind: 'stale' })
      expect(await world.store.read('users', row.id)).toEqual(row)
      expect(await world.store.write((tx) => tx.remove('users', row.id, row.version))).toEqual({ kind: 'done' })
      expect(await update(row.version)).toEqual({ kind: 'stale' })
      expect(await world.store.write((tx) => tx.remove('users', row.id, row.version))).toEqual({ kind: 'stale' })
    })

    test('of a hundred writers that expect one version, one wins', async () => {
      const row = await world.author()
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          world.store.write((tx) => tx.update('users', row.id, row.version, { role: `writer ${n}` })),
        ),
      )
      expect(outcomes.filter((outcome) => outcome.kind === 'done')).toHaveLength(1)
      expect(outcomes.filter((outcome) => outcome.kind === 'stale')).toHaveLength(99)
    })
  })

  describe('heads', () => {
    test('hold the guards that are not absent', async () => {
      const { id: authorId } = await world.author()
      const row = await world.make('articles', { title: 'x', authorId, rank: null })
      expect(await world.store.peek('articles', row.id)).toStrictEqual({
        id: row.id,
        version: row.version,
        createdAt: row.createdAt,
        guards: { authorId, rank: null },
      })
      const bare = await world.make('order', { nulls: false, 'a "quoted" name': { a: 1 } })
      expect((await world.store.peek('order', bare.id))?.guards).toStrictEqual({
        nulls: false,
        'a "quoted" name': { a: 1 },
      })
      expect(await world.store.peek('articles', 'nothing')).toBeUndefined()
    })

    test('follow every change', async () => {
      const row = await world.author()
      expect((await world.store.peek('users', row.id))?.guards).toEqual({})
      const changed = rowOf(await world.store.write((tx) => tx.update('users', row.id, row.version, { role: 'admin' })))
      expect(await world.store.peek('users', row.id)).toMatchObject({
        version: changed.version,
        guards: { role: 'admin' },
      })
      await world.store.write((tx) => tx.remove('users', row.id, changed.version))
      expect(await world.store.peek('users', row.id)).toBeUndefined()
    })

    test('do not follow a change that was undone', async () => {
      const row = await world.author()
      await world.store.peek('users', row.id)
      await expect(
        world.store.write((tx) => {
          tx.update('users', row.id, row.version, { role: 'admin' })
          throw new Error('undo')
        }),
      ).rejects.toThrow('undo')
      expect(await world.store.peek('users', row.id)).toMatchObject({ version: row.version, guards: {} })
    })
  })
}
