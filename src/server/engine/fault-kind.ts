/**
 * What kind of failure was thrown: the question behind the fault rows.
 *
 * By name, because what is thrown may come from another copy of this package.
 */
import type { FaultKind } from '../../rules/index.ts'

export function faultOf(thrown: unknown): FaultKind {
  return (thrown instanceof Error ? KINDS.get(thrown.name) : undefined) ?? 'unforeseen'
}

const KINDS: ReadonlyMap<string, FaultKind> = new Map([
  ['Unavailable', 'unavailable'],
  ['Full', 'full'],
  ['BadUpstream', 'badUpstream'],
  ['UpstreamTimeout', 'upstreamTimeout'],
])
