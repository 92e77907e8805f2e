/** DELETE of an item: the one that was judged, and never one that others refer to. */
import { addressPath, type Collection } from './context.ts'
import { andThen } from '../eventually.ts'
import { collectionFacts } from '../declare/facts.ts'
import { runAround } from './hook.ts'
import { itemGuard, loadedRow, loadRow } from './item-operation.ts'
import type { Eventually, Exchange, Operation, Outcome, Transaction } from '../operation.ts'
import type { Row } from '../storage.ts'
import { removeRow } from './write.ts'

export function removeOperation(collection: Collection): Operation {
  const { api, declaration, guards, name } = collection
  return {
    method: 'DELETE',
    path: addressPath(collection),
    summary: `Delete an item of ${name}`,
    facts: collectionFacts(api, name, 'remove'),
    takes: [],
    offers: [],
    query: [],
    shapes: {},
    ...itemGuard(collection, guards.delete, declaration.hide),
    load: (x) => loadRow(collection, x),
    performIn: (x, tx) => {
      const row = loadedRow(x)
      return row === undefined ? { kind: 'stale' } : remove(collection, row, x, tx)
    },
  }
}

/** Deletes the row that was judged, hooks and all. */
export function remove(collection: Collection, row: Row, x: Exchange, tx: Transaction): Eventually<Outcome> {
  return andThen(runAround('before', collection, row, x, tx), () =>
    andThen(removeRow(collection, row, tx), (outcome) =>
      outcome.kind === 'deleted' ? andThen(runAround('after', collection, row, x, tx), () => outcome) : outcome,
    ),
  )
}
