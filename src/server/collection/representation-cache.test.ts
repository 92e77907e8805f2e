import { expect, test } from 'vitest'
import { type Kept, RepresentationCache } from './representation-cache.ts'

const kept = (version: number, length = 10): Kept => ({
  version,
  revision: undefined,
  representation: { content: '', length, fields: [] },
  found: { kind: 'missing' },
})

test('what was kept is there, by id and variant', () => {
  const cache = new RepresentationCache(100, 1000)
  cache.set('a', 0, kept(1))
  cache.set('a', 1, kept(2))
  expect([cache.get('a', 0)?.version, cache.get('a', 1)?.version, cache.get('a', 2), cache.get('b', 0)]).toEqual([
    1,
    2,
    undefined,
    undefined,
  ])
})

test('an older version never takes the place of a newer one', () => {
  const cache = new RepresentationCache(100, 1000)
  cache.set('a', 0, kept(2))
  cache.set('a', 0, kept(1))
  expect(cache.get('a', 0)?.version).toBe(2)
})

test('never more than so many entries; what is used stays', () => {
  const cache = new RepresentationCache(10, 1000)
  cache.set('used', 0, kept(1))
  let most = 0
  for (let at = 0; at < 100; at++) {
    cache.set(`n${at}`, 0, kept(1))
    expect(cache.get('used', 0)).toBeDefined()
    most = Math.max(most, Array.from({ length: 100 }, (_, n) => cache.get(`n${n}`, 0)).filter(Boolean).length)
    expect(cache.get('used', 0)).toBeDefined()
  }
  expect(most).toBeLessThanOrEqual(10)
})

test('never more octets than so many, and nothing larger than half of them', () => {
  const cache = new RepresentationCache(1000, 100)
  cache.set('large', 0, kept(1, 51))
  expect(cache.get('large', 0)).toBeUndefined()
  for (let at = 0; at < 20; at++) cache.set(`n${at}`, 0, kept(1, 20))
  const there = Array.from({ length: 20 }, (_, n) => cache.get(`n${n}`, 0)).filter(Boolean).length
  expect(there * 20).toBeLessThanOrEqual(100)
})
