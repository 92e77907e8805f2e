/** What a merge patch has to say to make one JSON value of another (RFC 7396). */
import { isObject } from '../rules/merge-patch.ts'

/** Undefined: nothing, they are the same. */
export function difference(from: unknown, to: unknown): unknown {
  if (!isObject(from) || !isObject(to)) return JSON.stringify(from) === JSON.stringify(to) ? undefined : to
  const changed = Object.keys({ ...from, ...to })
    .map((name) => {
      const value = Object.hasOwn(from, name) ? difference(from[name], to[name]) : to[name]
      return [name, Object.hasOwn(to, name) ? value : null]
    })
    .filter(([, part]) => part !== undefined)
  return changed.length === 0 ? undefined : Object.fromEntries(changed)
}

/** Does the difference make `to`? A null takes a member away, so it cannot make one that is null. */
export function canSay(patch: unknown, to: unknown): boolean {
  if (!isObject(patch) || !isObject(to)) return true
  return Object.entries(patch).every(([name, value]) =>
    value === null ? !Object.hasOwn(to, name) : canSay(value, to[name]),
  )
}
