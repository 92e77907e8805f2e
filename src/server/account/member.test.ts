import { describe, expect, test } from 'vitest'
import { passwordMember } from './member.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'

const declared = {
  accounts: { in: 'users', role: 'role', login: 'email' },
  auth: { password: true, apiKeys: true },
} as ApiDeclaration

const member = passwordMember(declared)

describe('the member password', () => {
  test.each([
    ['without password()', { ...declared, auth: { password: false, apiKeys: true } }],
    ['without accounts', { ...declared, accounts: undefined }],
  ])('is not there %s', (_, api) => {
    expect(passwordMember(api)).toBeUndefined()
  })

  test.each([
    ['8 characters', 'a2345678', true],
    ['128 characters', 'a'.repeat(128), true],
    ['8 characters outside the basic plane', '🐎'.repeat(8), true],
    ['128 of them', '🐎'.repeat(128), true],
    ['spaces and all', 'correct horse battery', true],
    ['7 characters', 'a234567', false],
    ['7 characters outside the basic plane', '🐎'.repeat(7), false],
    ['129 characters', 'a'.repeat(129), false],
    ['nothing', '', false],
    ['null', null, false],
    ['a number', 12_345_678, false],
    ['NUL', 'a234567\u0000', false],
    ['a line break', 'a234567\n', false],
    ['half a pair', 'a234567\ud83d', false],
  ])('%s', (_, value, fits) => {
    const errors = member?.check(value) ?? []
    expect(errors.length === 0).toBe(fits)
    for (const error of errors) {
      expect(error).toEqual({ pointer: '/password', detail: expect.any(String), code: 'invalid' })
      if (typeof value === 'string' && value !== '') expect(error.detail).not.toContain(value)
    }
  })

  const caller = (id: string, role?: string) => ({ id, role, credential: 'c' })
  test.each([
    ['somebody signing up', undefined, undefined, true],
    ['the account itself', caller('1', 'basic'), '1', true],
    ['an admin', caller('2', 'admin'), '1', true],
    ['another role that may change accounts', caller('2', 'editor'), '1', false],
    ['another account', caller('2'), '1', false],
    ['nobody', undefined, '1', false],
  ])('is changed by %s: %s', (_, who, account, allowed) => {
    expect(member?.mayChange(who, account)).toBe(allowed)
  })
})
