import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lenientEssence, parseMediaType } from './media-type.ts'
import { formatQuotedString } from './quoted-string.ts'

describe('parseMediaType', () => {
  test.each([
    ['application/json', 'application/json', {}],
    ['Application/JSON', 'application/json', {}],
    [' text/html ; charset=UTF-8 ', 'text/html', { charset: 'UTF-8' }],
    ['text/html;Charset="utf-8"', 'text/html', { charset: 'utf-8' }],
    ['application/json; charset = utf-8', 'application/json', { charset: 'utf-8' }],
    ['application/merge-patch+json;', 'application/merge-patch+json', {}],
    ['*/*', '*/*', {}],
  ])('RFC 9110 §8.3.1: %j', (text, essence, parameters) => {
    const type = parseMediaType(text)
    expect(type?.essence).toBe(essence)
    expect(`${type?.type}/${type?.subtype}`).toBe(essence)
    expect({ ...type?.parameters }).toEqual(parameters)
  })

  test.each([
    '',
    'json',
    '/json',
    'application/',
    'application /json',
    'application/ json',
    'a/b c',
    'a/b/c',
    'a/b, c/d',
    'a/b;x',
  ])('RFC 9110 §8.3.1: %j names no media type', (text) => {
    expect(parseMediaType(text)).toBeUndefined()
  })

  const token = fc.stringMatching(/^[a-z0-9!#$&^_.+-]+$/)

  test('any parameter reads back', () => {
    fc.assert(
      fc.property(
        token,
        token,
        token,
        fc.string({ unit: fc.constantFrom(...'ab "\\;,=') }),
        (type, subtype, name, value) => {
          const parsed = parseMediaType(`${type}/${subtype}; ${name}=${formatQuotedString(value)}`)
          expect(parsed?.essence).toBe(`${type}/${subtype}`)
          expect(Object.entries(parsed?.parameters ?? {})).toEqual([[name, value]])
        },
      ),
    )
  })
})

test.each([
  ['Application/JSON', 'application/json'],
  [' text/plain ; charset=utf-8', 'text/plain'],
  ['application/problem+json;charset', 'application/problem+json'],
  ['text/html, text/plain', undefined],
  ['text', undefined],
  ['', undefined],
])('RFC 9110 §8.3.1: what came as %j is %s', (text, essence) => {
  expect(lenientEssence(text)).toBe(essence)
})
