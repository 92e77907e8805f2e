import { expect, test } from 'vitest'
import { andThen } from './eventually.ts'

test('what is there at once goes on at once', () => {
  expect(andThen(1, (value) => value + 1)).toBe(2)
  expect(andThen(undefined, (value) => value)).toBe(undefined)
  expect(andThen(null, (value) => value)).toBe(null)
})

test('a promise is waited for', async () => {
  const given = andThen(Promise.resolve(1), (value) => value + 1)
  expect(given).toBeInstanceOf(Promise)
  expect(await given).toBe(2)
})

test('what only acts like a promise, as the queries of many database libraries do, is waited for too', async () => {
  // oxlint-disable-next-line unicorn/no-thenable -- such an object is what is tested
  const query = { then: (settle: (rows: string[]) => void) => settle(['row']) } as unknown as Promise<string[]>
  const given = andThen(query, (rows) => rows.length)
  expect(given).toBeInstanceOf(Promise)
  expect(await given).toBe(1)
})
