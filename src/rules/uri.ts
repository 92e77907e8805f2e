/**
 * An absolute URI with an authority, in its parts (RFC 3986 §3).
 */

export interface UriParts {
  readonly scheme: string
  readonly authority: string
  /** Path and query. */
  readonly rest: string
}

/** The parts as they stand, nothing checked, nothing decoded; a fragment is left out, for it is never sent. */
export function splitUri(uri: string): UriParts | undefined {
  const parts = PARTS.exec(uri) as [string, string, string, string] | null
  return parts === null ? undefined : { scheme: parts[1], authority: parts[2], rest: parts[3] }
}

const PARTS = /^([a-z][a-z\d+\-.]*):\/\/([^/?#]*)([^#]*)/i
