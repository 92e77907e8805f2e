/**
 * A store in one SQLite file: one connection writes, in groups, and one reads what is committed.
 *
 * Several processes may share the file. Every call answers at once or fails at once: a lock held by another process
 * is asked for again for two seconds and never waited for, and a file that is gone is never written to.
 */
import type { Store } from '../server/storage.ts'
import { pathOf } from './sqlite/address.ts'
import { Clock } from './sqlite/clock.ts'
import type { Durability } from './sqlite/connection.ts'
import { DriverMissing, isDriverMissing } from '../sqlite/driver.ts'
import { toThrown } from './sqlite/fault.ts'
import { makeFolder } from './sqlite/folder.ts'
import { Handle } from './sqlite/handle.ts'
import { patiently } from './sqlite/patience.ts'
import { SqliteStore } from './sqlite/store.ts'
import type { StoreEvent } from './sqlite/store.ts'

export interface SqliteOptions {
  /** `power` (the default): an answered write survives the loss of power. `process`: only the death of the process. */
  readonly durability?: Durability
  /** The database grows no further than this, in octets; what does not fit is thrown Full. */
  readonly maxSize?: number
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  readonly log?: (event: StoreEvent) => void
}

/** Opens the database at a `file:` address, creating it and its folders. Rejects with Unavailable when it cannot be used, DriverMissing when nothing here can. */
export async function openSqlite(url: string, options: SqliteOptions = {}): Promise<Store> {
  const path = pathOf(url)
  makeFolder(path)
  try {
    const handle = await patiently(
      () => new Handle(path, { durability: options.durability ?? 'power', maxSize: options.maxSize }),
    )
    return new SqliteStore(handle, new Clock(options.now ?? Date.now), options.log ?? (() => undefined))
  } catch (error) {
    throw isDriverMissing(error) ? new DriverMissing(error) : toThrown(error)
  }
}
