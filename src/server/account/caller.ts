/** What the plan of a guarded operation has seen to before: that there is a caller, and an item. */
import type { Caller, Exchange } from '../operation.ts'

export function callerOf(x: Exchange): Caller {
  if (x.caller === undefined) throw new TypeError('a guarded operation was reached without a caller')
  return x.caller
}

/** The item as `load` of the same operation returned it. */
export function foundItem<T>(x: Exchange): T {
  if (x.loaded?.kind !== 'found') throw new TypeError('nothing was loaded')
  return x.loaded.item as T
}
