import { expect, test } from 'vitest'
import { parseList } from './list.ts'

test.each([
  ['', []],
  [' , ,,', []],
  ['a', ['a']],
  ['a, b ,\tc', ['a', 'b', 'c']],
  [', a,, b,', ['a', 'b']],
  ['a="x,y", b', ['a="x,y"', 'b']],
  [String.raw`"a\",b", c`, [String.raw`"a\",b"`, 'c']],
  ['a; b="c, d', ['a; b="c, d']],
  [String.raw`a\, b`, ['a\\', 'b']],
])('RFC 9110 §5.6.1.2: %j has the members %j', (text, members) => {
  expect(parseList(text)).toEqual(members)
})
