/** Cross-origin fields (Fetch §3.2), where an API declares that other origins may read it. */
import type { Exchange } from './exchange.ts'

export interface Cors {
  /** Origins that may read: `https://app.example`, or `*` for all. */
  readonly origins: readonly string[] | '*'
}

const EXPOSED =
  'ETag, Location, Content-Location, Link, Retry-After, WWW-Authenticate, Allow, Request-Id, Preference-Applied'

export function corsFields({ origins }: Cors, x: Exchange, fields: string[]): void {
  const origin = x.field('origin')
  if (origins !== '*') fields.push('Vary', 'Origin')
  if (origin === undefined || (origins !== '*' && !origins.includes(origin))) return
  fields.push('Access-Control-Allow-Origin', origins === '*' ? '*' : origin, 'Access-Control-Expose-Headers', EXPOSED)
}
