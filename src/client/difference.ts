/** What a merge patch has to say to make one JSON value of another (RFC 7396). */
import { isObject } from '../rules/merge-patch.ts'

/** Undefined: nothing, they are the same. Where `to` has members that are null it may say something else. */
export function difference(from: unknown, to: unknown): unknown {
  if (!isObject(from) || !isObject(to)) return JSON.stringify(from) === JSON.stringify(to) ? undefined : to
  const changed = Object.keys({ ...from, ...to }).flatMap((name) => {
    const value = Object.hasOwn(from, name) ? difference(from[name], to[name]) : to[name]
    const part = Object.hasOwn(to, name) ? value : null
    return part === undefined ? [] : [[name, part]]
  })
  return changed.length === 0 ? undefined : Object.fromEntries(changed)
}
