/**
 * The Date field (RFC 9110 §6.6.1), written once a second.
 *
 * Node's own lags behind the clock while the loop is busy, and Last-Modified must not be later than Date (§8.8.2.1).
 */
import { formatDate } from '../../rules/index.ts'

let second = 0
let written = ''

export function dateNow(): string {
  const now = Math.floor(Date.now() / 1000)
  if (now !== second) {
    second = now
    written = formatDate(now * 1000)
  }
  return written
}
