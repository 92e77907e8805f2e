import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  type Bodyless,
  ESSENTIAL,
  type Essential,
  isStatusCode,
  parseStatus,
  STATUS,
  STATUS_CODES,
  type StatusCode,
  type StatusRow,
  statusRow,
  type StatusWith,
} from './status.ts'

/** The IANA HTTP Status Code Registry of 2025-09-15, without its remarks in brackets (OBSOLETED, TEMPORARY). */
const REGISTRY: readonly (readonly [number, string])[] = [
  [100, 'Continue'],
  [101, 'Switching Protocols'],
  [102, 'Processing'],
  [103, 'Early Hints'],
  [104, 'Upload Resumption Supported'],
  [200, 'OK'],
  [201, 'Created'],
  [202, 'Accepted'],
  [203, 'Non-Authoritative Information'],
  [204, 'No Content'],
  [205, 'Reset Content'],
  [206, 'Partial Content'],
  [207, 'Multi-Status'],
  [208, 'Already Reported'],
  [226, 'IM Used'],
  [300, 'Multiple Choices'],
  [301, 'Moved Permanently'],
  [302, 'Found'],
  [303, 'See Other'],
  [304, 'Not Modified'],
  [305, 'Use Proxy'],
  [306, '(Unused)'],
  [307, 'Temporary Redirect'],
  [308, 'Permanent Redirect'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [402, 'Payment Required'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [406, 'Not Acceptable'],
  [407, 'Proxy Authentication Required'],
  [408, 'Request Timeout'],
  [409, 'Conflict'],
  [410, 'Gone'],
  [411, 'Length Required'],
  [412, 'Precondition Failed'],
  [413, 'Content Too Large'],
  [414, 'URI Too Long'],
  [415, 'Unsupported Media Type'],
  [416, 'Range Not Satisfiable'],
  [417, 'Expectation Failed'],
  [418, '(Unused)'],
  [421, 'Misdirected Request'],
  [422, 'Unprocessable Content'],
  [423, 'Locked'],
  [424, 'Failed Dependency'],
  [425, 'Too Early'],
  [426, 'Upgrade Required'],
  [428, 'Precondition Required'],
  [429, 'Too Many Requests'],
  [431, 'Request Header Fields Too Large'],
  [451, 'Unavailable For Legal Reasons'],
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
  [505, 'HTTP Version Not Supported'],
  [506, 'Variant Also Negotiates'],
  [507, 'Insufficient Storage'],
  [508, 'Loop Detected'],
  [510, 'Not Extended'],
  [511, 'Network Authentication Required'],
]

const CLASSES = { 1: 'interim', 2: 'success', 3: 'redirection', 4: 'clientError', 5: 'serverError' }

const having = (fact: (row: StatusRow) => boolean): readonly StatusCode[] =>
  STATUS_CODES.filter((code) => fact(statusRow(code)))

describe('the IANA registry', () => {
  test('has exactly these codes', () => {
    expect(STATUS_CODES).toEqual(REGISTRY.map(([code]) => code))
  })
  test.each(REGISTRY)('%i is %s', (code, phrase) => {
    expect(statusRow(code).phrase).toBe(phrase)
    expect(isStatusCode(code)).toBe(true)
    expect(statusRow(code).class).toBe(Object.entries(CLASSES).find(([digit]) => String(code).startsWith(digit))?.[1])
  })
})

describe('rows', () => {
  test('RFC 9110 §15.1 and RFC 7725 §3: these codes are heuristically cacheable', () => {
    expect(having((row) => row.cacheable)).toEqual([200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501])
  })
  test('RFC 9112 §6.3: 1xx, 204 and 304 end with their fields; RFC 9110 §15.3.6: 205 has no octets', () => {
    expect(having((row) => row.content === 'never')).toEqual([100, 101, 102, 103, 104, 204, 304])
    expect(having((row) => row.content === 'empty')).toEqual([205])
  })
  test('RFC 9110 §8.6: no Content-Length on 1xx and 204', () => {
    expect(having((row) => row.mustNot?.includes('Content-Length') === true)).toEqual([100, 101, 102, 103, 104, 204])
  })
  test('RFC 9111 §3: no cache stores what is not final, nor a 304; RFC 6585: nor 428, 429, 431, 511', () => {
    expect(having((row) => row.neverStored === true)).toEqual([100, 101, 102, 103, 104, 304, 428, 429, 431, 511])
  })
  test.each([
    [401, 'WWW-Authenticate'],
    [405, 'Allow'],
    [407, 'Proxy-Authenticate'],
    [426, 'Upgrade'],
  ])('%i must carry %s', (code, field) => {
    expect(statusRow(code).must).toContain(field)
  })
  test('only the fault of 5xx is the server’s, and only 5xx', () => {
    expect(having((row) => row.fault === 'server').every((code) => statusRow(code).class === 'serverError')).toBe(true)
  })
  test('RFC 9110 §15.4: a redirect has somewhere to lead', () => {
    for (const code of having((row) => row.redirect !== undefined)) {
      const row = statusRow(code)
      expect(row.retry).toBe('follow')
      expect([...(row.must ?? []), ...(row.should ?? [])]).toContain('Location')
    }
  })
  test('the ten, in the lesson’s order', () => {
    expect(ESSENTIAL).toEqual([200, 201, 204, 304, 400, 401, 403, 404, 409, 500])
  })
})

describe('unknown codes', () => {
  test.each([
    [199, STATUS[100]],
    [299, { ...STATUS[200], cacheable: false }],
    [399, { ...STATUS[300], cacheable: false }],
    [499, STATUS[400]],
    [599, STATUS[500]],
    [600, STATUS[500]],
    [999, STATUS[500]],
  ])('RFC 9110 §15: %i counts as x00 of its class, without its heuristic caching', (code, row) => {
    expect(statusRow(code)).toEqual(row)
    expect(isStatusCode(code)).toBe(false)
  })
})

describe('parseStatus', () => {
  test.each([
    ['100', 100],
    ['999', 999],
    [100, 100],
    [999, 999],
    [200, 200],
    ['99', undefined],
    ['099', undefined],
    ['1000', undefined],
    [99, undefined],
    [1000, undefined],
    [200.5, undefined],
    [Number.NaN, undefined],
    [' 200', undefined],
    ['0x1', undefined],
    ['2e2', undefined],
    ['', undefined],
  ])('RFC 9112 §4: %j is %j', (value, code) => {
    expect(parseStatus(value)).toBe(code)
  })
})

test('types are computed from the rows', () => {
  expectTypeOf<Bodyless>().toEqualTypeOf<100 | 101 | 102 | 103 | 104 | 204 | 205 | 304>()
  expectTypeOf<Essential>().toEqualTypeOf<200 | 201 | 204 | 304 | 400 | 401 | 403 | 404 | 409 | 500>()
  expectTypeOf<StatusWith<{ redirect: { permanent: true; method: 'kept' } }>>().toEqualTypeOf<308>()
})
