/**
 * Responses in the API's description, read off the steps of a plan: each status with the decisions
 * that lead to it, the fields it carries and its content.
 */
import { DECISIONS, DETAIL, type Graph, type Phase, type Plan, statusRow, type StatusRow } from '../../rules/index.ts'
import type { ResponseComponents } from './components.ts'
import { isSure } from './headers.ts'
import { pascal } from './names.ts'
import type { Json } from './schemas.ts'
import type { CarriedField } from './validators.ts'

/** What else a response of an operation carries. */
export interface Extras {
  /** The content of a success that has any, by media type. */
  readonly content?: Json
  /** Further fields of a status, and whether each is always there. */
  readonly fields?: (row: StatusRow) => readonly CarriedField[]
}

/** A Responses Object of what these plans give in some phases. */
export function responses(
  plans: readonly Plan[],
  inPhase: (phase: Phase) => boolean,
  components: ResponseComponents,
  extras: Extras = {},
): Json {
  const deciders = decidersOf(plans, inPhase)
  const statuses = [...deciders.keys()].toSorted((a, b) => a - b)
  return Object.fromEntries(
    statuses.map((status) => [status, response(status, [...(deciders.get(status) ?? [])], components, extras)]),
  )
}

/** Status → the decisions that can end in it. */
function decidersOf(plans: readonly Plan[], inPhase: (phase: Phase) => boolean): Map<number, Set<string>> {
  const deciders = new Map<number, Set<string>>()
  for (const { id, phase, yes, no, absent } of plans.flatMap(({ steps }) => steps)) {
    if (!inPhase(phase)) continue
    for (const jump of [yes, no, absent]) {
      if (jump >= 0) continue
      deciders.set(-jump, (deciders.get(-jump) ?? new Set()).add(id))
    }
  }
  return deciders
}

function response(status: number, deciders: readonly string[], components: ResponseComponents, extras: Extras): Json {
  const row = statusRow(status)
  const isProblem = row.class === 'clientError' || row.class === 'serverError'
  const fields = new Map([...fieldsOf(row, deciders, isProblem), ...(extras.fields?.(row) ?? [])])
  const usual = row.class === 'success' && row.content === 'usual' ? extras.content : undefined
  const content = isProblem ? PROBLEM_CONTENT : usual
  const described = {
    description: describe(row, deciders),
    ...(fields.size > 0 && {
      headers: Object.fromEntries([...fields].map(([name, sure]) => [name, components.headers.use(name, sure)])),
    }),
    ...(content !== undefined && Object.keys(content).length > 0 && { content }),
  }
  return isProblem ? components.use(described, pascal(row.phrase)) : described
}

/** The phrase, and what a client is told; nothing more is to be said of a success. */
function describe(row: StatusRow, deciders: readonly string[]): string {
  const details = row.class === 'success' ? [] : deciders.flatMap((id) => DETAILS[id] ?? [])
  return [`${row.phrase}.`, ...new Set(details)].join(' ')
}

/** Field → is it on every response with this status? What only some of the decisions send is not. */
function fieldsOf(row: StatusRow, deciders: readonly string[], isProblem: boolean): CarriedField[] {
  const ofRow = [...(row.must ?? []), ...(row.should ?? [])]
  const sent = deciders.map((id) => ROWS[id]?.sends ?? [])
  const names = new Set([...ofRow, ...sent.flat()])
  const fields = [...names].map((name): CarriedField => {
    const demanded = ofRow.includes(name)
    const everyTime = demanded || sent.every((list) => list.includes(name))
    return [name, everyTime && isSure(name, demanded)]
  })
  return isProblem ? [...fields, ['Request-Id', true]] : fields
}

const ROWS: Graph = DECISIONS
const DETAILS: Readonly<Record<string, string | undefined>> = DETAIL

const PROBLEM_CONTENT: Json = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  // Where Accept prefers it.
  'text/html': { schema: { type: 'string' } },
}
