/**
 * Quoted strings (RFC 9110 §5.6.4). `\x` reads as `x`; only the quote and the backslash are written so.
 */

/** The text between the quotes, or undefined when the whole is not exactly one quoted string. */
export function parseQuotedString(text: string): string | undefined {
  const end = endOfQuotedString(text, 0)
  return end === text.length ? unquote(text, 0, end) : undefined
}

/** Throws a TypeError for a text that no field value can hold: a control character, or one beyond Latin-1. */
export function formatQuotedString(text: string): string {
  if (!WRITABLE.test(text))
    throw new TypeError('a quoted string holds no control characters and nothing beyond Latin-1')
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** Where the quoted string that starts at `at` ends, after its closing quote; undefined when there is none. */
export function endOfQuotedString(text: string, at: number): number | undefined {
  QUOTED.lastIndex = at
  return QUOTED.test(text) ? QUOTED.lastIndex : undefined
}

/** The text of the quoted string between `start` and `end`, both as `endOfQuotedString` found them. */
export function unquote(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1)
  return inner.includes('\\') ? inner.replace(/\\(.)/g, '$1') : inner
}

const QUOTED = /"(?:[\t !#-[\]-~\x80-\xff]|\\[\t -~\x80-\xff])*"/y
const WRITABLE = /^[\t -~\x80-\xff]*$/
