/** From where the answer to a question is taken, where nothing more precise is declared. */
import type { Node } from './decision.ts'
import { type DecisionId, DECISIONS } from './decisions.ts'
import type { Source } from './explanation.ts'
import type { Phase } from './view.ts'

/** `declared`: what a declaration knows better. */
export function sourceOf(id: DecisionId, declared: Sources = {}): Source {
  const { field, phase }: Node = DECISIONS[id]
  return declared[id] ?? SOURCE[id] ?? (field === undefined ? OF_PHASE[phase] : { kind: 'field', name: field })
}

export type Sources = { readonly [id in DecisionId]?: Source }

const SOURCE: Sources = {
  authority: { kind: 'field', name: 'host' },
  share: { kind: 'server' },
  capacity: { kind: 'server' },
  available: { kind: 'server' },
  credentials: { kind: 'accounts' },
  query: { kind: 'connection' },
  contentTypeGiven: { kind: 'field', name: 'content-type' },
  // That it can be absent is a question of its own; what it comes to is known to the store.
  keyIdle: { kind: 'store' },
  keySame: { kind: 'store' },
  keyNew: { kind: 'store' },
  loginRate: { kind: 'server' },
  passwordShare: { kind: 'server' },
  loginRight: { kind: 'accounts' },
}

const OF_PHASE: Readonly<Record<Phase, Source>> = {
  wire: { kind: 'connection' },
  route: { kind: 'connection' },
  caller: { kind: 'accounts' },
  head: { kind: 'connection' },
  state: { kind: 'store' },
  preconditions: { kind: 'store' },
  content: { kind: 'content' },
  perform: { kind: 'store' },
  outcome: { kind: 'store' },
  fault: { kind: 'server' },
}
