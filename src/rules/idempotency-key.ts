/**
 * Idempotency-Key (draft-ietf-httpapi-idempotency-key-header §2.1): a structured string of 1 to 255 characters.
 *
 * Deviation: most clients send the key bare, without quotes, and that is accepted too. Quoted and bare are one key.
 */

/** The key, or undefined when it is malformed, empty or too long. */
export function parseIdempotencyKey(text: string): string | undefined {
  const key = BARE.exec(text)?.[1] ?? QUOTED.exec(text)?.[1]?.replace(/\\(.)/g, '$1')
  return key !== undefined && key.length >= 1 && key.length <= 255 ? key : undefined
}

/** A token, and what base64 and URNs add to it. */
const BARE = /^ *([!#$%&'*+\-./:=^`|~\w]+) *$/
/** RFC 8941 §3.3.3: printable ASCII, with backslashes before quotes and backslashes only. */
const QUOTED = /^ *"((?:[ !#-[\]-~]|\\["\\])*)" *$/
