import { describe, expect, test } from 'vitest'
import { formatDate } from './date.ts'
import {
  age,
  answersGet,
  comparable,
  invalidates,
  isFailure,
  isFreshened,
  mayStandIn,
  mayStore,
  ofConnection,
  onlyIfCached,
  selecting,
  type Stored,
  termsOf,
  useOf,
  varying,
} from './freshness.ts'
import { STATUS_CODES, statusRow } from './status.ts'

const NOW = Date.UTC(2026, 0, 1)
type Fields = Readonly<Record<string, string>>
const reader = (fields: Fields) => (name: string) => fields[name]
const stored = (fields: Fields, status = 200, at = NOW): Stored => ({
  status,
  field: reader(fields),
  requested: at,
  received: at,
})
const date = (seconds: number): string => formatDate(NOW + seconds * 1000)

describe('what may be stored (RFC 9111 §3)', () => {
  test.each(STATUS_CODES.filter((code) => code >= 200))('%i, as its row says', (code) => {
    const row = statusRow(code)
    const parts = code === 206 || code === 304
    expect(mayStore(reader({}), stored({ etag: '"1"' }, code))).toBe(row.cacheable && !parts)
    const told = { 'cache-control': 'max-age=60' }
    expect(mayStore(reader({}), stored(told, code))).toBe(row.neverStored !== true && !parts)
  })

  test.each<[Fields, Fields, boolean, number?]>([
    [{}, {}, false],
    [{}, { etag: '"1"' }, true],
    [{}, { 'last-modified': date(-10) }, true],
    [{}, { 'cache-control': 'max-age=0' }, false],
    [{}, { 'cache-control': 'no-store', etag: '"1"' }, false],
    [{ 'cache-control': 'no-store' }, { etag: '"1"' }, false],
    [{}, { 'cache-control': 'no-store, must-understand, max-age=9' }, true],
    [{}, { 'cache-control': 'no-store, must-understand, max-age=9' }, false, 299],
    [{}, { 'cache-control': 'must-understand, max-age=9' }, true],
    [{}, { 'cache-control': 'must-understand, max-age=9' }, false, 299],
    [{ range: 'bytes=0-1' }, { 'cache-control': 'max-age=9' }, true, 206],
    [{}, { 'cache-control': 'max-age=9' }, false, 206],
    [{ range: 'bytes=0-1' }, { 'cache-control': 'max-age=9' }, true, 200],
    [{ range: 'bytes=99-' }, { 'cache-control': 'max-age=9' }, false, 416],
    [{}, { 'cache-control': 'private', etag: '"1"' }, true, 299],
    [{}, { 'cache-control': 'public', etag: '"1"' }, true, 299],
    [{}, { expires: date(60) }, true, 299],
    [{}, { etag: '"1"' }, false, 299],
    [{}, { etag: '"1"', vary: 'accept, *' }, false],
    [{}, { etag: '"1"', vary: 'accept' }, true],
    [{}, { 'cache-control': 'max-age=9' }, false, 103],
  ])('%j, %j: %s', (request, response, expected, status = 200) => {
    expect(mayStore(reader(request), stored(response, status))).toBe(expected)
  })
})

describe('how long it is fresh (RFC 9111 §4.2.1)', () => {
  test.each<[Fields, number, number?]>([
    [{}, 0],
    [{ 'cache-control': 'max-age=60' }, 60],
    [{ 'cache-control': 'max-age=60', expires: date(-60) }, 60],
    [{ 'cache-control': 's-maxage=60' }, 0],
    [{ 'cache-control': 'foo=1, MAX-AGE=60' }, 60],
    [{ 'cache-control': 'max-age=x' }, 0],
    [{ expires: date(60) }, 60],
    [{ expires: date(60), date: date(20) }, 40],
    [{ expires: '0' }, 0],
    [{ expires: '0', 'last-modified': date(-1000) }, 0],
    [{ expires: `${date(60)}, ${date(90)}` }, 0],
    [{ 'last-modified': date(-1000) }, 100],
    [{ 'last-modified': date(1000) }, 0],
    [{ 'last-modified': date(-1e9) }, 7 * 24 * 3600],
    [{ 'last-modified': date(-1000) }, 0, 201],
    [{ 'last-modified': date(-1000), 'cache-control': 'public' }, 100, 201],
  ])('%j: %i s', (fields, expected, status = 200) => {
    expect(termsOf(stored(fields, status)).lifetime).toBe(expected * 1000)
  })
})

