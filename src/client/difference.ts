/** The merge patch that makes one JSON value of another (RFC 7396), where there is one. */
import { isObject, mergePatch } from '../rules/merge-patch.ts'

type Members = Readonly<Record<string, unknown>>

/** Undefined where no merge patch can say it: it takes null for `remove`. `{}`: they are the same. */
export function difference(from: unknown, to: unknown): Members | undefined {
  if (!isObject(from) || !isObject(to)) return undefined
  const patch = members(from, to)
  // Whatever a patch cannot say, names that are not as others included, shows here.
  return same(mergePatch(from, patch), to) ? patch : undefined
}

/** Equal as JSON: members in any order. */
export function same(a: unknown, b: unknown): boolean {
  return sorted(a) === sorted(b)
}

function sorted(content: unknown): string | undefined {
  return JSON.stringify(content, (_, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value,
  )
}

function members(from: Members, to: Members): Members {
  const patch: Record<string, unknown> = {}
  for (const name of Object.keys({ ...from, ...to })) {
    const [was, value] = [from[name], to[name]]
    if (value === undefined) patch[name] = null
    else if (!same(was, value)) patch[name] = isObject(was) && isObject(value) ? members(was, value) : value
  }
  return patch
}
