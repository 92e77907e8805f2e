/**
 * Dates (RFC 9110 §5.6.7). Three forms are read, one is written; nothing else is a date.
 *
 * Times are milliseconds since the epoch. A wrong name of the day is forgiven, a day that does not exist is not;
 * second 60 is a leap second, and read as the second after it.
 */

/** `now` decides the century of the two-digit years of RFC 850. */
export function parseDate(text: string, now: number): number | undefined {
  const { groups } = IMF.exec(text) ?? RFC850.exec(text) ?? ASCTIME.exec(text) ?? {}
  if (groups === undefined) return undefined
  const { year = '', ...rest } = groups
  if (year.length !== 2) return timeOf(year, rest)
  const limit = new Calendar(now)
  const thisYear = limit.getUTCFullYear()
  const full = thisYear - (thisYear % 100) + Number(year)
  // More than 50 years ahead means the last year that ended so.
  const ahead = (timeOf(full, rest) ?? 0) > limit.setUTCFullYear(thisYear + 50)
  return timeOf(ahead ? full - 100 : full, rest)
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

/** `Sun, 06 Nov 1994 08:49:37 GMT` */
const IMF = /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat), (?<day>\d\d) (?<month>\w{3}) (?<year>\d{4}) (?<clock>[\d:]{8}) GMT$/
/** `Sunday, 06-Nov-94 08:49:37 GMT` */
const RFC850 =
  /^(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day, (?<day>\d\d)-(?<month>\w{3})-(?<year>\d\d) (?<clock>[\d:]{8}) GMT$/
/** `Sun Nov  6 08:49:37 1994`; a day below ten has a space for its first digit. */
const ASCTIME = /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) (?<month>\w{3}) (?<day>[ \d]\d) (?<clock>[\d:]{8}) (?<year>\d{4})$/

/** What ECMAScript does not write as it was read is no day of that month, or no time of a day (ECMA-262 §21.4.4.43). */
function timeOf(year: string | number, { day = '', month, clock }: Groups): number | undefined {
  // Second 60 exists before midnight only (the grammar of `second`).
  const leap = clock === '23:59:60'
  const write = (full: string | number): string =>
    `${day.replace(' ', '0')} ${month} ${full} ${leap ? '23:59:59' : clock} GMT`
  // Read with a year that has every day, since the platform may take the first hundred years for others.
  const date = new Calendar(write(2000))
  date.setUTCFullYear(Number(year))
  return date.toUTCString().slice(5) === write(year) ? date.getTime() + (leap ? 1000 : 0) : undefined
}

type Groups = Readonly<Record<string, string>>

const YEAR_0000 = -62_167_219_200
const YEAR_10000 = 253_402_300_800

/** A server writes the same second thousands of times. */
let lastSecond: number | undefined
let lastText = ''

/** What ECMAScript writes is IMF-fixdate where years have four digits (ECMA-262 §21.4.4.43). */
function format(second: number): string {
  if (!(second >= YEAR_0000 && second < YEAR_10000)) throw new RangeError('a date has a year from 0000 to 9999')
  return new Calendar(second * 1000).toUTCString()
}