describe('how old it is (RFC 9111 §4.2.3, §5.1)', () => {
  test.each<[Fields, number]>([
    [{}, 10],
    [{ date: date(-5) }, 15],
    [{ date: date(5) }, 10],
    [{ date: 'x' }, 10],
    [{ age: '7' }, 17],
    [{ age: '7, 9' }, 17],
    [{ age: '-7' }, 10],
    [{ age: '7.5' }, 10],
    [{ age: 'x' }, 10],
    [{ age: '3', date: date(-5) }, 15],
  ])('%j, after 10 s: %i s', (fields, expected) => {
    expect(age(termsOf(stored(fields)), NOW + 10_000)).toBe(expected * 1000)
  })

  test('counted from when the request was sent', () => {
    expect(age(termsOf({ ...stored({}), requested: NOW - 2000 }), NOW)).toBe(2000)
  })
})

describe('whether it may be used (RFC 9111 §4, §5.2; RFC 5861)', () => {
  test.each<[string, string, number, string]>([
    ['max-age=60', '', 59, 'fresh'],
    ['max-age=60', '', 60, 'validate'],
    ['max-age=60, no-cache', '', 0, 'validate'],
    ['max-age=60, no-cache="x"', '', 0, 'validate'],
    ['max-age=60', 'no-cache', 0, 'validate'],
    ['max-age=60', 'max-age=5', 4, 'fresh'],
    ['max-age=60', 'max-age=5', 5, 'validate'],
    ['max-age=60', 'max-age=0', 0, 'validate'],
    ['max-age=60, immutable', 'max-age=0', 59, 'fresh'],
    ['max-age=60, immutable', 'max-age=0', 60, 'validate'],
    ['max-age=60, immutable', 'no-cache', 0, 'validate'],
    ['max-age=60', 'min-fresh=10', 50, 'fresh'],
    ['max-age=60', 'min-fresh=10', 51, 'validate'],
    ['max-age=60', 'max-stale', 1000, 'stale'],
    ['max-age=60', 'max-stale=10', 70, 'stale'],
    ['max-age=60', 'max-stale=10', 71, 'validate'],
    ['max-age=60, must-revalidate', 'max-stale', 61, 'validate'],
    ['max-age=60, must-revalidate', '', 59, 'fresh'],
    ['max-age=60, stale-while-revalidate=10', '', 70, 'while'],
    ['max-age=60, stale-while-revalidate=10', '', 71, 'validate'],
    ['max-age=60, stale-while-revalidate=10', 'max-age=100', 65, 'validate'],
    ['max-age=60, stale-while-revalidate=10', 'min-fresh=0', 65, 'validate'],
    ['max-age=60, stale-while-revalidate=10', 'max-stale=3', 65, 'validate'],
  ])('%s; asked for %s, after %i s: %s', (said, asked, seconds, expected) => {
    const request = reader(asked === '' ? {} : { 'cache-control': asked })
    expect(useOf(request, termsOf(stored({ 'cache-control': said })), NOW + seconds * 1000)).toBe(expected)
  })

  test('Pragma speaks for who sends no Cache-Control (§5.4)', () => {
    const kept = termsOf(stored({ 'cache-control': 'max-age=60' }))
    expect(useOf(reader({ pragma: 'no-cache' }), kept, NOW)).toBe('validate')
    expect(useOf(reader({ pragma: 'no-cache', 'cache-control': 'max-age=9' }), kept, NOW)).toBe('fresh')
  })
})

describe('whether it may stand in for an origin that fails (RFC 5861 §4, RFC 9111 §4.2.4)', () => {
  test.each<[string, string, number, boolean]>([
    ['max-age=60', '', 61, false],
    ['max-age=60, stale-if-error=10', '', 70, true],
    ['max-age=60, stale-if-error=10', '', 71, false],
    ['max-age=60', 'stale-if-error=10', 70, true],
    ['max-age=60, stale-if-error=10, must-revalidate', '', 61, false],
    ['max-age=60, stale-if-error=10, no-cache', '', 61, false],
    ['max-age=60, stale-if-error=10', 'no-cache', 61, false],
  ])('%s; asked for %s, after %i s: %s', (said, asked, seconds, expected) => {
    const request = reader(asked === '' ? {} : { 'cache-control': asked })
    expect(mayStandIn(request, termsOf(stored({ 'cache-control': said })), NOW + seconds * 1000)).toBe(expected)
  })
})

