/**
 * Dates (RFC 9110 §5.6.7). Three forms are read, one is written; nothing else is a date.
 *
 * Times are milliseconds since the epoch. A wrong name of the day is forgiven, a day that does not exist is not;
 * second 60 is a leap second, and read as the second after it.
 */

/** `now` decides the century of the two-digit years of RFC 850. */
export function parseDate(text: string, now: number): number | undefined {
  if (text.length === IMF_LENGTH) return parseImf(text)
  if (text.length === ASCTIME_LENGTH) return parseAsctime(text)
  return parseRfc850(text, now)
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

const IMF_LENGTH = 'Sun, 06 Nov 1994 08:49:37 GMT'.length
const ASCTIME_LENGTH = 'Sun Nov  6 08:49:37 1994'.length
const DAY_SECONDS = 86_400
const YEAR_0000 = -62_167_219_200
const YEAR_10000 = 253_402_300_800

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const LONG_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A server writes the same second thousands of times. */
let lastSecond = Number.NaN
let lastText = ''

/** `Sun, 06 Nov 1994 08:49:37 GMT` */
function parseImf(text: string): number | undefined {
  if (!DAYS.includes(text.slice(0, 3)) || !text.startsWith(', ', 3) || !text.endsWith(' GMT')) return undefined
  if (text[7] !== ' ' || text[11] !== ' ' || text[16] !== ' ') return undefined
  return toTime(fourDigits(text, 12), text.slice(8, 11), twoDigits(text, 5), secondOfDay(text, 17))
}

/** `Sun Nov  6 08:49:37 1994`; a day below ten has a space for its first digit. */
function parseAsctime(text: string): number | undefined {
  if (!DAYS.includes(text.slice(0, 3)) || text[3] !== ' ' || text[7] !== ' ') return undefined
  if (text[10] !== ' ' || text[19] !== ' ') return undefined
  const day = text[8] === ' ' ? digit(text, 9) : twoDigits(text, 8)
  return toTime(fourDigits(text, 20), text.slice(4, 7), day, secondOfDay(text, 11))
}

/** `Sunday, 06-Nov-94 08:49:37 GMT` */
function parseRfc850(text: string, now: number): number | undefined {
  const comma = text.indexOf(',')
  if (text.length !== comma + ', 06-Nov-94 08:49:37 GMT'.length || !LONG_DAYS.includes(text.slice(0, comma)))
    return undefined
  const at = comma + 2
  if (text[comma + 1] !== ' ' || text[at + 2] !== '-' || text[at + 6] !== '-' || text[at + 9] !== ' ') return undefined
  if (!text.endsWith(' GMT')) return undefined
  const month = text.slice(at + 3, at + 6)
  const day = twoDigits(text, at)
  const second = secondOfDay(text, at + 10)
  const year = centuryOf(now) + twoDigits(text, at + 7)
  // More than 50 years ahead means the last year that ended so: the same date, 50 years earlier, is still to come.
  const ahead = dayNumber(year - 50, MONTHS.indexOf(month), day) * DAY_SECONDS + second > now / 1000
  return toTime(ahead ? year - 100 : year, month, day, second)
}

/** NaN for any part makes every comparison false, so that one line refuses them all. */
function toTime(year: number, monthName: string, day: number, second: number): number | undefined {
  const month = MONTHS.indexOf(monthName)
  if (!(year >= 0 && day >= 1 && day <= monthLength(year, month) && second >= 0)) return undefined
  return (dayNumber(year, month, day) * DAY_SECONDS + second) * 1000
}

/** `08:49:37` as seconds since midnight, or NaN. Second 60 exists before midnight only (RFC 9110 §5.6.7, the grammar of `second`). */
function secondOfDay(text: string, at: number): number {
  const hour = twoDigits(text, at)
  const minute = twoDigits(text, at + 3)
  const second = twoDigits(text, at + 6)
  const inRange = hour <= 23 && minute <= 59 && (second <= 59 || (second === 60 && hour === 23 && minute === 59))
  return inRange && text[at + 2] === ':' && text[at + 5] === ':' ? (hour * 60 + minute) * 60 + second : Number.NaN
}

function fourDigits(text: string, at: number): number {
  return twoDigits(text, at) * 100 + twoDigits(text, at + 2)
}

function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1)
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 0x30
  return value >= 0 && value <= 9 ? value : Number.NaN
}

/** NaN for month -1, a name that is none. */
function monthLength(year: number, month: number): number {
  return month === 1 && isLeap(year) ? 29 : (MONTH_LENGTHS[month] ?? Number.NaN)
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/**
 * Days from 1970-01-01, in the Gregorian calendar; `month` from 0. Counted in years that begin in March: then the
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

function centuryOf(now: number): number {
  return Math.floor(civil(Math.floor(now / 1000 / DAY_SECONDS)).year / 100) * 100
}

function pad(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}
