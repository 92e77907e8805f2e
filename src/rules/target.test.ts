import { describe, expect, test } from 'vitest'
import { parseTarget, pathSegments } from './target.ts'

describe('parseTarget', () => {
  test.each([
    ['/', '/', undefined, false],
    ['/a/b?c=d?e', '/a/b', 'c=d?e', false],
    ['/a?', '/a', '', false],
    ['//a//', '//a//', undefined, false],
    ['/%7Eb%41%2f', '/~bA%2f', undefined, false],
    ['/a?b=%41', '/a', 'b=%41', false],
    ['/%zz', '/%zz', undefined, true],
    ['/a?b=%', '/a', 'b=%', true],
    ['/a?b={c|d}', '/a', 'b={c|d}', false],
  ])('RFC 9112 §3.2.1, origin-form: %j', (target, path, query, malformed) => {
    expect(parseTarget(target)).toEqual({ form: 'origin', path, query, malformed })
  })

  test.each([
    ['http://Example.com/a?b', 'http', 'example.com', undefined, '/a', 'b'],
    ['HTTPS://example.com:8443', 'https', 'example.com', 8443, '/', undefined],
    ['http://[::1]:80?b', 'http', '[::1]', 80, '/', 'b'],
  ])('RFC 9112 §3.2.2, absolute-form: %j', (target, scheme, host, port, path, query) => {
    expect(parseTarget(target)).toEqual({ form: 'absolute', scheme, host, port, path, query, malformed: false })
  })

  test('RFC 9112 §3.2.3, authority-form has host and port', () => {
    expect(parseTarget('example.com:443')).toEqual({ form: 'authority', host: 'example.com', port: 443 })
  })

  test('RFC 9112 §3.2.4, asterisk-form', () => {
    expect(parseTarget('*')).toEqual({ form: 'asterisk' })
  })

  test.each([
    '',
    'a',
    '*/',
    'example.com',
    'http://',
    'http:///a',
    'http://user@host/',
    'http://a:b/',
    '/a b',
    '/a#b',
    '/é',
    '/a\n',
    '/\u007f',
  ])('RFC 9112 §3.2: %j is no target', (target) => {
    expect(parseTarget(target)).toBeUndefined()
  })
})

test.each([
  ['/', ['']],
  ['/a/b', ['a', 'b']],
  ['/a/', ['a', '']],
  ['/a%2Fb/c', ['a/b', 'c']],
  ['/caf%C3%A9', ['café']],
  ['/a+b', ['a+b']],
  ['/%ff', undefined],
  ['/a/%', undefined],
])('RFC 3986 §3.3: %j has the segments %j', (path, segments) => {
  expect(pathSegments(path)).toEqual(segments)
})
