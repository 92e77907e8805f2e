/**
 * JSON Merge Patch (RFC 7396 §2), on values as JSON.parse makes them.
 *
 * Only own members count and only own members are made, so `__proto__` is a name like any other.
 */

/** The patched value; neither argument is changed. `null` in the patch takes a member away, an array replaces as a whole. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const merged = new Map(isObject(target) ? Object.entries(target) : [])
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name)
    else merged.set(name, mergePatch(merged.get(name), value))
  }
  return Object.fromEntries(merged)
}

/** An object of JSON: no array, not null. */
export function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
