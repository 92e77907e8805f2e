import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  areEntityTags,
  formatEntityTag,
  isStrongTag,
  parseEntityTag,
  parseEntityTags,
  strongMatch,
  weakMatch,
  type EntityTag,
} from './etag.ts'

const strong = (opaque: string): EntityTag => ({ weak: false, opaque })
const weak = (opaque: string): EntityTag => ({ weak: true, opaque })

describe('parseEntityTag', () => {
  test.each([
    ['"x"', strong('x')],
    ['W/"x"', weak('x')],
    ['""', strong('')],
    ['"a,b"', strong('a,b')],
    [String.raw`"a\"`, strong('a\\')],
    ['"é"', strong('é')],
    ['x', undefined],
    ['w/"x"', undefined],
    ['W/x', undefined],
    ['"a b"', undefined],
    ['"a"b"', undefined],
    ['"a', undefined],
    ['', undefined],
    ['"a\u007f"', undefined],
    ['"€"', undefined],
  ])('RFC 9110 §8.8.3: %j is %j', (text, tag) => {
    expect(parseEntityTag(text)).toEqual(tag)
    expect(isStrongTag(text)).toBe(tag?.weak === false)
  })
})

describe('parseEntityTags', () => {
  test.each([
    ['*', '*'],
    [' * ', '*'],
    ['"x"', [strong('x')]],
    ['"a", W/"b"', [strong('a'), weak('b')]],
    ['"a","b"', [strong('a'), strong('b')]],
    [', "a",, "b" ,', [strong('a'), strong('b')]],
    ['\t"a,b" ,"c"', [strong('a,b'), strong('c')]],
    [String.raw`"a\", "b"`, [strong('a\\'), strong('b')]],
    ['', undefined],
    [' , ', undefined],
    ['*, "a"', undefined],
    ['"a", *', undefined],
    ['"a" "b"', undefined],
    ['"a", b', undefined],
    ['"a"; b', undefined],
  ])('RFC 9110 §13.1.1, §5.6.1.2: %j is %j', (text, tags) => {
    expect(parseEntityTags(text)).toEqual(tags)
    expect(areEntityTags(text)).toBe(tags !== undefined)
  })
})

describe('comparison', () => {
  test.each([
    [weak('1'), weak('1'), false, true],
    [weak('1'), weak('2'), false, false],
    [weak('1'), strong('1'), false, true],
    [strong('1'), weak('1'), false, true],
    [strong('1'), strong('1'), true, true],
    [strong('1'), strong('2'), false, false],
  ])('RFC 9110 §8.8.3.2: %j and %j', (a, b, strongly, weakly) => {
    expect(strongMatch(a, b)).toBe(strongly)
    expect(weakMatch(a, b)).toBe(weakly)
  })
})

const anyTag = fc.record({
  weak: fc.boolean(),
  opaque: fc.string({ unit: fc.constantFrom(...'ab,\\;W/!~é*') }),
})

test('what is formatted reads back, alone and in a list', () => {
  fc.assert(
    fc.property(fc.array(anyTag, { minLength: 1 }), (tags) => {
      expect(tags.map((tag) => parseEntityTag(formatEntityTag(tag)))).toEqual(tags)
      expect(parseEntityTags(tags.map(formatEntityTag).join(' ,, '))).toEqual(tags)
    }),
  )
})

test.each(['a"b', 'a b', 'a\n', '€'])('no tag holds %j', (opaque) => {
  expect(() => formatEntityTag(strong(opaque))).toThrow(TypeError)
})
