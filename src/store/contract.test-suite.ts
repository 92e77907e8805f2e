/**
 * What every engine behind the storage port does: one suite, run by each.
 *
 * Each test opens an engine of its own, empty, whose clock the test holds.
 */
import { afterEach, beforeEach, describe } from 'vitest'
import { listContract } from './contract/lists.test-suite.ts'
import { referenceContract } from './contract/references.test-suite.ts'
import { transactionContract } from './contract/transactions.test-suite.ts'
import { valueContract } from './contract/values.test-suite.ts'
import { versionContract } from './contract/versions.test-suite.ts'
import { World } from './contract/world.test-suite.ts'
import type { Open } from './contract/world.test-suite.ts'

/** `name` is the engine's, for the titles; `open` makes an empty store. */
export function storeContract(name: string, open: Open): void {
  describe(`the storage contract: ${name}`, () => {
    const world = new World(open)
    beforeEach(() => world.begin())
    afterEach(() => world.end())
    valueContract(world)
    versionContract(world)
    referenceContract(world)
    transactionContract(world)
    listContract(world)
  })
}
