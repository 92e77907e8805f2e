/**
 * Host (RFC 9110 §7.2): an authority without userinfo (RFC 3986 §3.2.2, §3.2.3).
 *
 * An empty host is refused: no http URI has one (RFC 9110 §4.2.1).
 */

export interface Authority {
  /** In lower case; an IPv6 address keeps its brackets. */
  readonly host: string
  /** Undefined when it was not said: then it is the scheme's. */
  readonly port: number | undefined
}

export function parseHost(text: string): Authority | undefined {
  const colon = text.indexOf(':', text.lastIndexOf(']') + 1)
  const host = colon < 0 ? text : text.slice(0, colon)
  const port = colon < 0 ? '' : text.slice(colon + 1)
  if (!PORT.test(port) || Number(port) > 65_535) return undefined
  if (!(host.startsWith('[') ? isIpLiteral(host) : REG_NAME.test(host))) return undefined
  return { host: host.toLowerCase(), port: port === '' ? undefined : Number(port) }
}

const PORT = /^\d{0,5}$/
/** IPv4 addresses are reg-names in form. */
const REG_NAME = /^(?:[\w\-.~!$&'()*+,;=]|%[\da-f]{2})+$/i
const IP_FUTURE = /^v[\da-f]+\.[\w\-.~!$&'()*+,;=:]+$/i
const IPV6_GROUP = /^[\da-f]{1,4}$/i
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/

function isIpLiteral(host: string): boolean {
  if (!host.endsWith(']')) return false
  const address = host.slice(1, -1)
  return IP_FUTURE.test(address) || isIpv6(address)
}

/** Eight groups, or fewer around one `::`; an IPv4 address may stand for the last two. */
function isIpv6(address: string): boolean {
  const halves = address.split('::')
  if (halves.length > 2) return false
  let groups = 0
  for (const [index, half] of halves.entries()) {
    if (half !== '') groups += countGroups(half, index === halves.length - 1)
  }
  return halves.length === 2 ? groups < 8 : groups === 8
}

/** Infinity when one of them is none. */
function countGroups(half: string, last: boolean): number {
  const parts = half.split(':')
  let count = 0
  for (const [index, part] of parts.entries()) {
    if (IPV6_GROUP.test(part)) count += 1
    else if (last && index === parts.length - 1 && IPV4.test(part)) count += 2
    else return Number.POSITIVE_INFINITY
  }
  return count
}
