/** What kind of failure was thrown: the question behind the fault rows. */
import type { FaultKind } from '../rules/index.ts'
import { BadUpstream, Full, Unavailable, UpstreamTimeout } from './fault.ts'

export function faultOf(thrown: unknown): FaultKind {
  if (thrown instanceof Unavailable) return 'unavailable'
  if (thrown instanceof Full) return 'full'
  if (thrown instanceof BadUpstream) return 'badUpstream'
  if (thrown instanceof UpstreamTimeout) return 'upstreamTimeout'
  return 'unforeseen'
}
