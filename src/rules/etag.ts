/**
 * Entity tags: `"x"` is strong, `W/"x"` weak (RFC 9110 §8.8.3).
 *
 * The W is a capital, the quotes belong to the syntax, and there are no escapes: `"a\"` is a whole
 * tag, and a comma may stand in one. What is not exactly so is no tag; an unquoted one neither.
 */

import { skipSpace } from './token.ts'

export interface EntityTag {
  readonly weak: boolean
  /** What stands between the quotes. */
  readonly opaque: string
}

/** One tag, as in ETag. */
export function parseEntityTag(text: string): EntityTag | undefined {
  const end = endOfTag(text, 0)
  return end === text.length ? tagBetween(text, 0, end) : undefined
}

/** Is it one that If-Match can be sent with (RFC 9110 §13.1.1)? */
export function isStrongTag(text: string): boolean {
  return STRONG.test(text)
}

/** The value of If-Match or If-None-Match. Empty members are skipped (RFC 9110 §5.6.1.2); a list of none is malformed. */
export function parseEntityTags(text: string): '*' | EntityTag[] | undefined {
  let at = skipSpace(text, 0)
  if (text.charCodeAt(at) === ASTERISK) return skipSpace(text, at + 1) === text.length ? '*' : undefined
  const tags: EntityTag[] = []
  while (at < text.length) {
    if (text.charCodeAt(at) !== COMMA) {
      const end = endOfTag(text, at)
      if (end === undefined) return undefined
      tags.push(tagBetween(text, at, end))
      at = skipSpace(text, end)
      if (at < text.length && text.charCodeAt(at) !== COMMA) return undefined
    }
    at = skipSpace(text, at + 1)
  }
  return tags.length === 0 ? undefined : tags
}

/** Can it be read as If-Match or If-None-Match? Most often it is one tag, which need not be taken apart. */
export function areEntityTags(text: string): boolean {
  return ONE.test(text) || parseEntityTags(text) !== undefined
}

/** Throws a TypeError for an opaque part that no tag can hold. */
export function formatEntityTag(tag: EntityTag): string {
  if (!OPAQUE.test(tag.opaque)) throw new TypeError('an entity tag holds no quote, no space and no control character')
  return tag.weak ? `W/"${tag.opaque}"` : `"${tag.opaque}"`
}

/** Both strong and the same (RFC 9110 §8.8.3.2). */
export function strongMatch(a: EntityTag, b: EntityTag): boolean {
  return !a.weak && !b.weak && a.opaque === b.opaque
}

/** The same, weak or not (RFC 9110 §8.8.3.2). */
export function weakMatch(a: EntityTag, b: EntityTag): boolean {
  return a.opaque === b.opaque
}

const COMMA = 0x2c
const ASTERISK = 0x2a
const TAG = /(?:W\/)?"[!#-~\x80-\xff]*"/y
const ONE = /^(?:W\/)?"[!#-~\x80-\xff]*"$/
const STRONG = /^"[!#-~\x80-\xff]*"$/
const OPAQUE = /^[!#-~\x80-\xff]*$/

function endOfTag(text: string, at: number): number | undefined {
  TAG.lastIndex = at
  return TAG.test(text) ? TAG.lastIndex : undefined
}

function tagBetween(text: string, start: number, end: number): EntityTag {
  const weak = text.charCodeAt(start) !== QUOTE
  return { weak, opaque: text.slice(start + (weak ? 3 : 1), end - 1) }
}

const QUOTE = 0x22
