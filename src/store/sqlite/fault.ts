/**
 * What a SQLite error means, by its code alone: the words of an error are for people and change.
 *
 * Only the first part of an extended code decides (`SQLITE_IOERR_WRITE` is `SQLITE_IOERR`).
 */
import { Full, Unavailable } from '../../server/fault.ts'
import { driver } from '../../sqlite/driver.ts'

/**
 * `busy`: another connection holds the lock; try again. `lost`: the file cannot be used through these connections.
 * `damaged`: what was asked cannot be answered, other things may. `full`: no room. `large`: a value no row can hold.
 */
export type Fault = 'busy' | 'lost' | 'damaged' | 'full' | 'large'

const FAULTS: ReadonlyMap<string, Fault> = new Map([
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_PROTOCOL', 'busy'],
  ['SQLITE_IOERR', 'lost'],
  ['SQLITE_CANTOPEN', 'lost'],
  ['SQLITE_NOTADB', 'lost'],
  ['SQLITE_PERM', 'lost'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_READONLY', 'damaged'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_TOOBIG', 'large'],
])

/** Undefined for what is no fault of the database: a bug, ours or the caller's. */
export function faultOf(error: unknown): Fault | undefined {
  return FAULTS.get(codeOf(error)?.split('_', 2).join('_') ?? '')
}

/** The extended code, for the log and for the rare decision that needs it. */
export function codeOf(error: unknown): string | undefined {
  try {
    return error instanceof driver().SqliteError ? error.code : undefined
  } catch {
    // What was thrown in a write is the author's, and may throw when it is asked what it is.
    return undefined
  }
}

/** What is thrown to the caller in place of a SQLite error; anything else is handed back as it came. */
export function toThrown(error: unknown): unknown {
  switch (faultOf(error)) {
    case 'busy':
      return unavailable('the database is locked by another process', error)
    case 'lost':
    case 'damaged':
      return unavailable('the database cannot be used', error)
    case 'full':
      return new Full('the database is full', { cause: error })
    case 'large':
      return new RangeError('A value is larger than the database can hold', { cause: error })
    default:
      return error
  }
}

export function unavailable(message: string, cause?: unknown): Unavailable {
  return new Unavailable(message, { retryAfter: 1, cause })
}
