/**
 * Origins (RFC 9110 §4.3.1): scheme, host and port.
 */
import { type Authority, parseHost } from './host.ts'
import { splitUri } from './uri.ts'

export interface Origin {
  readonly scheme: string
  /** As `parseHost` gives it. */
  readonly host: string
  readonly port: number
}

/** `https://news.example`; undefined when the scheme is neither http nor https, or more follows than host and port. */
export function parseOrigin(text: string): Origin | undefined {
  const { scheme: given = '', authority = '', rest } = splitUri(text) ?? {}
  const scheme = given.toLowerCase()
  const standard = STANDARD_PORTS.get(scheme)
  const named = parseHost(authority)
  if (standard === undefined || named === undefined || rest !== '' || text.includes('#')) return undefined
  return { scheme, host: named.host, port: named.port ?? standard }
}

/**
 * No port is the port of the origin's scheme (RFC 9110 §4.2.3): behind a proxy, that is the scheme the client used.
 * What could not be read is of nobody.
 */
export function isAuthorityOf(origin: Origin | undefined, authority: Authority | undefined): boolean {
  if (origin === undefined || authority?.host !== origin.host) return false
  return (authority.port ?? STANDARD_PORTS.get(origin.scheme)) === origin.port
}

/** RFC 9110 §4.2.1, §4.2.2. */
const STANDARD_PORTS: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
])
