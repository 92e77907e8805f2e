import { describe, expect, test } from 'vitest'
import { ifMatchHolds, ifNoneMatchHolds, modifiedSince, unmodifiedSince } from './precondition.ts'

const NOW = Date.UTC(2026, 10, 22)
const DATE = 'Sun, 06 Nov 1994 08:49:37 GMT'
const TIME = Date.UTC(1994, 10, 6, 8, 49, 37)

describe('RFC 9110 §13.1.1: If-Match', () => {
  test.each([
    ['"1"', '"1"', true, true],
    ['"1"', '"2"', true, false],
    ['"0", "1"', '"1"', true, true],
    [',"0",,"1",', '"1"', true, true],
    ['W/"1"', 'W/"1"', true, false],
    ['W/"1"', '"1"', true, false],
    ['"1"', 'W/"1"', true, false],
    ['"0", W/"1"', 'W/"1"', true, false],
    ['*', '"1"', true, true],
    ['*', undefined, true, true],
    ['*', undefined, false, false],
    ['"1"', undefined, false, false],
    ['"1"', undefined, true, false],
    ['1', '"1"', true, false],
  ])('%s against %s (exists: %s) is %s', (field, etag, exists, holds) => {
    expect(ifMatchHolds(field, etag, exists)).toBe(holds)
  })
})

describe('RFC 9110 §13.1.2: If-None-Match', () => {
  test.each([
    ['"1"', '"1"', true, false],
    ['"1"', '"2"', true, true],
    ['"0", "1"', '"1"', true, false],
    [', "0",, "1"', '"1"', true, false],
    ['W/"1"', 'W/"1"', true, false],
    ['W/"1"', '"1"', true, false],
    ['"1"', 'W/"1"', true, false],
    ['*', '"1"', true, false],
    ['*', undefined, true, false],
    ['*', undefined, false, true],
    ['"1"', undefined, false, true],
    ['"1"', undefined, true, true],
    ['1', '"1"', true, true],
  ])('%s against %s (exists: %s) is %s', (field, etag, exists, holds) => {
    expect(ifNoneMatchHolds(field, etag, exists)).toBe(holds)
  })
})

describe('RFC 9110 §13.1.3 and §13.1.4: the dates', () => {
  test.each([
    [DATE, TIME - 1000, true, false],
    [DATE, TIME, true, false],
    [DATE, TIME + 999, true, false],
    [DATE, TIME + 1000, false, true],
    ['yesterday', TIME + 1000, true, true],
    [`${DATE}, ${DATE}`, TIME + 1000, true, true],
    [DATE, undefined, true, true],
  ])('%s against %s: unmodified %s, modified %s', (field, lastModified, unmodified, modified) => {
    expect(unmodifiedSince(field, lastModified, NOW)).toBe(unmodified)
    expect(modifiedSince(field, lastModified, NOW)).toBe(modified)
  })
})
