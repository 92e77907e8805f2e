/**
 * Link (RFC 8288 §3): where else to go, and why.
 */
import { formatQuotedString } from './quoted-string.ts'
import { isToken } from './token.ts'

export interface Link {
  /** A URI reference, percent-encoded where it has to be. */
  readonly target: string
  /** One relation, or several with spaces between. */
  readonly rel: string
  /** `title`, `type`, `hreflang`, `anchor`, `media`, or an extension. */
  readonly [attribute: string]: string
}

/** Throws a TypeError for a target that is no URI reference and for a name that is no token. */
export function formatLink(links: readonly Link[]): string {
  return links.map(formatOne).join(', ')
}

const URI_REFERENCE = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\da-f]{2})*$/i
const ASCII = /^[\t -~]*$/

function formatOne({ target, rel, ...attributes }: Link): string {
  if (!URI_REFERENCE.test(target)) throw new TypeError(`not a URI reference: ${target}`)
  const parts = [`<${target}>`, attribute('rel', rel)]
  for (const [name, value] of Object.entries(attributes)) parts.push(attribute(name, value))
  return parts.join('; ')
}

/** What is not ASCII is written as RFC 8187 has it, under the name with an asterisk (RFC 8288 §3.4.1). */
function attribute(name: string, value: string): string {
  if (!isToken(name)) throw new TypeError(`not a token: ${name}`)
  return ASCII.test(value) ? `${name}=${formatQuotedString(value)}` : `${name}*=UTF-8''${extendedValue(value)}`
}

/** RFC 8187 §3.2.1: attr-char is narrower than what encodeURIComponent leaves. */
function extendedValue(value: string): string {
  return encodeURIComponent(value).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
