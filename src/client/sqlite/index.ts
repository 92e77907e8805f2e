// ── keeping, in a file ──────────────────────────────────────────────────────────────────────────
export { type SqliteCache, sqliteCache, type SqliteCacheOptions } from './sqlite-cache.ts'
