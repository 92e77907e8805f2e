import { assert, constantFrom, dictionary, jsonValue, property } from 'fast-check'
import { expect, test } from 'vitest'
import { mergePatch } from '../rules/merge-patch.ts'
import { difference, same } from './difference.ts'

const object = dictionary(constantFrom('a', 'b', '__proto__', 'toString'), jsonValue({ maxDepth: 3 }))

test('a difference, where there is one, makes the one of the other (RFC 7396 §2)', () => {
  assert(
    property(object, object, (from, to) => {
      const patch = difference(from, to)
      if (patch !== undefined) expect(same(mergePatch(from, patch), to)).toBe(true)
      expect(difference(from, from)).toEqual({})
    }),
  )
})

test.each([
  [{ a: 1, b: 2 }, { a: 1, b: 3 }, { b: 3 }],
  [{ a: 1, b: 2 }, { a: 1 }, { b: null }],
  [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, { a: { c: 3 } }],
  [{ a: [1, 2] }, { a: [1] }, { a: [1] }],
  [{ a: { b: 1 } }, { a: [1] }, { a: [1] }],
  [{ a: 1 }, { a: null }, undefined],
  [{ a: 1 }, { a: { b: null } }, undefined],
  [{ a: null }, { a: null, b: 1 }, { b: 1 }],
  [[1], [2], undefined],
  [1, { a: 1 }, undefined],
])('%j to %j: %j', (from, to, patch) => {
  expect(difference(from, to)).toEqual(patch)
})
