/** Parts of content (RFC 9110 §14), as far as a cache answers them from the whole that it keeps. */

/** The code of an answer with a part only. */
export const PART = 206

/** Where a part begins, and where it ends: the octet after its last. */
export type Part = readonly [start: number, end: number]

/** The code of the only answer that Range is applied to (RFC 9110 §14.2). */
const WHOLE = 200

export function isPart(status: number): boolean {
  return status === PART
}

/** What Range asks for of so much content: one part in octets that is there (RFC 9110 §14.1.2). */
export function partOf(range: string, status: number, length: number): Part | undefined {
  const [, suffix, first = '', last] = (status === WHOLE && RANGE.exec(range)) || []
  const start = suffix === undefined ? Number(first) : Math.max(0, length - Number(suffix))
  const end = last === undefined || last === '' ? length : Math.min(length, Number(last) + 1)
  return (suffix ?? first) !== '' && start < end ? [start, end] : undefined
}

/** Can a kept response answer a request with this Range? A part answers the question that it came for, to the letter. */
export function answersRange(status: number, length: number, range: string | undefined): boolean {
  return range === undefined || isPart(status) || partOf(range, status, length) !== undefined
}

/** Is the answer to this Range the part, or the whole? Any other may be about the part alone, as 416 is. */
export function tellsOf(status: number, range: string | undefined): boolean {
  return isPart(status) === (range !== undefined) || status === WHOLE
}

const RANGE = /^bytes=(?:-(\d+)|(\d+)-(\d*))$/i
