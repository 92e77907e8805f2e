/** Who finds the aids of development: whoever is on this machine. For everybody else there is nothing there. */
import { type Authority, parseHost, parseTarget } from '../../rules/index.ts'
import { isAuthorityOf, parseOrigin } from '../../rules/origin.ts'
import type { Exchange, Found } from '../operation.ts'

/**
 * Found from this machine only. A page of another origin is on this machine as well: so the name has to be one that
 * nobody else can give away, and the request none that another origin's script has made.
 */
export function nearby(x: Exchange, item: unknown, validator?: { readonly etag: string } | undefined): Found {
  const authority = authorityOf(x)
  return item !== undefined &&
    LOOPBACK.test(x.address) &&
    PASSED_ON.every((name) => x.field(name) === undefined) &&
    OWN_NAME.test(authority?.host ?? 'localhost') &&
    isOwnOrigin(x, authority)
    ? { kind: 'found', item, ...validator }
    : { kind: 'missing' }
}

/** In place of the Host, where the target has one (RFC 9112 §3.2.2). */
function authorityOf(x: Exchange): Authority | undefined {
  const target = parseTarget(x.target)
  return target?.form === 'absolute' ? target : parseHost(x.field('host') ?? '')
}

/** What a proxy on this machine adds to a request of somebody else's (RFC 9110 §7.6.3, RFC 7239 §4). */
const PASSED_ON = ['via', 'forwarded', 'x-forwarded-for', 'x-real-ip']
/** An address, or a name that is always loopback (RFC 6761 §6.3). */
const OWN_NAME = /^(\[.*\]|\d+\.\d+\.\d+\.\d+|(.+\.)?localhost)$/
const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/i

/** Where the API lets other origins read, its aids still do not. What is no browser sends neither field. */
function isOwnOrigin(x: Exchange, authority: Authority | undefined): boolean {
  const origin = x.field('origin')
  if (origin !== undefined && !isAuthorityOf(parseOrigin(origin), authority)) return false
  const site = x.field('sec-fetch-site') ?? 'none'
  // Another site may lead here with a link, since what comes of that it cannot read.
  return site === 'none' || site === 'same-origin' || x.field('sec-fetch-mode') === 'navigate'
}
