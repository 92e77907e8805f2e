/**
 * Allow (RFC 9110 §10.2.1): the methods a target has now. Empty is allowed, and says that it has none.
 */
import { METHOD } from './method.ts'

/** Each once, the known ones in the order of their table, so that equal sets make equal fields. */
export function formatAllow(methods: Iterable<string>): string {
  const names = new Set(methods)
  const known = Object.keys(METHOD).filter((name) => names.delete(name))
  return [...known, ...names].join(', ')
}
