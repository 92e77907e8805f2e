/**
 * Comma lists (RFC 9110 §5.6.1). Empty members are skipped, as recipients MUST; commas in quoted strings part nothing.
 *
 * Entity tags are no quoted strings (they have no escapes): their lists are read in `etag.ts`.
 */
import { isSpace, skipSpace } from './token.ts'

/** The members, trimmed. An unclosed quote makes the rest one member, which its own parser then refuses. */
export function parseList(text: string): string[] {
  const members: string[] = []
  let start = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) quoted = !quoted
    else if (quoted) at += code === BACKSLASH ? 1 : 0
    else if (code === COMMA) {
      push(members, text, start, at)
      start = at + 1
    }
  }
  push(members, text, start, text.length)
  return members
}

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c

function push(members: string[], text: string, start: number, end: number): void {
  const from = skipSpace(text, start)
  let to = end
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--
  if (to > from) members.push(text.slice(from, to))
}
