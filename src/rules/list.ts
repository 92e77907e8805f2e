/**
 * Comma lists (RFC 9110 §5.6.1). Empty members are skipped, as recipients MUST; commas in quoted strings part nothing.
 *
 * Entity tags are no quoted strings (they have no escapes): their lists are read in `etag.ts`.
 */
import { isSpace, skipSpace } from './token.ts'

/** The members, trimmed. An unclosed quote makes the rest one member, which its own parser then refuses. */
export function parseList(text: string): string[] {
  return (text.match(MEMBER) ?? []).map(trimmed).filter((member) => member !== '')
}

/** Optional white space is space and tab, no more (RFC 9110 §5.6.3). Not by a pattern: one that ends in `$` tries every run of spaces. */
function trimmed(member: string): string {
  const start = skipSpace(member, 0)
  let end = member.length
  while (end > start && isSpace(member.charCodeAt(end - 1))) end--
  return member.slice(start, end)
}

const MEMBER = /(?:[^,"]|"(?:[^"\\]|\\.?)*"?)+/g
