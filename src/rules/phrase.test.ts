import { expect, test } from 'vitest'
import { all, either } from './phrase.ts'

test.each([
  [[], '', ''],
  [['a'], 'a', 'a'],
  [[200, 204], '200 or 204', '200 and 204'],
  [['a', 'b', 'c'], 'a, b or c', 'a, b and c'],
])('%o', (words, some, every) => {
  expect([either(words), all(words)]).toEqual([some, every])
})
