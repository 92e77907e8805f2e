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
  return sorted(a) === sorted(b)
}

function sorted(content: unknown): string {
  return JSON.stringify(content, (_, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value,
  )
}

function members(from: object, to: object): Readonly<Record<string, unknown>> {
  const before = new Map(Object.entries(from))
  const removed = [...before.keys()].filter((name) => !Object.hasOwn(to, name)).map((name) => [name, null] as const)
  const changed = Object.entries(to)
    .filter(([name, value]) => !before.has(name) || !same(before.get(name), value))
    .map(([name, value]) => {
      const was = before.get(name)
      return [name, isObject(was) && isObject(value) ? members(was, value) : value] as const
    })
  return Object.fromEntries([...removed, ...changed])
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
