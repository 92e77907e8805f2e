/**
 * What `docs/what-we-do.md` says is done, seen over a socket: a case for each row, by its name.
 */
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest'
import { CONDITIONS } from './what-we-do/conditions.ts'
import { CONTENT } from './what-we-do/content.ts'
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
