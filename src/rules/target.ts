/**
 * The request target in its four forms (RFC 9112 §3.2).
 *
 * Escapes of unreserved characters are decoded, so that equal URIs have equal paths (RFC 9110 §4.2.3). All others
 * stay: a path is split first and decoded after. The query stays as it was sent.
 */
import { parseHost, type Authority } from './host.ts'
import { decodePercent, decodeUnreserved, escapesWellFormed } from './percent.ts'
import { splitUri, type UriParts } from './uri.ts'

interface Located {
  /** Begins with a slash. */
  readonly path: string
  /** Without the question mark; undefined when there was none. */
  readonly query: string | undefined
  /** A `%` in path or query is not followed by two hexadecimal digits. */
  readonly malformed: boolean
}

export type Target =
  | ({ readonly form: 'origin' } & Located)
  | ({ readonly form: 'absolute'; readonly scheme: string } & Authority & Located)
  | ({ readonly form: 'authority' } & Authority)
  | { readonly form: 'asterisk' }

/** Undefined when it is none of the four, or has a fragment, white space, a control character or an octet beyond ASCII. */
export function parseTarget(target: string): Target | undefined {
  if (!PRINTABLE.test(target)) return undefined
  if (target.startsWith('/')) return { form: 'origin', ...locate(target) }
  if (target === '*') return { form: 'asterisk' }
  const parts = splitUri(target)
  return parts === undefined ? authorityForm(target) : absoluteForm(parts)
}

/** The path between its slashes, each part decoded as UTF-8; undefined when one does not decode. */
export function pathSegments(path: string): string[] | undefined {
  const segments: string[] = []
  for (const part of path.slice(1).split('/')) {
    const segment = part.includes('%') ? decodePercent(part) : part
    if (segment === undefined) return undefined
    segments.push(segment)
  }
  return segments
}

/** Wider than RFC 3986 by characters that browsers leave as they are in queries (`|`, `"`, `{`). */
const PRINTABLE = /^[!-"$-~]+$/

function absoluteForm({ scheme, authority, rest }: UriParts): Target | undefined {
  const named = parseHost(authority)
  if (named === undefined) return undefined
  return {
    form: 'absolute',
    scheme: scheme.toLowerCase(),
    ...named,
    ...locate(rest.startsWith('/') ? rest : `/${rest}`),
  }
}

/** RFC 9112 §3.2.3: host and port, both. */
function authorityForm(target: string): Target | undefined {
  const authority = parseHost(target)
  return authority?.port === undefined ? undefined : { form: 'authority', ...authority }
}

function locate(target: string): Located {
  const mark = target.indexOf('?')
  return {
    path: decodeUnreserved(mark < 0 ? target : target.slice(0, mark)),
    query: mark < 0 ? undefined : target.slice(mark + 1),
    malformed: !escapesWellFormed(target),
  }
}
