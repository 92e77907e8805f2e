/**
 * Comma lists (RFC 9110 §5.6.1). Empty members are skipped, as recipients MUST; commas in quoted strings part nothing.
 *
 * Entity tags are no quoted strings (they have no escapes): their lists are read in `etag.ts`.
 */

/** The members, trimmed. An unclosed quote makes the rest one member, which its own parser then refuses. */
export function parseList(text: string): string[] {
  return (text.match(MEMBER) ?? []).flatMap((member) => TRIMMED.exec(member) ?? [])
}

const MEMBER = /(?:[^,"]|"(?:[^"\\]|\\.?)*"?)+/g
/** Optional white space is space and tab, no more (RFC 9110 §5.6.3). What is found at once: from the end, each run of spaces would be tried. */
const TRIMMED = /[^\t ](?:.*[^\t ])?/s
