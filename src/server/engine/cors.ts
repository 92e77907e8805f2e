/** Cross-origin fields (Fetch §3.2), where an API declares that other origins may read it. */
import type { Exchange } from './exchange.ts'

export interface Cors {
  /** Origins that may read: `https://app.example`, or `*` for all. */
  readonly origins: readonly string[] | '*'
}

const EXPOSED =
  'ETag, Location, Content-Location, Link, Retry-After, WWW-Authenticate, Allow, Request-Id, Preference-Applied'

export function corsFields(cors: Cors, x: Exchange, fields: string[]): void {
  const { origins } = cors
  if (origins !== '*') fields.push('Vary', 'Origin')
  if (!admits(cors, x)) return
  const origin = origins === '*' ? '*' : (x.field('origin') ?? '')
  fields.push('Access-Control-Allow-Origin', origin, 'Access-Control-Expose-Headers', EXPOSED)
}

/** Does the request come from a page of an origin that may read? */
export function admits({ origins }: Cors, x: Exchange): boolean {
  const origin = x.field('origin')
  return origin !== undefined && (origins === '*' || origins.includes(origin))
}
