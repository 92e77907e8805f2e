/**
 * Dates (RFC 9110 §5.6.7). Three forms are read, one is written; nothing else is a date.
 *
 * Times are milliseconds since the epoch. A wrong name of the day is forgiven, a day that does not exist is not;
 * second 60 is a leap second, and read as the second after it.
 */

/** `now` decides the century of the two-digit years of RFC 850. */
export function parseDate(text: string, now: number): number | undefined {
  const found = IMF.exec(text) ?? RFC850.exec(text) ?? ASCTIME.exec(text)
  if (found?.groups === undefined) return undefined
  const { day, month = '', year = '', clock = '' } = found.groups
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number)
  const date = { month: MONTHS.indexOf(month), day: Number(day), second: (hours * 60 + minutes) * 60 + seconds }
  return toTime({ ...date, year: year.length === 2 ? fullYear(Number(year), date, now) : Number(year) })
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

/** `Sun, 06 Nov 1994 08:49:37 GMT`. Second 60 exists before midnight only (the grammar of `second`). */
const IMF =
  /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat), (?<day>\d\d) (?<month>\w{3}) (?<year>\d{4}) (?<clock>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|23:59:60) GMT$/
/** `Sunday, 06-Nov-94 08:49:37 GMT` */
const RFC850 =
  /^(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day, (?<day>\d\d)-(?<month>\w{3})-(?<year>\d\d) (?<clock>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|23:59:60) GMT$/
/** `Sun Nov  6 08:49:37 1994`; a day below ten has a space for its first digit. */
const ASCTIME =
  /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) (?<month>\w{3}) (?<day>[ \d]\d) (?<clock>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|23:59:60) (?<year>\d{4})$/

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAY_SECONDS = 86_400
const YEAR_SECONDS = 365.2425 * DAY_SECONDS
const YEAR_0000 = -62_167_219_200
const YEAR_10000 = 253_402_300_800

/** A server writes the same second thousands of times. */
let lastSecond = Number.NaN
let lastText = ''

interface OfYear {
  /** From 0; -1 for a name that is none. */
  readonly month: number
  readonly day: number
  /** Since midnight. */
  readonly second: number
}

function toTime({ year, month, day, second }: OfYear & { readonly year: number }): number | undefined {
  const first = dayNumber(year, month, 1)
  if (month < 0 || day < 1 || day > dayNumber(year, month + 1, 1) - first) return undefined
  return ((first + day - 1) * DAY_SECONDS + second) * 1000
}

/** More than 50 years ahead means the last year that ended so: the same date, 50 years earlier, is still to come. */
function fullYear(lastDigits: number, { month, day, second }: OfYear, now: number): number {
  const thisYear = 1970 + Math.floor(now / 1000 / YEAR_SECONDS)
  const year = thisYear - (thisYear % 100) + lastDigits
  return dayNumber(year - 50, month, day) * DAY_SECONDS + second > now / 1000 ? year - 100 : year
}

/**
 * Days from 1970-01-01, in the Gregorian calendar; `month` from 0 to 12, the next January. Counted in years that begin in March: then the
 * leap day is the last of its year, and the months before it have lengths that one line gives.
 */
function dayNumber(year: number, month: number, day: number): number {
  const y = month > 1 ? year : year - 1
  const monthsSinceMarch = (month + 10) % 12
  const dayOfYear = Math.floor((153 * monthsSinceMarch + 2) / 5) + day - 1
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - EPOCH
}

/** 1970-01-01, counted from the first of March of the year 0. */
const EPOCH = 719_468

function format(second: number): string {
  if (!(second >= YEAR_0000 && second < YEAR_10000)) throw new RangeError('a date has a year from 0000 to 9999')
  const days = Math.floor(second / DAY_SECONDS)
  const time = second - days * DAY_SECONDS
  const { year, month, day } = civil(days)
  const weekday = DAYS[(((days + 4) % 7) + 7) % 7]
  const clock = `${pad(Math.floor(time / 3600))}:${pad(Math.floor(time / 60) % 60)}:${pad(time % 60)}`
  return `${weekday}, ${pad(day)} ${MONTHS[month]} ${String(year).padStart(4, '0')} ${clock} GMT`
}

/** The inverse of `dayNumber`. */
function civil(days: number): { year: number; month: number; day: number } {
  const sinceEra = days + EPOCH
  const era = Math.floor(sinceEra / 146_097)
  const dayOfEra = sinceEra - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthsSinceMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = (monthsSinceMarch + 2) % 12
  return {
    year: yearOfEra + era * 400 + (month < 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthsSinceMarch + 2) / 5) + 1,
  }
}

function pad(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}
