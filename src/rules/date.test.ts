import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDate, parseDate } from './date.ts'

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0)
const NOV_6 = Date.UTC(1994, 10, 6, 8, 49, 37)

describe('parseDate', () => {
  test.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', NOV_6],
    ['Sunday, 06-Nov-94 08:49:37 GMT', NOV_6],
    ['Sun Nov  6 08:49:37 1994', NOV_6],
    ['Sun Nov 16 08:49:37 1994', Date.UTC(1994, 10, 16, 8, 49, 37)],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['Wed, 31 Dec 1969 23:59:59 GMT', -1000],
    ['Thu, 29 Feb 2024 00:00:00 GMT', Date.UTC(2024, 1, 29)],
    ['Tue, 29 Feb 2000 00:00:00 GMT', Date.UTC(2000, 1, 29)],
    ['Fri, 31 Dec 9999 23:59:59 GMT', Date.UTC(9999, 11, 31, 23, 59, 59)],
    ['Sat, 01 Jan 0000 00:00:00 GMT', -62_167_219_200_000],
  ])('RFC 9110 §5.6.7: %j', (text, ms) => {
    expect(parseDate(text, NOW)).toBe(ms)
  })

  test('a wrong name of the day is forgiven', () => {
    expect(parseDate('Mon, 06 Nov 1994 08:49:37 GMT', NOW)).toBe(NOV_6)
  })

  test('a leap second is the second after it', () => {
    expect(parseDate('Sat, 31 Dec 2016 23:59:60 GMT', NOW)).toBe(Date.UTC(2017, 0, 1))
  })

  test.each([
    ['', 'nothing'],
    ['1', 'a number'],
    ['1994-11-06T08:49:37Z', 'ISO 8601'],
    ['Sun, 6 Nov 1994 08:49:37 GMT', 'a day of one digit'],
    ['Sun,  06 Nov 1994 08:49:37 GMT', 'extra white space'],
    ['Sun, 06 Nov 1994 08:49:37 UTC', 'another zone'],
    ['Sun, 06 Nov 1994 08:49:37 gmt', 'a lower-case zone'],
    ['sun, 06 Nov 1994 08:49:37 GMT', 'a lower-case day'],
    ['Sun, 06 nov 1994 08:49:37 GMT', 'a lower-case month'],
    ['Xyz, 06 Nov 1994 08:49:37 GMT', 'no day'],
    ['Sun. 06 Nov 1994 08:49:37 GMT', 'no comma'],
    ['Sun, 06 Nov 1994 24:00:00 GMT', 'hour 24'],
    ['Sun, 06 Nov 1994 08:60:00 GMT', 'minute 60'],
    ['Sun, 06 Nov 1994 08:49:60 GMT', 'second 60 in the morning'],
    ['Sun, 06 Nov 1994 23:58:60 GMT', 'second 60 before the last minute'],
    ['Sun, 06 Nov 1994 23:59:61 GMT', 'second 61'],
    ['Sun, 06 Nov 1994 08-49:37 GMT', 'a wrong separator of hours'],
    ['Sun, 06 Nov 1994 08:49-37 GMT', 'a wrong separator of minutes'],
    ['Sun, 06 Nov 1994 0x:49:37 GMT', 'a letter in the time'],
    ['Sun, 06 Nov 1994 /8:49:37 GMT', 'a character below the digits'],
    ['Sun, 06 Nov 199x 08:49:37 GMT', 'a letter in the year'],
    ['Sun, 06-Nov 1994 08:49:37 GMT', 'a hyphen after the day'],
    ['Sun, 06 Nov-1994 08:49:37 GMT', 'a hyphen after the month'],
    ['Sun, 06 Nov 1994-08:49:37 GMT', 'a hyphen after the year'],
    ['Sun, 00 Nov 1994 08:49:37 GMT', 'day 0'],
    ['Sun, 31 Nov 1994 08:49:37 GMT', 'a 31st of November'],
    ['Sun, 29 Feb 2025 08:49:37 GMT', 'a leap day in a common year'],
    ['Sun, 29 Feb 1900 08:49:37 GMT', 'a leap day in 1900'],
    ['Sun, 06 Xxx 1994 08:49:37 GMT', 'no month'],
    ['Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT', 'a list'],
    ['Sun Nov 06 08:49:37 199x', 'asctime: a letter in the year'],
    ['Xxx Nov  6 08:49:37 1994', 'asctime: no day'],
    ['Sun,Nov  6 08:49:37 1994', 'asctime: a comma'],
    ['Sun Nov, 6 08:49:37 1994', 'asctime: a comma after the month'],
    ['Sun Nov  6T08:49:37 1994', 'asctime: a letter before the time'],
    ['Sun Nov  6 08:49:37Z1994', 'asctime: a letter after the time'],
    ['Sun Nov  x 08:49:37 1994', 'asctime: no digit'],
    ['Sun, 06-Nov-94 08:49:37 GMT', 'RFC 850: a short day'],
    ['Sunday; 06-Nov-94 08:49:37 GMT', 'RFC 850: no comma'],
    ['Sunday,x06-Nov-94 08:49:37 GMT', 'RFC 850: no space'],
    ['Sunday, 06 Nov-94 08:49:37 GMT', 'RFC 850: a space after the day'],
    ['Sunday, 06-Nov 94 08:49:37 GMT', 'RFC 850: a space after the month'],
    ['Sunday, 06-Nov-94T08:49:37 GMT', 'RFC 850: a letter before the time'],
    ['Sunday, 06-Nov-94 08:49:37 UTC', 'RFC 850: another zone'],
    ['Sunday, 06-Nov-1994 08:49:37 GMT', 'RFC 850: a year of four digits'],
    ['Sunday, 06-Nov-9x 08:49:37 GMT', 'RFC 850: a letter in the year'],
    ['Sunday, 29-Feb-25 08:49:37 GMT', 'RFC 850: a leap day in a common year'],
  ])('RFC 9110 §5.6.7: %j is no date (%s)', (text) => {
    expect(parseDate(text, NOW)).toBeUndefined()
  })

  test.each([
    ['Sunday, 22-Nov-76 12:00:00 GMT', NOW, Date.UTC(2076, 10, 22, 12)],
    ['Sunday, 22-Nov-76 12:00:01 GMT', NOW, Date.UTC(1976, 10, 22, 12, 0, 1)],
    ['Sunday, 01-Jan-77 00:00:00 GMT', NOW, Date.UTC(1977, 0, 1)],
    ['Sunday, 01-Jan-00 00:00:00 GMT', NOW, Date.UTC(2000, 0, 1)],
    ['Sunday, 31-Dec-99 23:59:59 GMT', Date.UTC(1994, 0, 1), Date.UTC(1999, 11, 31, 23, 59, 59)],
  ])('RFC 9110 §5.6.7: more than 50 years ahead is the past: %j', (text, now, ms) => {
    expect(parseDate(text, now)).toBe(ms)
  })
})

