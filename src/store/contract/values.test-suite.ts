/** What is stored comes back as it was, and no two rows share what is unique. */
import { describe, expect, test } from 'vitest'
import { attempt, rowOf } from './world.test-suite.ts'
import type { Values, World } from './world.test-suite.ts'

export function valueContract(world: World): void {
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
      const stored = await world.make('order', values)
      expect(stored.values).toEqual(values)
      expect(await world.store.read('order', stored.id)).toEqual(stored)
      expect(Object.keys((await world.store.read('order', stored.id))?.values ?? {}).toSorted()).toEqual(
        Object.keys(values).toSorted(),
      )
    })

    test('undefined is absent', async () => {
      const row = await world.make('order', { select: undefined, version: 1 })
      expect(row.values).toStrictEqual({ version: 1 })
      expect((await world.store.read('order', row.id))?.values).toStrictEqual({ version: 1 })
    })

    test('an update turns value, null and absent into one another, and leaves the rest', async () => {
      const row = await world.make('order', { select: 'a', version: 1, nulls: null, 'a "quoted" name': [1] })
      const changed = rowOf(
        await world.store.write((tx) =>
          tx.update('order', row.id, row.version, { select: null, version: undefined, nulls: true }),
        ),
      )
      expect(changed.values).toStrictEqual({ select: null, nulls: true, 'a "quoted" name': [1] })
      expect(await world.store.read('order', row.id)).toStrictEqual(changed)
      const again = rowOf(
        await world.store.write((tx) => tx.update('order', row.id, changed.version, { select: 'b', nulls: undefined })),
      )
      expect(again.values).toStrictEqual({ select: 'b', 'a "quoted" name': [1] })
      expect(await world.store.read('order', row.id)).toStrictEqual(again)
    })

    test('a value of another type than its column is a bug of the caller', async () => {
      await expect(world.insert('order', { version: '7' })).rejects.toThrow(TypeError)
      await expect(world.insert('order', { select: 7 })).rejects.toThrow(TypeError)
      await expect(world.insert('order', { nulls: 1 })).rejects.toThrow(TypeError)
      await expect(world.insert('order', { version: 1.5 })).rejects.toThrow(TypeError)
      await expect(world.insert('order', { 'a "quoted" name': () => 1 })).rejects.toThrow(TypeError)
      await expect(world.insert('order', { 'a "quoted" name': 1n })).rejects.toThrow(TypeError)
    })

    test('unknown tables and columns are bugs of the caller', async () => {
      await expect(world.insert('nowhere', {})).rejects.toThrow(TypeError)
      await expect(world.insert('users', { email: 'a', nothing: 1 })).rejects.toThrow(TypeError)
      await expect(attempt(() => world.store.read('nowhere', 'x'))).rejects.toThrow(TypeError)
      await expect(attempt(() => world.store.find('users', 'role', 'x'))).rejects.toThrow(TypeError)
    })
  })

  describe('uniqueness', () => {
    test('names every member that is taken', async () => {
      await world.make('users', { email: 'ann@example.org', username: 'ann' })
      await world.make('users', { email: 'bob@example.org', username: 'bob' })
      const both = { email: 'ann@example.org', username: 'bob' }
      expect(await world.insert('users', both)).toEqual({ kind: 'conflict', columns: ['email', 'username'] })
      const row = await world.make('users', { email: 'eve@example.org' })
      expect(await world.store.write((tx) => tx.update('users', row.id, row.version, both))).toEqual({
        kind: 'conflict',
        columns: ['email', 'username'],
      })
      expect(await world.store.read('users', row.id)).toEqual(row)
    })

    test.each([
      ['ann@example.org', 'ANN@Example.Org'],
      ['ärger@example.org', 'ÄRGER@example.org'],
      ['ΑΘΉΝΑ', 'αθήνα'],
    ])('folds by Unicode: %s and %s are one', async (one, other) => {
      const row = await world.make('users', { email: one })
      expect(await world.insert('users', { email: other })).toEqual({ kind: 'conflict', columns: ['email'] })
      expect(await world.store.find('users', 'email', other)).toEqual(row)
      expect(row.values.email).toBe(one)
    })

    test.each([
      ['οδος', 'οδοσ'],
      ['ß', 'SS'],
      ['\u00e9', 'e\u0301'],
    ])('and by lower case alone: %s and %s are two', async (one, other) => {
      await world.make('users', { email: one })
      expect((await world.insert('users', { email: other })).kind).toBe('done')
    })

    test('exact is exact', async () => {
      const row = await world.make('users', { email: 'a', username: 'ann' })
      expect((await world.insert('users', { email: 'b', username: 'Ann' })).kind).toBe('done')
      expect(await world.store.find('users', 'username', 'ann')).toEqual(row)
      expect(await world.store.find('users', 'username', 'ANN')).toBeUndefined()
    })

    test('absent and null never collide, and are never found', async () => {
      await world.make('users', { email: 'a' })
      await world.make('users', { email: 'b' })
      await world.make('users', { email: 'c', username: null })
      await world.make('users', { email: 'd', username: null })
      expect(await world.store.count('users', {})).toBe(4)
      expect(await world.store.find('users', 'username', null)).toBeUndefined()
      expect(await world.store.find('users', 'username', undefined)).toBeUndefined()
      expect(await world.store.find('users', 'username', 7)).toBeUndefined()
    })

    test('a row is no rival of its own, and sets its value free', async () => {
      const row = await world.make('users', { email: 'ann@example.org', username: 'ann' })
      const same = rowOf(
        await world.store.write((tx) =>
          tx.update('users', row.id, row.version, { email: 'Ann@example.org', username: 'ann' }),
        ),
      )
      expect(await world.store.find('users', 'email', 'ANN@EXAMPLE.ORG')).toEqual(same)
      rowOf(await world.store.write((tx) => tx.update('users', row.id, same.version, { username: undefined })))
      expect((await world.insert('users', { email: 'bob@example.org', username: 'ann' })).kind).toBe('done')
    })

    test('of fifty sign-ups with one address, one is stored', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () => world.insert('users', { email: 'ann@example.org' })),
      )
      expect(outcomes.filter((outcome) => outcome.kind === 'done')).toHaveLength(1)
      expect(outcomes.filter((outcome) => outcome.kind === 'conflict')).toHaveLength(49)
      expect(await world.store.count('users', {})).toBe(1)
    })
  })
}
