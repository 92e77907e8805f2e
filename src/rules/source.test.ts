import { expect, test } from 'vitest'
import type { DecisionId } from './decisions.ts'
import type { Source } from './explanation.ts'
import { sourceOf } from './source.ts'

test.each<readonly [DecisionId, Source]>([
  ['framing', { kind: 'connection' }],
  ['expectation', { kind: 'field', name: 'expect' }],
  ['ifMatch', { kind: 'field', name: 'if-match' }],
  ['credentials', { kind: 'accounts' }],
  ['keySame', { kind: 'store' }],
  ['exists', { kind: 'store' }],
  ['contentParses', { kind: 'content' }],
  ['unforeseen', { kind: 'server' }],
])('%s is answered from %o', (id, source) => {
  expect(sourceOf(id)).toEqual(source)
})

test('what is declared is more precise', () => {
  const source: Source = { kind: 'declared', at: 'articles.allow.delete', says: 'owner or admin' }
  expect(sourceOf('itemAllowed', { itemAllowed: source })).toBe(source)
})
