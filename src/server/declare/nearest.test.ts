import { expect, test } from 'vitest'
import { instead, nearest } from './nearest.ts'

const ROLES = ['anyone', 'signedIn', 'owner', 'admin']

test.each([
  ['admn', 'admin'],
  ['adminn', 'admin'],
  ['amdin', 'admin'],
  ['admim', 'admin'],
  ['Owner', 'owner'],
  ['signedin', 'signedIn'],
  ['signed_in', 'signedIn'],
  ['nobody', undefined],
  ['a', undefined],
  ['', undefined],
  ['administrator', undefined],
])('%j is meant for %s', (name, meant) => {
  expect(nearest(name, ROLES)).toBe(meant)
})

test('a name of one letter is taken for no other', () => {
  expect(nearest('a', ['b'])).toBeUndefined()
})

test('the nearest of several', () => {
  expect(nearest('reads', ['read', 'ready', 'create'])).toBe('read')
})

test('what to write instead: the name that was meant, those there are, or what is said where there are none', () => {
  expect(instead('admn', ROLES)).toBe('Did you mean admin?')
  expect(instead('nobody', ROLES)).toBe('Use anyone, signedIn, owner, admin')
  expect(instead('nobody', [])).toBe('Leave it out')
  expect(instead('nobody', [], 'Declare one')).toBe('Declare one')
})
