/** Values as JSON.parse makes them: are two the same, and can one be kept, and all of it? */

/** The same value, the order of members apart. Absent is `undefined`, at any level. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => sameValue(item, b[at]))
    )
  }
  const others = new Map(Object.entries(b))
  const members = Object.entries(a)
  return (
    members.length === others.size &&
    members.every(([name, value]) => others.has(name) && sameValue(value, others.get(name)))
  )
}

/** Text that no database takes: NUL, or half of a surrogate pair. */
const UNKEPT = /\0|\p{Surrogate}/u

/** Can every text and number in it be stored and come back the same? JSON has larger numbers than can be kept. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !UNKEPT.test(value)
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isStorable)
  return Object.entries(value).every(([name, member]) => !UNKEPT.test(name) && isStorable(member))
}

/**
 * Where there are members that JavaScript keeps the name of for itself: what copies an object, as most schemas do, drops
 * them without a word.
 */
export function reservedMembers(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) =>
    name === '__proto__' ? [[name]] : reservedMembers(member).map((path) => [name, ...path]),
  )
}
