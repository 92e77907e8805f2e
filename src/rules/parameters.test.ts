import { describe, expect, test } from 'vitest'
import { parseParameters } from './parameters.ts'

describe('parseParameters', () => {
  test.each([
    ['', {}],
    [' ', {}],
    [';', {}],
    [';;', {}],
    [';a=1', { a: '1' }],
    ['; a=1 ;; B="2;3" ;', { a: '1', b: '2;3' }],
    [';a = 1', { a: '1' }],
    [String.raw`;a="\"x\""`, { a: '"x"' }],
    [';a=""', { a: '' }],
    [';a=1;A=2', { a: '1' }],
  ])('RFC 9110 §5.6.6: %j is %j', (text, parameters) => {
    expect({ ...parseParameters(text, 0) }).toEqual(parameters)
  })

  test.each(['a=1', ';a', ';a=', ';a="1', ';a=1 b=2', ';=1', ';a=1,', ';a:1', ';a=1"'])('%j is malformed', (text) => {
    expect(parseParameters(text, 0)).toBeUndefined()
  })

  test('a parameter named __proto__ is one like any other', () => {
    const parameters = parseParameters(';__proto__=1;toString=2', 0)
    expect(Object.entries(parameters ?? {})).toEqual([
      ['__proto__', '1'],
      ['tostring', '2'],
    ])
  })
})
