import { describe, expect, expectTypeOf, test } from 'vitest'
import { POLICY, type PolicyOptions, type PolicyRow } from './policy.ts'

const rows: readonly (readonly [string, PolicyRow])[] = Object.entries(POLICY)

describe('every row', () => {
  test.each(rows)('%s asks a question, answers it and says why', (_, row) => {
    expect(row.question).toMatch(/\?$/)
    expect(row.choice).toMatch(/\.$/)
    expect(row.why).toMatch(/\.$/)
    expect(row.rfc ?? '1 §1').toMatch(/ §/)
  })

  test.each(rows.filter(([, row]) => row.option))('%s has more than one choice', (_, row) => {
    expect(new Set(row.option).size).toBeGreaterThan(1)
  })
})

test('the options of a declaration are the rows that can be switched', () => {
  expectTypeOf<PolicyOptions>().toEqualTypeOf<{
    readonly validation: 400 | 422
    readonly hide: boolean
    readonly unavailable: 503 | 500
    readonly concurrency: 'optional' | 'required'
    readonly putCreates: boolean
  }>()
})
