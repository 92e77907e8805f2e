/** better-sqlite3, in the release that fits this Node: from 13 on it needs Node 22, and the ones before crash Node 24.19. */
import { createRequire } from 'node:module'
import type Sqlite from 'better-sqlite3'

const require = createRequire(import.meta.url)
const isOld = Number.parseInt(process.versions.node, 10) < 22
export const Database = (isOld ? require('better-sqlite3-node20') : require('better-sqlite3')) as typeof Sqlite
