import { expect, test } from 'vitest'
import { createRetry } from './retry.ts'

const reader = (value?: string) => (name: string) => (name === 'retry-after' ? value : undefined)
const waits = (tries: number, value?: string): unknown[] => {
  const retry = createRetry({ tries: 20, wait: 100, maxWait: 3000, budget: 100 })
  return Array.from({ length: 50 }, () => retry.judge(tries, reader(value), Infinity))
}

test.each<[number, string | undefined, number, number]>([
  [0, undefined, 50, 100],
  [1, undefined, 100, 200],
  [3, undefined, 400, 800],
  [9, undefined, 1500, 3000],
  [0, 'soon', 50, 100],
  [0, '2', 2000, 2100],
])('after %i further tries, Retry-After: %s: %i to %i ms, and not all at once', (tries, value, least, most) => {
  const all = waits(tries, value).map(Number)
  expect(Math.min(...all)).toBeGreaterThanOrEqual(least)
  expect(Math.max(...all)).toBeLessThanOrEqual(most)
  expect(new Set(all).size).toBeGreaterThan(40)
})
