/** better-sqlite3, in the release that fits this Node: from 13 on it needs Node 22, and the ones before crash Node 24.19. */
import { createRequire } from 'node:module'
import type Sqlite from 'better-sqlite3'

let loaded: typeof Sqlite | undefined

/** Throws what Node throws when it is not there. */
export function driver(): typeof Sqlite {
  return (loaded ??= load())
}

const require = createRequire(import.meta.url)

function load(): typeof Sqlite {
  if (Number.parseInt(process.versions.node, 10) < 22) return require('better-sqlite3-node20')
  try {
    return require('better-sqlite3')
  } catch (error) {
    // npm leaves out what it could not install: then the other one may be there.
    try {
      return require('better-sqlite3-node20')
    } catch {
      throw error
    }
  }
}
