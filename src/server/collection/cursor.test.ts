import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { collection } from '../declare/collection.ts'
import { fingerprint, formatCursor, parseCursor, placeOf } from './cursor.ts'
import { membersOf } from './member.ts'
import type { SortKey } from '../storage.ts'

const members = membersOf(
  collection(
    { title: z.string(), rank: z.int().optional(), size: z.number(), done: z.boolean(), tags: z.array(z.string()) },
    { allow: {} },
  ),
)
const sortBy = (...columns: string[]): SortKey[] => columns.map((column) => ({ column, descending: false }))
const row = { id: 'one', version: 7, createdAt: 5, values: { title: 'ü "x"', size: 1.5, done: true } }
const MARK = fingerprint({}, 'title')

test.each([['title'], ['rank'], ['size'], ['done'], ['createdAt'], ['updatedAt'], ['id'], ['title', 'createdAt']])(
  'a cursor comes back as the place it was made of: %s',
  (...columns) => {
    const sort = sortBy(...columns)
    const cursor = formatCursor(MARK, placeOf(row, sort))
    expect(cursor).toMatch(/^[\w-]+$/)
    expect(parseCursor(cursor, MARK, sort, members)).toEqual(placeOf(row, sort))
  },
)

describe('anything else is none', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const cases: [text: string, columns: string[]][] = [
    ['', ['title']],
    ['%%%', ['title']],
    [encode({}), ['title']],
    [encode([MARK, 'x']), ['title']],
    [encode([MARK, 'x', 'y', 'z']), ['title']],
    [encode(['other', 'x', 'one']), ['title']],
    [encode([MARK, 7, 'one']), ['title']],
    [encode([MARK, null, 'one']), ['title']],
    [encode([MARK, 'x', 7]), ['title']],
    [encode([MARK, 'x\0', 'one']), ['title']],
    [encode([MARK, 1.5, 'one']), ['rank']],
    [encode([MARK, '1', 'one']), ['createdAt']],
    [encode([MARK, 1, 'one']), ['id']],
    [encode([MARK, [], 'one']), ['tags']],
    [encode([MARK, 1, 'one']), ['none']],
  ]
  test.each(cases)('%s for %j', (text, columns) => {
    expect(parseCursor(text, MARK, sortBy(...columns), members)).toBeUndefined()
  })

  test('an absent key has its place', () => {
    expect(parseCursor(encode([MARK, null, 'one']), MARK, sortBy('rank'), members)).toEqual({ keys: [null], id: 'one' })
  })
})

test('lists with another filter or sort have another fingerprint; the order of a filter does not matter', () => {
  expect(fingerprint({ a: '1', b: '2' }, 'x')).toBe(fingerprint({ b: '2', a: '1' }, 'x'))
  const all = [fingerprint({}, 'x'), fingerprint({}, '-x'), fingerprint({ a: '1' }, 'x'), fingerprint({ a: '2' }, 'x')]
  expect(new Set(all).size).toBe(all.length)
})
