import { expect, test } from 'vitest'
import type { Head } from '../../server/storage.ts'
import { TableHeads } from './heads.ts'

const head = (id: string, version = 1): Head => ({ id, version, createdAt: 0, guards: {} })

test('holds at most twice the half, and always the last half asked for', () => {
  const heads = new TableHeads(10)
  for (let n = 0; n < 1_000; n += 1) {
    heads.set(head(String(n)))
    expect(heads.get('0')).toBeDefined()
  }
  const held = Array.from({ length: 1_000 }, (_, n) => String(n)).filter((id) => heads.get(id) !== undefined)
  expect(held.length).toBeLessThanOrEqual(20)
  expect(held).toEqual(expect.arrayContaining(['0', '999', '995']))
})

test('what is set again or deleted is never found as it was, wherever it lies', () => {
  const heads = new TableHeads(2)
  for (const id of ['a', 'b', 'c']) heads.set(head(id))
  heads.set(head('a', 2))
  expect(heads.get('a')?.version).toBe(2)
  heads.delete('b')
  expect(heads.get('b')).toBeUndefined()
  heads.delete('a')
  expect(heads.get('a')).toBeUndefined()
})
