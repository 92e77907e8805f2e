export { openStore } from './open.ts'
export { openSqlite } from './sqlite.ts'
export type { SqliteOptions } from './sqlite.ts'
export type { StoreEvent } from './sqlite/store.ts'
