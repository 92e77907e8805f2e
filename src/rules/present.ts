/**
 * Which of the fields that decide a request has, as one number: a bit each.
 *
 * Computed once while the field lines are read, so that a question about a field that is not there
 * costs one comparison, and the values of a plain request are never touched.
 */
import type { Node } from './decision.ts'
import { DECISIONS } from './decisions.ts'

/** Every field that some decision asks for, in lower case. */
export const DECIDING_FIELDS: readonly string[] = [
  ...new Set(Object.values(DECISIONS).flatMap(({ field }: Node) => (field === undefined ? [] : [field]))),
]

const BITS: ReadonlyMap<string, number> = new Map(
  DECIDING_FIELDS.flatMap((name, at) => [
    [name, 1 << at],
    [name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()), 1 << at],
  ]),
)
const LENGTHS: ReadonlySet<number> = new Set(DECIDING_FIELDS.map(({ length }) => length))

/** The bit of a field, whatever its case; 0 for a field that decides nothing. */
export function fieldBit(name: string): number {
  if (!LENGTHS.has(name.length)) return 0
  return BITS.get(name) ?? BITS.get(name.toLowerCase()) ?? 0
}
