/**
 * Dates (RFC 9110 §5.6.7). Three forms are read, one is written; nothing else is a date.
 *
 * Times are milliseconds since the epoch. A wrong name of the day is forgiven, a day that does not exist is not;
 * second 60 is a leap second, and read as the second after it.
 */

/** `now` decides the century of the two-digit years of RFC 850. */
export function parseDate(text: string, now: number): number | undefined {
  const {
    day,
    month = '',
    year = '',
    clock = '',
  } = (IMF.exec(text) ?? RFC850.exec(text) ?? ASCTIME.exec(text))?.groups ?? {}
  const time = (full: number): number | undefined => timeOf(full, MONTHS.indexOf(month), Number(day), clock)
  if (year.length !== 2) return time(Number(year))
  const limit = new Calendar(now)
  const thisYear = limit.getUTCFullYear()
  const full = thisYear - (thisYear % 100) + Number(year)
  // More than 50 years ahead means the last year that ended so.
  return time((time(full) ?? 0) > limit.setUTCFullYear(thisYear + 50) ? full - 100 : full)
}

/** IMF-fixdate, without the fraction of the second. Throws a RangeError outside the years 0000 to 9999. */
export function formatDate(ms: number): string {
  const second = Math.floor(ms / 1000)
  if (second !== lastSecond) {
    lastText = format(second)
    lastSecond = second
  }
  return lastText
}

// oxlint-disable-next-line no-restricted-globals -- for its calendar, never for its clock
const Calendar = Date

/** `Sun, 06 Nov 1994 08:49:37 GMT`. Second 60 exists before midnight only (the grammar of `second`). */
const IMF =
  /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat), (?<day>\d\d) (?<month>\w{3}) (?<year>\d{4}) (?<clock>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|23:59:60) GMT$/
/** `Sunday, 06-Nov-94 08:49:37 GMT` */
const RFC850 =
  /^(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day, (?<day>\d\d)-(?<month>\w{3})-(?<year>\d\d) (?<clock>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|23:59:60) GMT$/
/** `Sun Nov  6 08:49:37 1994`; a day below ten has a space for its first digit. */
const ASCTIME =
  /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) (?<month>\w{3}) (?<day>[ \d]\d) (?<clock>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|23:59:60) (?<year>\d{4})$/

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A day that its month does not have comes out in another month; so does a month that is none. */
function timeOf(year: number, month: number, day: number, clock: string): number | undefined {
  const date = new Calendar(0)
  date.setUTCFullYear(year, month, day)
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number)
  return date.getUTCMonth() === month ? date.setUTCHours(hours, minutes, seconds) : undefined
}

const YEAR_0000 = -62_167_219_200
const YEAR_10000 = 253_402_300_800

/** A server writes the same second thousands of times. */
let lastSecond = Number.NaN
let lastText = ''

/** What ECMAScript writes is IMF-fixdate where years have four digits (ECMA-262 §21.4.4.43). */
function format(second: number): string {
  if (!(second >= YEAR_0000 && second < YEAR_10000)) throw new RangeError('a date has a year from 0000 to 9999')
  return new Calendar(second * 1000).toUTCString()
}
