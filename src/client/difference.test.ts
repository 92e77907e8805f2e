import { isDeepStrictEqual } from 'node:util'
import { assert, constantFrom, dictionary, jsonValue, property } from 'fast-check'
import { expect, test } from 'vitest'
import { mergePatch } from '../rules/merge-patch.ts'
import { canSay, difference } from './difference.ts'

/** As it comes out of JSON: -0 does not. */
const object = dictionary(constantFrom('a', 'b', '__proto__', 'toString'), jsonValue({ maxDepth: 3 })).map(
  (any): unknown => JSON.parse(JSON.stringify(any)),
)

test('no difference between what is the same, and only there', () => {
  assert(
    property(object, object, (from, to) => {
      expect(difference(from, structuredClone(from))).toBeUndefined()
      if (!isDeepStrictEqual(from, to)) expect(difference(from, to)).toBeDefined()
    }),
  )
})

test('it makes the one of the other, or it is known that it cannot (RFC 7396 §2)', () => {
  assert(
    property(object, object, (from, to) => {
      const patch = difference(from, to) ?? {}
      const made = mergePatch(from, patch)
      expect(difference(made, to) === undefined).toBe(isDeepStrictEqual(made, to))
      expect(canSay(patch, to)).toBe(isDeepStrictEqual(made, to))
      if (!/null/.test(JSON.stringify(to))) expect(isDeepStrictEqual(made, to)).toBe(true)
    }),
  )
})

test.each([
  [{ a: 1, b: 2 }, { a: 1, b: 3 }, { b: 3 }],
  [{ a: 1, b: 2 }, { a: 1 }, { b: null }],
  [{ a: null }, {}, { a: null }],
  [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, { a: { c: 3 } }],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, undefined],
  [{ a: [1, 2] }, { a: [1] }, { a: [1] }],
  [{ a: { b: 1 } }, { a: [1] }, { a: [1] }],
  [{ a: null }, { a: null, b: 1 }, { b: 1 }],
  [[1], [2], [2]],
  [1, { a: 1 }, { a: 1 }],
])('%j to %j: %j', (from, to, patch) => {
  expect(difference(from, to)).toEqual(patch)
})
