import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { parseCredentials } from '../../rules/index.ts'
import { digest, keyFault, kindOf, newToken } from './token.ts'

describe('tokens', () => {
  test.each(['session', 'key'] as const)('a %s: readable beginning, 256 bits, a token68 (RFC 9110 §11.2)', (kind) => {
    const token = newToken(kind)
    expect(token).toMatch(/^ten_[sk]_[\w-]{43}$/)
    expect(kindOf(token)).toBe(kind)
    expect(parseCredentials(`Bearer ${token}`)).toEqual({ scheme: expect.any(String), token68: token })
    expect(newToken(kind)).not.toBe(token)
  })

  test('what is stored is the SHA-256', () => {
    expect(digest('ten_k_x')).toBe(createHash('sha256').update('ten_k_x').digest('base64url'))
  })

  test.each([
    ['a', undefined],
    ['basic-key', undefined],
    ['AZaz09-._~+/==', undefined],
    ['', 'letters'],
    ['two words', 'letters'],
    ['=', 'letters'],
    ['a=b', 'letters'],
    ['clé', 'letters'],
    ['ten_s_mine', 'begin'],
  ])('an operator’s key %j', (key, fault) => {
    if (fault === undefined) expect(keyFault(key)).toBeUndefined()
    else expect(keyFault(key)).toContain(fault)
  })
})
