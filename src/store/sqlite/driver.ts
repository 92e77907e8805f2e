/**
 * The driver: better-sqlite3, in the release that fits this Node. From 13 on it needs Node 22, and crashes older ones; built
 * from source, the releases before crash Node 24.19 and newer.
 */
import { createRequire } from 'node:module'
import type Sqlite from 'better-sqlite3'

const require = createRequire(import.meta.url)

export const Database: typeof Sqlite = load()

function load(): typeof Sqlite {
  try {
    if (Number.parseInt(process.versions.node, 10) >= 22) return require('better-sqlite3')
  } catch {
    // npm leaves out what it could not install: then the other one may be there.
  }
  try {
    return require('better-sqlite3-node20')
  } catch (error) {
    return absent(error)
  }
}

/** Whoever opens a file is told, and nobody who only loads this. */
function absent(error: unknown): typeof Sqlite {
  const driver: unknown = class {
    static readonly SqliteError = class extends Error {}
    constructor() {
      throw error
    }
  }
  return driver as typeof Sqlite
}

/** Thrown when there is no build of the driver for this Node. */
export class DriverMissing extends Error {
  override readonly name = 'DriverMissing'

  constructor(cause: unknown) {
    super(`better-sqlite3, which reads and writes SQLite files, has no build for Node ${process.version} here`, {
      cause,
    })
  }
}

/** Is it that its native part was not found, or is one for another Node? */
export function isDriverMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const unbuilt = error.message.startsWith('Could not locate the bindings')
  return unbuilt || ('code' in error && (error.code === 'ERR_DLOPEN_FAILED' || error.code === 'MODULE_NOT_FOUND'))
}
