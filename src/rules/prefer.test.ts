import { expect, test } from 'vitest'
import { parsePrefer } from './prefer.ts'

test.each([
  ['', {}],
  ['return=minimal', { return: 'minimal' }],
  ['Return="Representation"', { return: 'representation' }],
  ['return = minimal; foo=bar', { return: 'minimal' }],
  ['return=everything', {}],
  ['return', {}],
  ['return=minimal, return=minimal', { return: 'minimal' }],
  ['return=minimal, return=representation', {}],
  ['handling=strict', { handling: 'strict' }],
  ['handling=lenient', { handling: 'lenient' }],
  ['handling=lenient, handling=strict', {}],
  ['wait=10', { wait: 10 }],
  ['wait=10, wait=20', { wait: 10 }],
  ['wait=-1', {}],
  ['wait=1.5', {}],
  ['wait', {}],
  ['respond-async', { 'respond-async': true }],
  ['respond-async=""', { 'respond-async': true }],
  ['respond-async=no', {}],
  ['foo, "bar", return=minimal, wait=5, respond-async', { return: 'minimal', wait: 5, 'respond-async': true }],
  ['__proto__=1', {}],
])('RFC 7240: %j is %j', (text, preferences) => {
  expect(parsePrefer(text)).toEqual(preferences)
})
