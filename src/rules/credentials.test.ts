import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatChallenge, parseChallenges, parseCredentials } from './credentials.ts'

describe('parseCredentials', () => {
  test.each([
    ['Bearer abc', { scheme: 'bearer', token68: 'abc' }],
    ['bearer   abc', { scheme: 'bearer', token68: 'abc' }],
    [' Basic dXNlcjpwYXNz== ', { scheme: 'basic', token68: 'dXNlcjpwYXNz==' }],
    ['Bearer a-._~+/9=', { scheme: 'bearer', token68: 'a-._~+/9=' }],
    ['Bearer', { scheme: 'bearer' }],
    ['Bearer ', { scheme: 'bearer' }],
    ['Digest username="a b", Realm = x', { scheme: 'digest', parameters: { username: 'a b', realm: 'x' } }],
    ['Digest a=1,, b=2,', { scheme: 'digest', parameters: { a: '1', b: '2' } }],
    ['Digest a="="', { scheme: 'digest', parameters: { a: '=' } }],
  ])('RFC 9110 §11.4: %j is %j', (text, credentials) => {
    const parsed = parseCredentials(text)
    expect(parsed && { ...parsed, ...(parsed.parameters && { parameters: { ...parsed.parameters } }) }).toEqual(
      credentials,
    )
  })

  test.each([
    '',
    ' ',
    ', Bearer a',
    'Bearer a b',
    'Bearer a, Basic b',
    'Bearer a, b=c',
    'Bearer é',
    'Bearer "a"',
    'Digest a=1 b=2',
    'Digest a=1, A=2',
    'Digest a="1',
    'Bearer\tabc',
  ])('RFC 9110 §11.4, §11.2: %j is malformed', (text) => {
    expect(parseCredentials(text)).toBeUndefined()
  })
})

describe('parseChallenges', () => {
  test.each([
    ['Bearer realm="x"', ['bearer {"realm":"x"}']],
    [
      'Basic realm="a, b", Bearer realm="c", error="invalid_token"',
      ['basic {"realm":"a, b"}', 'bearer {"realm":"c","error":"invalid_token"}'],
    ],
    ['Negotiate, Basic realm=x', ['negotiate', 'basic {"realm":"x"}']],
    ['Negotiate , Basic realm=x', ['negotiate', 'basic {"realm":"x"}']],
    ['Negotiate dG9rZW4=, , Basic realm=x ,', ['negotiate dG9rZW4=', 'basic {"realm":"x"}']],
    [', Basic', ['basic']],
    [
      'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple"',
      ['newauth {"realm":"apps","type":"1","title":"Login to \\"apps\\""}', 'basic {"realm":"simple"}'],
    ],
  ])('RFC 9110 §11.6.1: %j', (text, challenges) => {
    const shown = parseChallenges(text)?.map(({ scheme, token68, parameters }) =>
      [scheme, token68, parameters && JSON.stringify(parameters)].filter(Boolean).join(' '),
    )
    expect(shown).toEqual(challenges)
  })

  test.each([
    '',
    ' , ',
    '"x"',
    'Basic realm="x" Bearer',
    'Basic realm=x, realm=y',
    'Basic realm="x',
    'realm=x',
    'abc==',
    'Basic, abc==',
    'Basic abc, realm=x',
  ])('RFC 9110 §11.6.1: %j is malformed', (text) => {
    expect(parseChallenges(text)).toBeUndefined()
  })
})

describe('formatChallenge', () => {
  test('RFC 9110 §11.5: values are quoted', () => {
    expect(formatChallenge('Bearer', { realm: 'x', error: 'invalid_token' })).toBe(
      'Bearer realm="x", error="invalid_token"',
    )
    expect(formatChallenge('Negotiate')).toBe('Negotiate')
  })

  test('nothing is written that would be read as something else', () => {
    expect(() => formatChallenge('a b')).toThrow(TypeError)
    expect(() => formatChallenge('Bearer', { 'a b': 'c' })).toThrow(TypeError)
    expect(() => formatChallenge('Bearer', { a: '\n' })).toThrow(TypeError)
  })

  test('what is formatted reads back, alone and as one of two', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_-]*$/)
    const value = fc.string({ unit: fc.constantFrom(...'ab "\\,;=') })
    fc.assert(
      fc.property(name, fc.dictionary(name, value, { minKeys: 1 }), (scheme, parameters) => {
        const text = formatChallenge(scheme, parameters)
        const [first, second] = parseChallenges(`${text}, ${text}`) ?? []
        expect(first).toEqual(second)
        expect(first?.scheme).toBe(scheme)
        expect({ ...first?.parameters }).toEqual({ ...parameters })
        expect(parseCredentials(text)).toEqual(first)
      }),
    )
  })
})
