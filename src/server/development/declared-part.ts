/** What stands under a name of the declaration, and what it answers. */
import { type DecisionId, DECISIONS, type Source, type Sources } from '../../rules/index.ts'
import type { Rule } from '../declare/declaration.ts'

export interface Part {
  readonly at: string
  readonly rule: Rule | undefined
  readonly sources: Sources
}

/** An author's function. */
export type Written = (...given: never[]) => unknown
/** Where a function of the author is written, if that is known: line from 1. */
export type Locate = (written: Written) => { readonly file: string; readonly line: number } | undefined

/** Is this member what the question is about? All are, but for one that found fault with some. */
export type Concerns = (id: DecisionId, member: string) => boolean

/** Answered by what `perform` returned: it, and whatever is asked of its outcome. */
export const PERFORMED: readonly DecisionId[] = (Object.keys(DECISIONS) as DecisionId[]).filter(
  (id) => DECISIONS[id].phase === 'perform' || DECISIONS[id].phase === 'outcome',
)

export function functionAt(at: string, written: Written, locate: Locate): Source {
  return { kind: 'function', at, ...locate(written) }
}
