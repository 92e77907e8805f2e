/** Parts of content (RFC 9110 §14), as far as a cache answers them from the whole that it keeps. */

/** The code of an answer with a part only. */
export const PART = 206

/** Where a part begins, and where it ends: the octet after its last. */
export type Part = readonly [start: number, end: number]

/** What Range asks for of so much content: one part in octets that is there (RFC 9110 §14.1.2). Of 200 alone (§14.2). */
export function partOf(range: string, status: number, length: number): Part | undefined {
  const [, suffix, first = '', last] = (status === 200 && RANGE.exec(range)) || []
  const start = suffix === undefined ? Number(first) : Math.max(0, length - Number(suffix))
  const end = last === undefined || last === '' ? length : Math.min(length, Number(last) + 1)
  return (suffix ?? first) !== '' && start < end ? [start, end] : undefined
}

const RANGE = /^bytes=(?:-(\d+)|(\d+)-(\d*))$/i