test.each([
  [500, true],
  [502, true],
  [503, true],
  [504, true],
  [501, false],
  [429, false],
  [404, false],
])('a %i is a failure of the origin: %s (RFC 5861 §4)', (status, expected) => {
  expect(isFailure(status)).toBe(expected)
})

test('Vary, only-if-cached, and what a 304 brings (§4.1, §5.2.1.7, §3.2)', () => {
  expect(varying(reader({}))).toBeUndefined()
  expect(varying(reader({ vary: 'Accept,, X-A' }))).toEqual(['accept', 'x-a'])
  expect(onlyIfCached(reader({ 'cache-control': 'only-if-cached' }))).toBe(true)
  expect(onlyIfCached(reader({}))).toBe(false)
  expect(['cache-control', 'content-length', 'content-type'].map(isFreshened)).toEqual([true, false, true])
})

test.each([
  [200, true],
  [204, true],
  [303, true],
  [404, false],
  [503, false],
])('a write answered %i invalidates: %s (§4.4)', (status, expected) => {
  expect(invalidates(status)).toBe(expected)
})

describe('what a POST or PATCH gives may answer a later GET (RFC 9110 §9.3.3, RFC 5789 §2)', () => {
  const here = 'http://a.example/1'
  test.each<[string, string | undefined, Fields, boolean]>([
    ['POST', here, { 'cache-control': 'max-age=9' }, true],
    ['PATCH', here, { expires: date(60) }, true],
    ['PUT', here, { 'cache-control': 'max-age=9' }, false],
    ['POST', 'http://a.example/2', { 'cache-control': 'max-age=9' }, false],
    ['POST', undefined, { 'cache-control': 'max-age=9' }, false],
    ['POST', here, { etag: '"1"' }, false],
  ])('%s, Content-Location %s, %j: %s', (method, location, fields, expected) => {
    expect(answersGet(method, here, location, reader(fields))).toBe(expected)
  })
})

describe('selecting fields that mean the same are equal (RFC 9111 §4.1)', () => {
  test.each<[string, string | undefined, string | undefined, boolean]>([
    ['accept-language', 'en, de', 'De ,EN', true],
    ['accept-language', 'en;q=0.5', 'en; q=0.5', true],
    ['accept-language', 'en;q=0.5, de', 'en, de;q=0.5', false],
    ['accept-language', 'en', undefined, false],
    ['accept-encoding', 'gzip, br', 'br, gzip', true],
    ['x-list', '1,2', ' 1, 2 ', true],
    ['x-list', '1,2', '2,1', false],
    ['x-list', 'a', 'A', false],
    ['x-list', '"a, b"', '"a,b"', false],
    ['x-list', undefined, undefined, true],
    ['x-list', undefined, '', false],
  ])('%s: %j and %j: %s', (name, one, other, expected) => {
    expect(comparable(name, one) === comparable(name, other)).toBe(expected)
  })
})

test('what is for one connection is not kept (RFC 9111 §3.1, RFC 9110 §7.6.1)', () => {
  expect(ofConnection(reader({ connection: 'close, X-Hop' }))).toEqual(expect.arrayContaining(['connection', 'x-hop']))
  expect(ofConnection(reader({}))).toContain('transfer-encoding')
  // Between this cache and a proxy, MUST NOT (RFC 9111 §3.1).
  expect(ofConnection(reader({}))).toEqual(expect.arrayContaining(['proxy-authenticate', 'proxy-authentication-info']))
})

test.each<[number, Fields, readonly string[]]>([
  [200, {}, []],
  [200, { vary: 'Accept, Accept-Language' }, ['accept', 'accept-language']],
  [206, {}, ['range']],
  [206, { vary: 'accept' }, ['accept', 'range']],
])('%i with %j is selected by %j (§4.1, §3.3)', (status, fields, expected) => {
  expect(selecting(status, reader(fields))).toEqual(expected)
})
