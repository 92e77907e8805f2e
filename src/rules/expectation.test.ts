import { expect, test } from 'vitest'
import { parseExpect } from './expectation.ts'

test.each([
  ['100-continue', 'continue'],
  ['100-Continue', 'continue'],
  [' 100-continue ,', 'continue'],
  ['100-continue, 100-continue', 'continue'],
  ['100-continue, brew', 'other'],
  ['200-ok', 'other'],
  ['100-continue; q=1', 'other'],
  ['', undefined],
  [' , ', undefined],
])('RFC 9110 §10.1.1: %j is %j', (text, expectation) => {
  expect(parseExpect(text)).toBe(expectation)
})
