/** Which facts content and outcomes bring, whatever the operation. */
import { CHOICE, type Fact } from '../../rules/index.ts'
import type { ApiDeclaration } from './declaration.ts'
import type { ResultKind } from './outcome.ts'

export function inputFacts(api: ApiDeclaration, input: boolean): Fact[] {
  return input ? ['content', CHOICE.validation[api.validation].judged] : []
}

/** Content that turned out wrong has the status of content that fails its schema. */
export function invalidFact(api: ApiDeclaration): Fact {
  return CHOICE.validation[api.validation].used
}

export function outcomeFacts(api: ApiDeclaration, outcomes: readonly ResultKind[]): Fact[] {
  return outcomes.map((kind) => (kind === 'invalid' ? invalidFact(api) : FACT_OF[kind]))
}

/** What an outcome brings; `invalid` depends on the API. */
export const FACT_OF = {
  created: 'created',
  changed: 'replies',
  done: 'replies',
  deleted: 'deleted',
  accepted: 'accepted',
  seeOther: 'seeOther',
  stale: 'stale',
  conflict: 'conflict',
} as const satisfies Record<Exclude<ResultKind, 'invalid'>, Fact>

/** The fact, if it holds. */
export const when = <F extends Fact>(holds: boolean, fact: F): F[] => (holds ? [fact] : [])

export const unique = (facts: readonly Fact[]): Fact[] => [...new Set(facts)]
