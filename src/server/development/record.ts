/**
 * What is kept of an exchange, so that it can be explained later: its path, its plan, and what was known.
 *
 * Read from the trace while it is still there. Names, clauses and codes of errors, and what the author says of what has
 * no name; never the value of a field, of a parameter or of a member.
 */
import {
  AGAIN_ENTRY,
  type Circumstances,
  type DecisionId,
  DECISIONS,
  type ExchangeLine,
  type Mark,
  MARK_WORDS,
  type Node,
  type Plan,
  type ProblemError,
  readTrace,
  thrownAt,
  type TraceStep,
} from '../../rules/index.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import type { Exchange } from '../engine/exchange.ts'
import type { Reply } from '../engine/incoming.ts'
import { errorsOf } from '../engine/problem-content.ts'
import type { Operation } from '../operation.ts'

export interface Kept {
  readonly line: ExchangeLine
  readonly steps: readonly TraceStep[]
  /** For each ask in turn the milliseconds it took; undefined where it answered at once. */
  readonly waits: readonly (number | undefined)[]
  readonly plan: Plan
  readonly operation: Operation | undefined
  readonly declaration: ApiDeclaration
  readonly known: Omit<Circumstances, 'guards' | 'rules' | 'takes' | 'offers' | 'input'>
}

export interface Timing {
  /** By the clock that only goes forward. */
  readonly began: number
  readonly waits: readonly (number | undefined)[]
}

export function keep(x: Exchange, reply: Reply, { began, waits }: Timing): Kept {
  return {
    line: lineOf(x, reply, tenth(performance.now() - began)),
    steps: readTrace(x.trace),
    waits,
    plan: x.plan,
    operation: x.operation,
    declaration: x.engine.compiled.declaration,
    known: {
      errors: told(x),
      allow: x.allow === '' ? [] : x.allow.split(', '),
      etag: x.etag,
      lastModified: x.lastModified,
      location: addressOf(x, reply),
      retryAfter: Number(fieldOf(reply, 'Retry-After') ?? 1),
    },
  }
}

/** What is told of an exchange in one line. */
export function lineOf(x: Exchange, reply: Reply, milliseconds: number): ExchangeLine {
  const last = readTrace(x.trace).at(-1)
  const { operation } = x
  return {
    reference: x.reference,
    at: new Date(x.now).toISOString(),
    milliseconds,
    method: x.method,
    // Of what could not be read as a request neither is known.
    path: x.method === '' ? '' : x.path,
    ...(operation !== undefined && { operation: `${operation.method} ${operation.path}` }),
    status: reply.status,
    phrase: reply.phrase,
    ...(last !== undefined && { decision: last.id }),
    reason: last === undefined ? '' : reasonOf(x, last, told(x)),
  }
}

/** What `moved` declares is a path: the query behind it is what was sent. */
function addressOf({ loaded, result }: Exchange, reply: Reply): string | undefined {
  const location = fieldOf(reply, 'Location')
  return loaded === undefined && result === undefined ? location?.split('?', 1)[0] : location
}

function told(x: Exchange): readonly ProblemError[] {
  return errorsOf(x, x.decidedBy).slice(0, MOST_ERRORS).map(shortened)
}

/** Of a client's making, so many and so long that what is kept stays small. */
const MOST_ERRORS = 20
const LONGEST_NAME = 200

/** What names no place says in the author's words what is wrong, and those alone are kept. */
function shortened({ pointer, parameter, detail, code }: ProblemError): ProblemError {
  return {
    ...(pointer !== undefined && { pointer: pointer.slice(0, LONGEST_NAME) }),
    ...(parameter !== undefined && { parameter: parameter.slice(0, LONGEST_NAME) }),
    detail: pointer === undefined && parameter === undefined ? detail.slice(0, LONGEST_NAME) : '',
    code,
  }
}

function errorWords({ pointer, parameter = pointer, detail, code }: ProblemError): string {
  // The pointer to the whole is empty (RFC 6901 §5).
  return parameter === undefined ? detail : `${parameter} ${code}`.trim()
}

/** Questions that a declared rule answers, and can say why. */
const RULES: ReadonlySet<DecisionId> = new Set(['classAllowed', 'itemVisible', 'itemAllowed'])

function reasonOf(x: Exchange, step: TraceStep, errors: readonly ProblemError[]): string {
  const said = RULES.has(step.id) && step.mark === 'no' ? x.operation?.explain?.(x) : undefined
  if (said !== undefined) return said
  if (errors.length > 0) return errors.map(errorWords).join(', ')
  const thrown = step.id === 'unforeseen' ? thrownAt(readTrace(x.trace)) : undefined
  return `${DECISIONS[step.id].ask} ${answerOf(step)}${thrown === undefined ? '' : `: ${thrown} threw`}`
}

/** The mark in words. */
export function answerOf({ id, mark }: TraceStep): string {
  const more = MORE[mark]?.(DECISIONS[id])
  return more === undefined ? MARK_WORDS[mark] : `${MARK_WORDS[mark]}: ${more}`
}

const MORE: Readonly<Partial<Record<Mark, (node: Node) => string>>> = {
  absent: ({ field }) => `no ${field}`,
  again: () => `judged once more, from the ${AGAIN_ENTRY}`,
  threw: () => 'see the log',
}

function fieldOf({ fields }: Reply, name: string): string | undefined {
  const at = fields.indexOf(name)
  return at < 0 ? undefined : fields[at + 1]
}

export function tenth(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10
}
