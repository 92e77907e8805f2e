/** A store that is out of reach: for what is told of an API without its database. */
import { Unavailable } from '../server/fault.ts'
import type { Store } from '../server/operation.ts'

export const NO_STORE: Store = {
  reachable: false,
  prepare: away,
  peek: away,
  revision: () => undefined,
  read: away,
  find: away,
  list: away,
  count: away,
  write: away,
  ping: away,
  close: async () => undefined,
}

function away(): never {
  throw new Unavailable('there is no database here')
}
