import { expect, test } from 'vitest'
import { formatPointer } from './pointer.ts'

test.each([
  [[], ''],
  [['email'], '/email'],
  [['authors', 0, 'name'], '/authors/0/name'],
  [[''], '/'],
  [['a/b'], '/a~1b'],
  [['m~n'], '/m~0n'],
  [['~1'], '/~01'],
  [[Symbol('s')], '/Symbol(s)'],
])('RFC 6901 §3: %j is %j', (path, pointer) => {
  expect(formatPointer(path)).toBe(pointer)
})
