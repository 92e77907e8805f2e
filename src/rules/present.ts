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

/** By the length of the name: most names have one that no deciding field has. */
const BY_LENGTH: readonly (readonly Bit[] | undefined)[] = byLength()

interface Bit {
  readonly name: string
  /** As most clients write it. */
  readonly usual: string
  readonly bit: number
}

/** The bit of a field, whatever its case; 0 for a field that decides nothing. */
export function fieldBit(name: string): number {
  const candidates = BY_LENGTH[name.length]
  if (candidates === undefined) return 0
  for (const { usual, name: known, bit } of candidates) if (name === usual || name === known) return bit
  const lower = name.toLowerCase()
  for (const { name: known, bit } of candidates) if (lower === known) return bit
  return 0
}

function byLength(): Bit[][] {
  const bits: Bit[][] = []
  for (const [at, name] of DECIDING_FIELDS.entries()) {
    const usual = name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
    ;(bits[name.length] ??= []).push({ name, usual, bit: 1 << at })
  }
  return bits
}
