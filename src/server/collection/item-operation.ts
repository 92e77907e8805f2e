/** What the operations on an item share: who may, and the item as it is before the write. */
import { type Collection, targetIn, targetOf } from './context.ts'
import { andThen } from '../eventually.ts'
import type { Guard } from './guard.ts'
import type { Eventually, Exchange, Found, Operation } from '../operation.ts'
import type { Row } from '../storage.ts'

/** `hides`: who may neither read the item nor do this to it does not learn that it exists. */
export function itemGuard(
  collection: Collection,
  guard: Guard,
  hides: boolean,
): Pick<Operation, 'classAllows' | 'itemAllows' | 'itemVisible' | 'explain'> {
  const { read, create } = collection.guards
  const itemAllows = (x: Exchange) => {
    const target = targetIn(x)
    return target === undefined ? create.allowsNew(x.caller) : guard.allows(x.caller, target, x.method)
  }
  return {
    classAllows: (caller, x) => guard.allowsClass(caller, x.params['id']),
    itemAllows,
    itemVisible: (x) => {
      const target = targetIn(x)
      return (
        !hides ||
        target === undefined ||
        guard.allows(x.caller, target, x.method) ||
        read.allows(x.caller, target, 'GET')
      )
    },
    explain: (x) => guard.explain(x.caller),
  }
}

/** Loads the row that a write is going to change, with the tag its representation has for this caller. */
export function loadRow({ name, store, view }: Collection, x: Exchange): Eventually<Found> {
  return andThen(store.read(name, x.params['id'] ?? ''), (row): Found => {
    if (row === undefined) return { kind: 'missing' }
    return {
      kind: 'found',
      item: targetOf(row),
      etag: view.etag(row.version, view.variantOf(x.caller)),
      lastModified: Math.min(row.version, x.now),
    }
  })
}

/** The row that was judged. */
export function loadedRow(x: Exchange): Row | undefined {
  return targetIn(x)?.row
}
