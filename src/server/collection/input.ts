/** What was read of an item that was sent, and is judged, to be written. */
import type { Exchange } from '../operation.ts'
import type { Value } from '../storage.ts'

/** What `Reading.value` is for collections. */
export interface Input {
  /**
   * Of a new item, all members that are not absent; of a stored one, those that change (`undefined`: becomes absent),
   * and those that were sent and are not shown to whoever sent them, whether or not they change.
   */
  readonly values: Readonly<Record<string, Value>>
  /** As it was sent, if it was. */
  readonly password: unknown
}

/** What was read for this request. */
export function inputOf(x: Exchange): Input {
  return x.input as Input
}
