/** better-sqlite3, in the release that fits this Node: from 13 on it needs Node 22, and the ones before crash Node 24.19. */
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
