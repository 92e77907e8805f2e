import { expect, test } from 'vitest'
import { readingOrder } from './prose.ts'
import { codesWith } from './search.ts'

test.each<[string, string, readonly number[]]>([
  ['a code', '409', [409]],
  ['the beginning of one', '41', readingOrder().filter((code) => Math.floor(code / 10) === 41)],
  ['a phrase, whatever its case and signs', ' not-FOUND', [404]],
  ['a phrase that is a part of another as well', 'gone', [410]],
  ['a part of phrases', 'too large', [413, 431]],
  ['a word that is cut short', 'unproc', [422]],
  ['a code and a word', '409 conflict', [409]],
  ['what stands nowhere', 'zeppelin', []],
  ['no words', ' ?', []],
])('%s: %j', (_, words, codes) => {
  expect(codesWith(words)).toEqual(codes)
})

test('words that are in no phrase are sought in the prose', () => {
  expect(codesWith('credentials')).toContain(401)
})
