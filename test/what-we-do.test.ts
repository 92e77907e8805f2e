/**
 * What `docs/what-we-do.md` says is done, seen over a socket: a case for each row, by its name.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CONDITIONS } from './what-we-do/conditions.ts'
import { CONTENT } from './what-we-do/content.ts'
import { readDocument } from './what-we-do/document.ts'
import { MESSAGES } from './what-we-do/messages.ts'
import { METHODS } from './what-we-do/methods.ts'
import { PROTOCOLS } from './what-we-do/protocols.ts'
import { STATUSES } from './what-we-do/statuses.ts'
import { WIRE } from './what-we-do/wire.ts'
import { startWorld, type Started } from './what-we-do/world.ts'

const CASES = { ...MESSAGES, ...METHODS, ...CONDITIONS, ...STATUSES, ...WIRE, ...CONTENT, ...PROTOCOLS }

let world: Started
beforeAll(async () => {
  world = await startWorld()
})
afterEach(() => world.closeAll())
afterAll(() => world.stop())

describe('seen on the wire', () => {
  test.each(Object.entries(CASES))('%s', async (_, see) => see(world))
})

describe('docs/what-we-do.md', () => {
  const { rows, counts } = readDocument()

  test('every row that is done names its case, and every name is one', () => {
    for (const { where, state, cases } of rows) {
      expect(['Done', 'Differently', 'Not done', 'Does not arise'], `${where}`).toContain(state)
      if (state === 'Done') expect(cases, `${where}`).not.toEqual([])
      for (const name of cases) expect(CASES).toHaveProperty([name])
    }
  })

  test('every case is named by a row', () => {
    const named = new Set(rows.flatMap(({ cases }) => cases))
    expect(Object.keys(CASES).filter((name) => !named.has(name))).toEqual([])
  })

  test('the counts are those of the rows', () => {
    const counted: Record<string, number> = { all: rows.length }
    for (const { state } of rows) counted[state] = (counted[state] ?? 0) + 1
    expect(counts).toEqual(counted)
  })
})
