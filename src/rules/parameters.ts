/**
 * Parameters: `; name=value; name="value"` (RFC 9110 §5.6.6).
 *
 * White space around `;` and `=` is dropped, although a sender MUST NOT write the latter (§5.6.3). Names are
 * case-insensitive and come out in lower case. Of two with the same name the first counts.
 */
import { endOfQuotedString, unquote } from './quoted-string.ts'
import { endOfToken, skipSpace } from './token.ts'

/** Has no prototype, so that a parameter named `__proto__` is one like any other. */
export type Parameters = Readonly<Record<string, string>>

/** All that follows `at` in the text, or undefined when it is anything but parameters. */
export function parseParameters(text: string, at: number): Parameters | undefined {
  let next = skipSpace(text, at)
  if (next === text.length) return NONE
  const parameters: Record<string, string> = Object.create(null)
  while (next < text.length) {
    if (text.charCodeAt(next) !== SEMICOLON) return undefined
    next = skipSpace(text, next + 1)
    const end = endOfToken(text, next)
    // `;;` and a last `;` are allowed: the parameter after a semicolon is optional.
    if (end === next) continue
    const value = valueAfter(text, end)
    if (value === undefined) return undefined
    parameters[text.slice(next, end).toLowerCase()] ??= value.text
    next = skipSpace(text, value.end)
  }
  return parameters
}

const NONE: Parameters = Object.freeze(Object.create(null))
const SEMICOLON = 0x3b
const EQUALS = 0x3d
const QUOTE = 0x22

/** `=token` or `="quoted"`, and where it ends. */
export function valueAfter(text: string, at: number): { readonly text: string; readonly end: number } | undefined {
  const equals = skipSpace(text, at)
  if (text.charCodeAt(equals) !== EQUALS) return undefined
  const start = skipSpace(text, equals + 1)
  if (text.charCodeAt(start) === QUOTE) {
    const end = endOfQuotedString(text, start)
    return end === undefined ? undefined : { text: unquote(text, start, end), end }
  }
  const end = endOfToken(text, start)
  return end === start ? undefined : { text: text.slice(start, end), end }
}
