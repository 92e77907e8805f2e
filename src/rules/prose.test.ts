import { describe, expect, test } from 'vitest'
import { PAIRS, PROSE, readingOrder } from './prose.ts'
import { ESSENTIAL, STATUS_CODES } from './status.ts'

const PARTS = ['meaning', 'server', 'client'] as const

describe('every registered code', () => {
  test('has its prose, and nothing else has', () => {
    expect(Object.keys(PROSE).map(Number)).toEqual(STATUS_CODES)
  })

  test.each(STATUS_CODES)('%i says what it means, when to send it and what to do', (code) => {
    for (const part of PARTS) expect(PROSE[code][part]).toMatch(/^[A-Z].+\.$/)
    for (const other of PROSE[code].confusedWith) {
      expect(other.question).toMatch(/^[A-Z].+\?$/)
      expect(STATUS_CODES).toContain(other.code)
      expect(other.code).not.toBe(code)
    }
  })

  test.each(ESSENTIAL)('%i is told from those it is confused with', (code) => {
    expect(PROSE[code].confusedWith.length).toBeGreaterThan(1)
  })
})

describe('every pair', () => {
  test.each(PAIRS.map((pair) => [pair.codes.join('/'), pair] as const))(
    '%s has one question that decides',
    (_, pair) => {
      expect(pair.question).toMatch(/^[A-Z].+\?$/)
      expect(Object.keys(pair.answers).map(Number)).toEqual([...pair.codes].toSorted((a, b) => a - b))
      for (const answer of Object.values(pair.answers)) expect(answer).toMatch(/^[A-Z].+\.$/)
      for (const code of pair.codes) {
        const others = PROSE[code].confusedWith.map((other) => other.code)
        expect(pair.codes.every((other) => other === code || others.includes(other))).toBe(true)
      }
    },
  )

  test('those that are confused most often are there', () => {
    expect(PAIRS.map((pair) => pair.codes.join('/'))).toEqual([
      '401/403',
      '400/422',
      '409/412',
      '409/422',
      '301/308',
      '302/303/307',
      '404/410',
      '404/403',
      '500/503',
      '502/504',
      '200/204',
      '201/202',
    ])
  })
})

test('the ten essential codes come first, and every code once', () => {
  expect(readingOrder().slice(0, 10)).toEqual(ESSENTIAL)
  expect(readingOrder().toSorted((a, b) => a - b)).toEqual(STATUS_CODES)
})
