/** What stands under a name of the declaration, and what it answers. */
import type { DecisionId, Source, Sources } from '../../rules/index.ts'
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

/** Answered by what `perform` returned. */
export const PERFORMED: readonly DecisionId[] = [
  'perform',
  'notStale',
  'noConflict',
  'stillValid',
  'stillProcessable',
  'finished',
  'created',
  'seeOther',
  'deleted',
  'replies',
]

export function functionAt(at: string, written: Written, locate: Locate): Source {
  return { kind: 'function', at, ...locate(written) }
}
