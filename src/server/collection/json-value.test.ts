import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isStorable, sameValue } from './json-value.ts'

describe('the same value', () => {
  const cases: [a: unknown, b: unknown, same: boolean][] = [
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: undefined }, {}, false],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [null, undefined, false],
    [0, -0, true],
    ['1', 1, false],
    [{ __proto__: null, a: 1 }, { a: 1 }, true],
  ]
  test.each(cases)('%j and %j', (a, b, same) => {
    expect(sameValue(a, b)).toBe(same)
    expect(sameValue(b, a)).toBe(same)
  })

  test('what JSON gives back is the same, and nothing else is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(sameValue(a, JSON.parse(JSON.stringify(a)))).toBe(true)
        expect(sameValue(a, b)).toBe(canonical(a) === canonical(b))
      }),
    )
  })
})

test.each([
  ['plain', true],
  ['NUL \0', false],
  ['half \ud800', false],
  ['a pair \u{1f600}', true],
  [Infinity, false],
  [1e308, true],
  [{ a: [{ b: 'x\0' }] }, false],
  [{ 'x\udfff': 1 }, false],
  [{ a: [null, true, 1] }, true],
])('storable: %j', (value, storable) => {
  expect(isStorable(value)).toBe(storable)
})

/** JSON with members in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  )
}
