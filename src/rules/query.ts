/**
 * The query of a target, as forms and clients write it: `name=value&name=value`, percent-encoded UTF-8, `+` for a space.
 *
 * RFC 3986 §3.4 leaves the inside of a query open; this is application/x-www-form-urlencoded, which is what is sent.
 */

import { decodePercent } from './percent.ts'

/** In the order they were sent, repeats included; undefined when an escape is malformed or is not UTF-8. */
export function parseQuery(raw: string): (readonly [name: string, value: string])[] | undefined {
  const pairs: (readonly [string, string])[] = []
  for (const part of raw.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = decode(equals < 0 ? part : part.slice(0, equals))
    const value = equals < 0 ? '' : decode(part.slice(equals + 1))
    if (name === undefined || value === undefined) return undefined
    pairs.push([name, value])
  }
  return pairs
}

function decode(text: string): string | undefined {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  return spaced.includes('%') ? decodePercent(spaced) : spaced
}
