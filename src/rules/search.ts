/** Which codes are meant by some words: those that begin so; else those whose phrase they are; else those in whose phrase or prose they all stand. */
import { PROSE, readingOrder } from './prose.ts'
import { type StatusCode, statusRow } from './status.ts'

/** In the order in which they are read; none where nothing fits. Words may be cut short: `unproc`. */
export function codesWith(words: string): readonly StatusCode[] {
  const wanted = plain(words)
  if (wanted === '') return []
  const codes = readingOrder()
  for (const fits of FITS) {
    const found = codes.filter((code) => fits(code, wanted))
    if (found.length > 0) return found
  }
  return []
}

/** The most certain first: the number, the phrase itself, a part of it, the words as they stand in the prose, all of them anywhere. */
const FITS: readonly ((code: StatusCode, wanted: string) => boolean)[] = [
  (code, wanted) => String(code).startsWith(wanted),
  (code, wanted) => phraseOf(code) === wanted,
  (code, wanted) => ` ${phraseOf(code)} `.includes(` ${wanted} `),
  (code, wanted) => ` ${proseOf(code)} `.includes(` ${wanted} `),
  (code, wanted) => wanted.split(' ').every((word) => `${code} ${phraseOf(code)} ${proseOf(code)}`.includes(word)),
]

const phraseOf = (code: StatusCode): string => plain(statusRow(code).phrase)

function proseOf(code: StatusCode): string {
  const { meaning, server, client } = PROSE[code]
  return plain(`${meaning} ${server} ${client}`)
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
