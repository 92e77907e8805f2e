/** Rows that refer to rows. */
import { describe, expect, test } from 'vitest'
import { rowOf } from './world.test-suite.ts'
import type { World } from './world.test-suite.ts'

export function referenceContract(world: World): void {
  describe('references', () => {
    test('name every target that does not exist', async () => {
      const { id: authorId } = await world.author()
      expect(await world.insert('articles', { title: 'x', authorId: 'nobody', parentId: 'nothing' })).toEqual({
        kind: 'dangling',
        columns: ['authorId', 'parentId'],
      })
      const row = await world.make('articles', { title: 'x', authorId })
      expect(
        await world.store.write((tx) => tx.update('articles', row.id, row.version, { parentId: 'nothing' })),
      ).toEqual({
        kind: 'dangling',
        columns: ['parentId'],
      })
      expect((await world.insert('articles', { title: 'x', authorId, parentId: null })).kind).toBe('done')
    })

    test('a row may refer to itself', async () => {
      const { id: authorId } = await world.author()
      const row = await world.make('articles', { title: 'x', authorId, parentId: 'self' }, 'self')
      expect(await world.store.write((tx) => tx.remove('articles', row.id, row.version))).toEqual({ kind: 'done' })
    })

    test('restrict: a row that is referred to stays', async () => {
      const user = await world.author()
      const article = await world.make('articles', { title: 'x', authorId: user.id })
      const remove = () => world.store.write((tx) => tx.remove('users', user.id, user.version))
      expect(await remove()).toEqual({ kind: 'restricted', table: 'articles' })
      expect(await world.store.read('users', user.id)).toEqual(user)
      await world.store.write((tx) => tx.remove('articles', article.id, article.version))
      expect(await remove()).toEqual({ kind: 'done' })
    })

    test('cascade: what refers to a row goes with it, and what refers to that', async () => {
      const { id: authorId } = await world.author()
      const top = await world.make('articles', { title: 'top', authorId })
      const child = await world.make('articles', { title: 'child', authorId, parentId: top.id })
      const comment = await world.make('comments', { articleId: child.id })
      expect(await world.store.peek('comments', comment.id)).toBeDefined()
      expect(await world.store.peek('articles', child.id)).toBeDefined()
      expect(await world.store.write((tx) => tx.remove('articles', top.id, top.version))).toEqual({ kind: 'done' })
      expect(await world.store.read('articles', child.id)).toBeUndefined()
      expect(await world.store.read('comments', comment.id)).toBeUndefined()
      expect(await world.store.peek('articles', child.id)).toBeUndefined()
      expect(await world.store.peek('comments', comment.id)).toBeUndefined()
    })

    test('restrict holds for rows that would go along, also when they refer to one another in a circle', async () => {
      const { id: authorId } = await world.author()
      const top = await world.make('articles', { title: 'top', authorId })
      const child = await world.make('articles', { title: 'child', authorId, parentId: top.id })
      const round = rowOf(
        await world.store.write((tx) => tx.update('articles', top.id, top.version, { parentId: child.id })),
      )
      const pin = await world.make('pins', { articleId: child.id })
      const remove = () => world.store.write((tx) => tx.remove('articles', top.id, round.version))
      expect(await remove()).toEqual({ kind: 'restricted', table: 'pins' })
      expect(await world.store.count('articles', {})).toBe(2)
      await world.store.write((tx) => tx.remove('pins', pin.id, pin.version))
      expect(await remove()).toEqual({ kind: 'done' })
      expect(await world.store.count('articles', {})).toBe(0)
    })
  })
}
