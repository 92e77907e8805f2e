import { expect, expectTypeOf, test } from 'vitest'
import { METHOD, type Method, methodRow, parseMethod } from './method.ts'

const having = (fact: (name: Method) => boolean): string[] =>
  Object.keys(METHOD).filter((name) => {
    const method = parseMethod(name)
    return method !== undefined && fact(method)
  })

test('RFC 9110 §9.2.1: the safe methods', () => {
  expect(having((name) => METHOD[name].safe)).toEqual(['GET', 'HEAD', 'OPTIONS', 'TRACE'])
})

test('RFC 9110 §9.2.2: PUT, DELETE and the safe methods are idempotent', () => {
  expect(having((name) => METHOD[name].idempotent)).toEqual(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])
})

test('RFC 9110 §9.2.3 and RFC 5789 §2: GET and HEAD are cacheable, POST and PATCH when they say so', () => {
  expect(having((name) => METHOD[name].cacheable === 'yes')).toEqual(['GET', 'HEAD'])
  expect(having((name) => METHOD[name].cacheable === 'explicit')).toEqual(['POST', 'PATCH'])
})

test('RFC 9110 §13.2.1: CONNECT, OPTIONS and TRACE select no representation', () => {
  expect(having((name) => !METHOD[name].selects)).toEqual(['OPTIONS', 'TRACE', 'CONNECT'])
})

test.each([
  ['GET', 'GET'],
  ['get', undefined],
  ['BREW', undefined],
  ['toString', undefined],
  ['', undefined],
])('RFC 9110 §9.1: %j is %j, names are case-sensitive', (text, method) => {
  expect(parseMethod(text)).toBe(method)
})

test('RFC 9110 §9.2.2: an unknown method promises nothing', () => {
  expect(methodRow('BREW')).toMatchObject({ safe: false, idempotent: false, cacheable: 'no' })
  expect(methodRow('PUT')).toBe(METHOD.PUT)
})

test('Method is the names of the table', () => {
  expectTypeOf<Method>().toEqualTypeOf<
    'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'TRACE' | 'CONNECT'
  >()
})