describe('formatDate', () => {
  test.each([
    [NOV_6, 'Sun, 06 Nov 1994 08:49:37 GMT'],
    [NOV_6 + 999, 'Sun, 06 Nov 1994 08:49:37 GMT'],
    [0, 'Thu, 01 Jan 1970 00:00:00 GMT'],
    [-1, 'Wed, 31 Dec 1969 23:59:59 GMT'],
    [-62_167_219_200_000, 'Sat, 01 Jan 0000 00:00:00 GMT'],
    [253_402_300_799_999, 'Fri, 31 Dec 9999 23:59:59 GMT'],
  ])('RFC 9110 §5.6.7: %i is %j', (ms, text) => {
    expect(formatDate(ms)).toBe(text)
    expect(formatDate(ms)).toBe(text)
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 253_402_300_800_000, -62_167_219_200_001])(
    '%d has no date',
    (ms) => {
      expect(() => formatDate(ms)).toThrow(RangeError)
    },
  )
})

const anySecond = fc.integer({ min: -62_167_219_200, max: 253_402_300_799 })

test('agrees with the calendar of the platform, and reads back', () => {
  fc.assert(
    fc.property(anySecond, (second) => {
      const text = formatDate(second * 1000)
      expect(text).toBe(new Date(second * 1000).toUTCString())
      expect(parseDate(text, NOW)).toBe(second * 1000)
    }),
    { numRuns: 2000 },
  )
})
