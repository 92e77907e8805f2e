import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuery } from './query.ts'

describe('parseQuery', () => {
  test.each([
    ['', []],
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      'a=1&a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['a', [['a', '']]],
    ['a=', [['a', '']]],
    ['=a', [['', 'a']]],
    ['&&a=1&', [['a', '1']]],
    ['a=b=c', [['a', 'b=c']]],
    ['a+b=c+d', [['a b', 'c d']]],
    ['a=%2B%26%3D', [['a', '+&=']]],
    ['caf%C3%A9=%E2%82%AC', [['café', '€']]],
    ['a=%', undefined],
    ['a=%zz', undefined],
    ['a=%FF', undefined],
    ['%=a', undefined],
  ])('%j is %j', (raw, pairs) => {
    expect(parseQuery(raw)).toEqual(pairs)
  })

  test('reads what the platform writes', () => {
    const text = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        expect(parseQuery(new URLSearchParams(pairs).toString())).toEqual(pairs)
      }),
    )
  })
})
