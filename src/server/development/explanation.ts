/**
 * Why a request got its status: the questions it met, their answers, and the one that decided.
 *
 * Read from the trace while it is still there. Names, clauses and codes of errors; never the value
 * of a field, of a parameter or of a member.
 */
import { type DecisionId, DECISIONS, type Mark, type Node, readTrace, type TraceStep } from '../../rules/index.ts'
import type { Exchange } from '../engine/exchange.ts'
import type { Reply } from '../engine/incoming.ts'
import { errorsOf } from '../engine/problem-content.ts'

export interface Explanation {
  readonly reference: string
  /** When the request began, RFC 3339. */
  readonly at: string
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly status: number
  readonly phrase: string
  /** The row that decided; undefined if the walk never began. */
  readonly decision: DecisionId | undefined
  /** In one line: what the rule said, which members are wrong, or the question and its answer. */
  readonly reason: string
  readonly steps: readonly ExplainedStep[]
}

export interface ExplainedStep {
  readonly id: DecisionId
  readonly phase: string
  readonly ask: string
  readonly rfc: string
  readonly answer: string
}

export function explanationOf(x: Exchange, reply: Reply): Explanation {
  const steps = readTrace(x.trace)
  const last = steps.at(-1)
  return {
    reference: x.reference,
    at: new Date(x.now).toISOString(),
    method: x.method,
    path: x.path,
    status: reply.status,
    phrase: reply.phrase,
    decision: last?.id,
    reason: last === undefined ? '' : reasonOf(x, last),
    steps: steps.map(explainStep),
  }
}

/** Questions that a declared rule answers, and can say why. */
const RULES: ReadonlySet<DecisionId> = new Set(['classAllowed', 'itemVisible', 'itemAllowed'])

function reasonOf(x: Exchange, step: TraceStep): string {
  const said = RULES.has(step.id) && step.mark === 'no' ? x.operation?.explain?.(x) : undefined
  if (said !== undefined) return said
  const errors = errorsOf(x, step.id)
  if (errors.length > 0)
    return errors.map(({ pointer, parameter, code }) => `${pointer ?? parameter} ${code}`).join(', ')
  const { ask, answer } = explainStep(step)
  return `${ask} ${answer}`
}

function explainStep({ id, mark }: TraceStep): ExplainedStep {
  const node: Node = DECISIONS[id]
  return { id, phase: node.phase, ask: node.ask, rfc: node.rfc, answer: ANSWER[mark](node) }
}

/** A row that gives its status outright asks what would have had to hold, and it does not. */
const ANSWER: Readonly<Record<Mark, (node: Node) => string>> = {
  yes: () => 'yes',
  no: () => 'no',
  gave: () => 'no',
  absent: ({ field }) => `passed by: no ${field}`,
  told: () => 'told',
  again: () => 'it has changed meanwhile: once more from the item',
}
