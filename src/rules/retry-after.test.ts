import { describe, expect, test } from 'vitest'
import { formatRetryAfter, parseRetryAfter } from './retry-after.ts'

const NOW = Date.UTC(1994, 10, 6, 8, 49, 30, 500)

describe('parseRetryAfter', () => {
  test.each([
    ['0', 0],
    ['120', 120_000],
    ['3000000', 3_000_000_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 6500],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 6500],
    ['Sun Nov  6 08:49:37 1994', 6500],
    ['Sun, 06 Nov 1994 08:49:30 GMT', 0],
    ['', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    [' 1', undefined],
    ['soon', undefined],
    ['1994-11-06', undefined],
  ])('RFC 9110 §10.2.3: %j is %j ms', (text, wait) => {
    expect(parseRetryAfter(text, NOW)).toBe(wait)
  })
})

describe('formatRetryAfter', () => {
  test.each([
    [0, '0'],
    [1, '1'],
    [1.2, '2'],
  ])('RFC 9110 §10.2.3: %d seconds are %j', (seconds, text) => {
    expect(formatRetryAfter(seconds)).toBe(text)
  })

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('%d is no time to wait', (seconds) => {
    expect(() => formatRetryAfter(seconds)).toThrow(RangeError)
  })
})
