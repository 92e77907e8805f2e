/**
 * Caching (RFC 9111), for a cache of one user's: what may be stored, how old it is, when it may be used again.
 *
 * Pure: times are milliseconds, and `now` is an argument. Where the text is in doubt the reading is the one that
 * asks the origin. Apart from `status.ts`, so that a client carries no phrases; freshness.test.ts holds the two together.
 */
import { type CacheControl, parseCacheControl } from './cache-control.ts'
import { parseDate } from './date.ts'
import { parseList } from './list.ts'
import { isPart, tellsOf } from './range.ts'
import type { StatusWith } from './status.ts'

/** The value of a field by its lower-case name; several lines joined with commas. */
export type FieldReader = (name: string) => string | undefined

/** A response as it is kept. */
export interface Stored {
  readonly status: number
  readonly field: FieldReader
  /** When the request was sent, and when the response arrived. */
  readonly requested: number
  readonly received: number
}

/** What of a kept response decides when it may be used again: read once, asked often. */
export interface Terms {
  readonly control: CacheControl
  /** How long it is fresh, from its Date on (RFC 9111 §4.2.1). */
  readonly lifetime: number
  /** How old it was when it arrived (RFC 9111 §4.2.3). */
  readonly initialAge: number
  readonly received: number
}

export function termsOf(stored: Stored): Terms {
  const control = controlOf(stored.field)
  return { control, lifetime: lifetime(stored, control), initialAge: initialAge(stored), received: stored.received }
}

/** Codes whose responses may be kept without a word about it (RFC 9111 §4.2.2). */
const HEURISTIC: ReadonlySet<number> = new Set<StatusWith<{ cacheable: true }>>([
  200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501,
])
/** Not kept whatever is said. */
const NEVER: ReadonlySet<number> = new Set<StatusWith<{ neverStored: true }>>([
  100, 101, 102, 103, 104, 304, 428, 429, 431, 511,
])
/** Methods whose answer is what a GET of the same would give, if it says so, and for how long (RFC 9110 §9.3.3, RFC 5789 §2). */
const GIVES_THE_SAME: ReadonlySet<string> = new Set(['POST', 'PATCH'])

/** What a cache says that was told to answer from what it has, and has nothing (RFC 9111 §5.2.1.7). */
export const NOT_CACHED = 504

/** May the response to a GET be kept (RFC 9111 §3)? Only what can be of use later: it is fresh, or can be validated. */
export function mayStore(request: FieldReader, response: Stored): boolean {
  const control = controlOf(response.field)
  if (NEVER.has(response.status)) return false
  // What was said of a part, and a part that nobody asked for, would be taken for what is said of the whole.
  if (!tellsOf(response.status, request('range'))) return false
  // Who must understand the status need not heed no-store where it does (§5.2.2.3).
  const closed = control['must-understand'] === true ? !HEURISTIC.has(response.status) : control['no-store'] === true
  if (closed || controlOf(request)['no-store'] === true) return false
  const told = control.public ?? control.private ?? control['max-age'] ?? response.field('expires')
  if (told === undefined && !HEURISTIC.has(response.status)) return false
  if (varying(response.field)?.includes('*') === true) return false
  return isValidatable(response) || lifetime(response, control) > 0
}

/** May the response to another method than GET be kept for one? `location`: the whole URL that Content-Location means. */
export function answersGet(method: string, url: string, location: string | undefined, field: FieldReader): boolean {
  const told = controlOf(field)['max-age'] ?? field('expires')
  return GIVES_THE_SAME.has(method) && location === url && told !== undefined
}

function isValidatable({ field }: Stored): boolean {
  return (field('etag') ?? field('last-modified')) !== undefined
}

function lifetime({ status, field, received }: Stored, control: CacheControl): number {
  const maxAge = control['max-age']
  if (maxAge !== undefined) return maxAge * 1000
  const date = dateOf(field, received)
  const expires = field('expires')
  // What cannot be read as a date has expired (§5.3).
  if (expires !== undefined) return Math.max(0, (parseDate(expires, received) ?? 0) - date)
  const modified = parseDate(field('last-modified') ?? '', received)
  if (modified === undefined || !(HEURISTIC.has(status) || control.public === true)) return 0
  return Math.min(LONGEST_HEURISTIC, Math.max(0, date - modified) / 10)
}

/** A week. */
const LONGEST_HEURISTIC = 7 * 24 * 3600 * 1000

function initialAge({ field, requested, received }: Stored): number {
  const apparent = Math.max(0, received - dateOf(field, received))
  const [said = ''] = parseList(field('age') ?? '')
  // An Age that is no number is ignored; of several the first counts (§5.1).
  const corrected = (DIGITS.test(said) ? Number(said) * 1000 : 0) + received - requested
  return Math.max(apparent, corrected)
}

/** RFC 9111 §4.2.3. */
export function age(terms: Terms, now: number): number {
  return terms.initialAge + now - terms.received
}

const DIGITS = /^\d+$/

