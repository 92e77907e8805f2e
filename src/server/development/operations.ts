/**
 * The aids of development, as operations: they too obey the table.
 *
 * Only whoever is on this machine finds them; for everybody else there is nothing there.
 */
import type { Engine } from '../engine/engine.ts'
import type { Operation } from '../operation.ts'
import { AIDS } from './address.ts'
import type { Development } from './development.ts'
import { exchangeOperations } from './exchange-operations.ts'
import { faultOperation } from './fault-operation.ts'
import { learnOperations } from './learn-operations.ts'
import { pageOperations } from './page.ts'

export function developmentOperations(development: Development, engine: Engine): Operation[] {
  const { page, traces } = development
  return [
    ...exchangeOperations(traces, page !== undefined),
    faultOperation(development),
    ...learnOperations(engine, traces),
    ...(page === undefined ? [] : pageOperations(page, AIDS)),
  ]
}
