import { describe, expect, test } from 'vitest'
import { parseHost } from './host.ts'
import { isAuthorityOf, parseOrigin } from './origin.ts'

describe('parseOrigin', () => {
  test.each([
    ['http://api.example', 'http', 'api.example', 80],
    ['https://api.example', 'https', 'api.example', 443],
    ['http://api.example:80', 'http', 'api.example', 80],
    ['http://api.example:', 'http', 'api.example', 80],
    ['https://api.example:80', 'https', 'api.example', 80],
    ['HTTP://Api.Example:08080', 'http', 'api.example', 8080],
    ['http://[::1]:4010', 'http', '[::1]', 4010],
  ])('RFC 9110 §4.3.1: %j', (text, scheme, host, port) => {
    expect(parseOrigin(text)).toEqual({ scheme, host, port })
  })

  test.each([
    '',
    'null',
    'api.example',
    'ftp://api.example',
    'http://',
    'http://user@api.example',
    'http://api.example:x',
    'http://api.example/',
    'http://api.example?',
    'http://api.example#',
  ])('RFC 9110 §4.3.1: %j is none', (text) => {
    expect(parseOrigin(text)).toBeUndefined()
  })
})

describe('RFC 9110 §4.2.3: an empty port and the port of the scheme are the same', () => {
  test.each([
    ['http://api.example', 'api.example', true],
    ['http://api.example', 'api.example:', true],
    ['http://api.example', 'API.example:80', true],
    ['http://api.example', 'api.example:0080', true],
    ['http://api.example:80', 'api.example', true],
    ['https://api.example', 'api.example', true],
    ['https://api.example', 'api.example:443', true],
    ['http://api.example:8080', 'api.example:8080', true],
    ['http://[::1]', '[::1]:80', true],
    ['http://api.example', 'api.example:443', false],
    ['https://api.example', 'api.example:80', false],
    ['http://api.example:8080', 'api.example', false],
    ['http://api.example:443', 'api.example', false],
    ['http://api.example', 'www.api.example', false],
    ['http://api.example', 'user@api.example', false],
    ['null', 'api.example', false],
    ['null', '', false],
  ])('%s, asked for as %s: %s', (origin, host, same) => {
    expect(isAuthorityOf(parseOrigin(origin), parseHost(host))).toBe(same)
  })
})