/**
 * `fresh`: use it. `stale`: use it, the request wants no better. `while`: use it, and ask the origin meanwhile
 * (RFC 5861 §3). `validate`: ask the origin first.
 */
export type Use = 'fresh' | 'stale' | 'while' | 'validate'

/** How a kept response may answer a request (RFC 9111 §4). */
export function useOf(request: FieldReader, terms: Terms, now: number): Use {
  const [asked, said] = [requestControl(request), terms.control]
  const old = age(terms, now)
  const fresh = terms.lifetime - old
  if (asked['no-cache'] !== undefined || said['no-cache'] !== undefined) return 'validate'
  // Who asks for max-age=0 does not mean: unless it is quick. What does not change while it is fresh is young enough (RFC 8246 §2).
  const tooOld = old >= seconds(asked['max-age'], Infinity) && !(said.immutable === true && fresh > 0)
  if (tooOld || fresh < seconds(asked['min-fresh'], -Infinity)) return 'validate'
  if (fresh > 0) return 'fresh'
  if (said['must-revalidate'] === true) return 'validate'
  if (-fresh <= seconds(asked['max-stale'], -1)) return 'stale'
  // Who says how old, or how stale, it may be has not asked for what is older.
  const impatient =
    asked['max-age'] === undefined && asked['min-fresh'] === undefined && asked['max-stale'] === undefined
  return impatient && -fresh <= seconds(said['stale-while-revalidate'], -1) ? 'while' : 'validate'
}

/** May it stand in for an origin that fails (RFC 5861 §4)? Never against `must-revalidate` or `no-cache` (§4.2.4). */
export function mayStandIn(request: FieldReader, terms: Terms, now: number): boolean {
  const [asked, said] = [requestControl(request), terms.control]
  if (said['must-revalidate'] === true || said['no-cache'] !== undefined || asked['no-cache'] !== undefined)
    return false
  const staleness = age(terms, now) - terms.lifetime
  return staleness <= seconds(asked['stale-if-error'] ?? said['stale-if-error'], -1)
}

/** Has the origin failed, so that something may stand in for it (RFC 5861 §4)? */
export function isFailure(status: number): boolean {
  return FAILURES.includes(status)
}

const FAILURES: readonly number[] = [500, 502, 503, 504]

/** Is the origin not to be asked at all? */
export function onlyIfCached(request: FieldReader): boolean {
  return controlOf(request)['only-if-cached'] === true
}

/** Has an unsafe request with this answer changed what is there? What was refused, or failed, has not (RFC 9111 §4.4). */
export function invalidates(status: number): boolean {
  return CHANGES.includes(Math.trunc(status / 100))
}

/** By the first digit. */
const CHANGES: readonly number[] = [1, 2, 3]

/** Lower-case names of the request fields that select the response (RFC 9111 §4.1). */
export function varying(field: FieldReader): readonly string[] | undefined {
  const vary = field('vary')
  return vary === undefined ? undefined : parseList(vary.toLowerCase())
}

/** Those, and what a part was asked for with: names of all that has to be the same to use the response again. */
export function selecting(status: number, field: FieldReader): readonly string[] {
  return [...(varying(field) ?? []), ...(isPart(status) ? ['range'] : [])]
}

/** The value of a selecting field as it is compared: what means the same is equal (RFC 9111 §4.1). */
export function comparable(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const members = parseList(UNORDERED.has(name) ? value.toLowerCase().replace(/[ \t]/g, '') : value)
  return (UNORDERED.has(name) ? members.toSorted() : members).join()
}

/** Neither case nor order says anything in these, and no member has a space in quotes (RFC 9110 §12.5). */
const UNORDERED: ReadonlySet<string> = new Set(['accept-charset', 'accept-encoding', 'accept-language'])

/** Names of the fields that are not kept: those for one connection, and those that Connection names (RFC 9111 §3.1). */
export function ofConnection(field: FieldReader): readonly string[] {
  return [...HOP_BY_HOP, ...parseList((field('connection') ?? '').toLowerCase())]
}

/** RFC 9110 §7.6.1, and what a proxy says to its client alone. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]

/** Does a 304 replace the stored field of this name (RFC 9111 §3.2)? Not where it describes the content as it was sent. */
export function isFreshened(name: string): boolean {
  return !OF_THE_CONTENT.has(name)
}

const OF_THE_CONTENT: ReadonlySet<string> = new Set([
  'content-digest',
  'content-encoding',
  'content-length',
  'content-md5',
  'content-range',
])

/** Pragma speaks for those who know no Cache-Control (RFC 9111 §5.4). */
function requestControl(request: FieldReader): CacheControl {
  return parseCacheControl(request('cache-control') ?? request('pragma') ?? '')
}

function controlOf(field: FieldReader): CacheControl {
  return parseCacheControl(field('cache-control') ?? '')
}

/** A response without a Date that can be read is as old as its arrival (RFC 9110 §6.6.1). */
function dateOf(field: FieldReader, received: number): number {
  return parseDate(field('date') ?? '', received) ?? received
}

function seconds(value: number | undefined, otherwise: number): number {
  return value === undefined ? otherwise : value * 1000
}
