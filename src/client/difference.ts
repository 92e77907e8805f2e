/** The merge patch that makes one JSON value of another (RFC 7396), where there is one. */
import { mergePatch } from '../rules/merge-patch.ts'

/** Undefined where no merge patch can say it: it takes null for `remove`. `{}`: they are the same. */
export function difference(from: unknown, to: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isObject(from) || !isObject(to)) return undefined
  const patch = members(from, to)
  return same(mergePatch(from, patch), to) ? patch : undefined
}

/** Equal as JSON: members in any order. */
export function same(a: unknown, b: unknown): boolean {
  if (!isObject(a) && !Array.isArray(a)) return a === b
  if (!isObject(b) && !Array.isArray(b)) return false
  const [ours, theirs] = [Object.entries(a), new Map(Object.entries(b))]
  if (Array.isArray(a) !== Array.isArray(b) || ours.length !== theirs.size) return false
  return ours.every(([name, value]) => theirs.has(name) && same(value, theirs.get(name)))
}

function members(from: object, to: object): Readonly<Record<string, unknown>> {
  const before = new Map(Object.entries(from))
  const after = new Map(Object.entries(to))
  const patch: [string, unknown][] = []
  for (const name of before.keys()) if (!after.has(name)) patch.push([name, null])
  for (const [name, value] of after) {
    const was = before.get(name)
    if (before.has(name) && same(was, value)) continue
    patch.push([name, isObject(was) && isObject(value) ? members(was, value) : value])
  }
  return Object.fromEntries(patch)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
