/**
 * The content of an error: problem details for a program (RFC 9457), a page for a browser.
 *
 * Says what went wrong, what to do, and a reference; never anything of the inside, and never a
 * value that was sent.
 */
import { type DecisionId, DETAIL, problem, type ProblemError } from '../../rules/index.ts'
import type { Exchange } from './exchange.ts'
import type { Representation } from '../operation.ts'
import { PAGE_FIELDS, prefersPage } from './page.ts'
import { problemPage } from './problem-page.ts'

const PROBLEM = 'application/problem+json'
const FOR_PROGRAMS = [PROBLEM, 'application/json']
const PROBLEM_FIELDS = ['Content-Type', PROBLEM] as const

export function problemContent(x: Exchange, status: number): Pick<Representation, 'content' | 'fields'> {
  const decision = x.decidedBy
  const errors = errorsOf(x, decision)
  const detail = missingDetail(x) ?? (decision && DETAIL[decision])
  const described = problem(status, {
    ...(detail !== undefined && { detail }),
    ...(x.engine.explorer !== undefined && { instance: x.engine.explorer(x.reference) }),
    ...(errors.length > 0 && { errors }),
    // What a client may choose from instead (RFC 9110 §15.5.7).
    ...(decision === 'acceptable' && { available: x.offers }),
    reference: x.reference,
  })
  return prefersPage(x, FOR_PROGRAMS)
    ? { content: problemPage(described, x.engine.explorer), fields: PAGE_FIELDS }
    : { content: JSON.stringify(described), fields: PROBLEM_FIELDS }
}

function missingDetail({ decidedBy, loaded }: Exchange): string | undefined {
  if (loaded?.kind !== 'missing') return undefined
  return decidedBy === 'exists' ? loaded.detail : decidedBy === 'conditional' ? NOTHING_YET : undefined
}

const NOTHING_YET =
  'There is no such item yet, and this operation must say that it means to make it: send If-None-Match: *.'

/** The errors that the decision was about. */
export function errorsOf(x: Exchange, decision: DecisionId | undefined): readonly ProblemError[] {
  return (decision && ERRORS[decision]?.(x)) ?? (x.result !== undefined && 'errors' in x.result ? x.result.errors : [])
}

const ERRORS: { readonly [id in DecisionId]?: (x: Exchange) => readonly ProblemError[] } = {
  query: (x) => x.queryErrors,
  contentParses: (x) => x.contentErrors,
  contentValid: (x) => x.contentErrors,
  contentProcessable: (x) => x.contentErrors,
  membersAllowed: (x) => x.forbiddenMembers,
  stateAllows: (x) => x.stateErrors,
}
