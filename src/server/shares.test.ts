import { expect, test } from 'vitest'
import { Shares } from './shares.ts'

test('each has what was added and not taken back, and never less than nothing', () => {
  const shares = new Shares()
  for (const network of ['a', 'a', 'b']) shares.add(network)
  expect(['a', 'b', 'c'].map((network) => shares.of(network))).toEqual([2, 1, 0])
  for (const network of ['a', 'b', 'b', 'c']) shares.remove(network)
  expect(['a', 'b', 'c'].map((network) => shares.of(network))).toEqual([1, 0, 0])
})

test('whoever is not known has no share to use up', () => {
  const shares = new Shares()
  shares.add('')
  expect(shares.of('')).toBe(0)
})
