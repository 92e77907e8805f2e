import { expect, test } from 'vitest'
import { Shares } from './shares.ts'

test('each network has what was claimed and not released', () => {
  const shares = new Shares()
  const [first] = ['10.0.0.1', '10.0.0.1', '2001:db8::1', '2001:db8::2'].map((address) => shares.claim(address))
  expect(['10.0.0.1', '2001:db8::3', '10.0.0.3'].map((address) => shares.held(address))).toEqual([2, 2, 0])
  if (first !== undefined) shares.release(first)
  expect(shares.held('10.0.0.1')).toBe(1)
})

test('whoever is not known has no share to use up', () => {
  const shares = new Shares()
  shares.claim('')
  expect(shares.claim('').held).toBe(1)
  expect(shares.held('')).toBe(0)
})

test('however many come and go, what is held is never forgotten', () => {
  const shares = new Shares()
  const kept = shares.claim('10.0.0.1')
  for (let at = 0; at < 10_000; at++) shares.release(shares.claim(`10.1.${at >> 8}.${at & 255}`))
  expect(shares.claim('10.0.0.1')).toBe(kept)
  expect(kept.held).toBe(2)
})
