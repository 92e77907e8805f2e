export { openStore } from './open.ts'
export { openSqlite } from './sqlite.ts'
export type { SqliteOptions, StoreEvent } from './sqlite.ts'
