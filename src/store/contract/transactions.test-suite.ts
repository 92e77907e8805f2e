/** Writes that are one, whole or not at all; and the life of the store itself. */
import { describe, expect, test } from 'vitest'
import type { Store, Transaction, Value } from '../../server/storage.ts'
import { TABLES, attempt, rowOf } from './world.test-suite.ts'
import type { World } from './world.test-suite.ts'

export function transactionContract(world: World): void {
  describe('transactions', () => {
    test('see their own writes; others see them once committed', async () => {
      const seen = await world.store.write(async (tx) => {
        const row = rowOf(await tx.insert('users', { email: 'ann@example.org' }))
        return {
          inside: await tx.read('users', row.id),
          found: await tx.find('users', 'email', 'ANN@example.org'),
          counted: await tx.count('users', {}),
          listed: await tx.list('users', { filter: {}, sort: [], limit: 10 }),
          outside: await world.store.read('users', row.id),
          peeked: await world.store.peek('users', row.id),
          countedOutside: await world.store.count('users', {}),
        }
      })
      expect(seen.inside).toBeDefined()
      expect(seen.found).toEqual(seen.inside)
      expect(seen.listed).toEqual([seen.inside])
      expect(seen).toMatchObject({ counted: 1, outside: undefined, peeked: undefined, countedOutside: 0 })
      expect(await world.store.count('users', {})).toBe(1)
    })

    test('what throws leaves nothing behind, and harms no other write', async () => {
      const outcomes = await Promise.allSettled([
        world.insert('users', { email: 'a' }),
        world.store.write((tx) => insertAndThrow(tx, false)),
        world.insert('users', { email: 'b' }),
        world.store.write((tx) => {
          tx.insert('users', { email: 'lost@example.org' })
          throw new RangeError('no')
        }),
        world.store.write((tx) => insertAndThrow(tx, true)),
        world.insert('users', { email: 'c' }),
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
      expect(await emails(world.store)).toEqual(['a', 'b', 'c'])
    })

    test('a result that is a refusal is undone and returned', async () => {
      const outcome = await world.store.write(
        async (tx) => {
          await tx.insert('users', { email: 'first' })
          return tx.insert('users', { email: 'FIRST' })
        },
        (result) => result.kind !== 'done',
      )
      expect(outcome).toEqual({ kind: 'conflict', columns: ['email'] })
      expect(await emails(world.store)).toEqual([])
    })

    test('a refused statement undoes itself alone', async () => {
      await world.store.write(async (tx) => {
        await tx.insert('users', { email: 'first' })
        expect((await tx.insert('users', { email: 'First' })).kind).toBe('conflict')
        await tx.insert('users', { email: 'second' })
      })
      expect(await emails(world.store)).toEqual(['first', 'second'])
    })

    test('writes run one after another, also when they wait', async () => {
      const row = await world.make('order', { version: 0 })
      const increment = () =>
        world.store.write(async (tx) => {
          const read = await tx.read('order', row.id)
          await new Promise((resolve) => setTimeout(resolve, 1))
          return tx.update('order', row.id, read?.version ?? 0, { version: Number(read?.values.version) + 1 })
        })
      await Promise.all(Array.from({ length: 10 }, increment))
      expect((await world.store.read('order', row.id))?.values.version).toBe(10)
    })

    test('one that has ended cannot be used', async () => {
      let kept: Transaction | undefined
      await world.store.write((tx) => {
        kept = tx
      })
      await expect(attempt(() => kept?.read('users', 'x'))).rejects.toThrow('ended')
      await expect(attempt(() => kept?.insert('users', { email: 'late' }))).rejects.toThrow('ended')
      expect(await world.store.count('users', {})).toBe(0)
    })

    test('removeAll takes every row with a value, and every row below one', async () => {
      const { id: authorId } = await world.author()
      const one = await world.make('articles', { title: 'one', authorId })
      const two = await world.make('articles', { title: 'two', authorId })
      for (const expires of [10, 20, 30, undefined]) await world.make('comments', { articleId: one.id, expires })
      const kept = await world.make('comments', { articleId: two.id, expires: 5 })
      await world.store.peek('comments', kept.id)
      const removeAll = (where: Parameters<Transaction['removeAll']>[1]) =>
        world.store.write((tx) => tx.removeAll('comments', where))
      expect(await removeAll({ column: 'expires', below: 20 })).toBe(2)
      expect(await world.store.peek('comments', kept.id)).toBeUndefined()
      expect(await removeAll({ column: 'articleId', equals: two.id })).toBe(0)
      expect(await removeAll({ column: 'articleId', equals: null })).toBe(0)
      expect(await removeAll({ column: 'articleId', equals: one.id })).toBe(3)
      expect(await world.store.count('comments', {})).toBe(0)
      expect(await world.store.write((tx) => tx.removeAll('users', { column: 'email', equals: 'nobody' }))).toBe(0)
      await expect(world.store.write((tx) => tx.removeAll('users', { column: 'role', equals: 'x' }))).rejects.toThrow(
        TypeError,
      )
    })
  })

  describe('the store itself', () => {
    test('preparing again changes nothing', async () => {
      const row = await world.author()
      await world.store.prepare(TABLES)
      expect(await world.store.read('users', row.id)).toEqual(row)
      expect(await world.store.find('users', 'email', 'ANN@example.org')).toEqual(row)
    })

    test('answers a ping', async () => {
      await expect(attempt(() => world.store.ping())).resolves.toBeUndefined()
      expect(world.store.reachable).toBe(true)
    })

    test('closing waits for the writes under way; after it, every call is Unavailable', async () => {
      const written = world.store.write(async (tx) => {
        await new Promise((resolve) => setTimeout(resolve, 20))
        return tx.insert('users', { email: 'last@example.org' })
      })
      const closed = world.store.close()
      expect((await written).kind).toBe('done')
      await closed
      expect(world.store.reachable).toBe(false)
      await expect(attempt(() => world.store.read('users', 'x'))).rejects.toMatchObject({ name: 'Unavailable' })
      await expect(attempt(() => world.store.peek('users', 'x'))).rejects.toMatchObject({ name: 'Unavailable' })
      await expect(world.insert('users', { email: 'x' })).rejects.toMatchObject({ name: 'Unavailable' })
      await expect(attempt(() => world.store.ping())).rejects.toMatchObject({ name: 'Unavailable' })
      await world.store.close()
    })
  })
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
