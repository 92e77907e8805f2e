/** Which codes are meant by some words: those whose phrase they are; else those in whose phrase or prose they all stand. */
import { PROSE, readingOrder } from '../rules/prose.ts'
import { type StatusCode, statusRow } from '../rules/status.ts'

/** Enough to find it among. */
const MOST = 8

/** Best first; none where nothing fits. */
export function codesWith(words: string): readonly StatusCode[] {
  const wanted = plain(words)
  if (wanted === '') return []
  const codes = readingOrder()
  for (const fits of FITS) {
    const found = codes.filter((code) => fits(code, wanted))
    if (found.length > 0) return found.slice(0, MOST)
  }
  return []
}

/** The most certain first: the phrase itself, a part of it, the words as they stand in the prose, all of them anywhere. */
const FITS: readonly ((code: StatusCode, wanted: string) => boolean)[] = [
  (code, wanted) => phraseOf(code) === wanted,
  (code, wanted) => ` ${phraseOf(code)} `.includes(` ${wanted} `),
  (code, wanted) => ` ${proseOf(code)} `.includes(` ${wanted} `),
  (code, wanted) => wanted.split(' ').every((word) => `${phraseOf(code)} ${proseOf(code)}`.includes(word)),
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
