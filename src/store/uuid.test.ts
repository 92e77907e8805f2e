import { expect, test } from 'vitest'
import { monotonicUuids } from './uuid.ts'

const FORM = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/
const EPOCH = 0x018c_0000_0000

test('version 7 and the variant are where they belong, after 48 bits of time (RFC 9562 §5.7)', () => {
  const id = monotonicUuids(() => 0x0123_4567_89ab)()
  expect(id).toMatch(FORM)
  expect(id.startsWith('01234567-89ab-7000-')).toBe(true)
})

test.each<[string, (n: number) => number]>([
  ['the clock stands still', () => EPOCH],
  ['the clock goes back', (n) => EPOCH - n],
  ['the clock goes to and fro', (n) => EPOCH + (n % 7)],
  ['the clock goes on', (n) => EPOCH + n],
  ['the clock has fractions', (n) => EPOCH + n / 3],
])('each is greater than the one before, though %s (RFC 9562 §6.2)', (_, clock) => {
  let calls = 0
  const next = monotonicUuids(() => clock((calls += 1)))
  // More than the counter holds, several times over.
  const ids = Array.from({ length: 20_000 }, next)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.every((id) => FORM.test(id))).toBe(true)
})

test('two makers do not make the same', () => {
  const one = monotonicUuids(() => EPOCH)
  const other = monotonicUuids(() => EPOCH)
  expect(one()).not.toBe(other())
})
