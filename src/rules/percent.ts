/**
 * Percent-encoding (RFC 3986 §2.1).
 */

/** All escapes as UTF-8; undefined when one is malformed or the octets are not UTF-8. */
export function decodePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/**
 * Escapes of unreserved characters only: two URIs that differ by them are one (RFC 3986 §6.2.2.2). The other escapes
 * stay, since a decoded `/` or `%` would make another URI.
 */
export function decodeUnreserved(text: string): string {
  return text.includes('%') ? text.replace(UNRESERVED_ESCAPE, decodeURIComponent) : text
}

/** Escapes what may not stand in a query (RFC 3986 §3.4); escapes in it stay. One character is one octet. */
export function escapeQuery(query: string): string {
  return query.replace(NO_QUERY, (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

/** Is every `%` followed by two hexadecimal digits? */
export function escapesWellFormed(text: string): boolean {
  return !BAD_ESCAPE.test(text)
}

/** `-` `.` `0`–`9` `A`–`Z` `_` `a`–`z` `~`. */
const UNRESERVED_ESCAPE = /%(?:2[de]|3\d|[46][1-9a-f]|[57][\da]|5f|7e)/gi
const NO_QUERY = /%(?![\da-f]{2})|[^\w\-.~!$&'()*+,;=:@/?%]/gi
const BAD_ESCAPE = /%(?![\da-f]{2})/i
