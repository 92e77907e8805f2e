/**
 * The walk: from the first question to a status. Pure; whoever calls it supplies the answers.
 *
 * Synchronous until an ask returns a promise. Anything thrown on the way, by a question or by an
 * ask, leads to the fault rows, so a failure gets its status from the same table.
 */
import type { AskName, Edge, Fact, Node } from './decision.ts'
import { AGAIN_ENTRY, DECISIONS, ENTRY, FAULT_ENTRY } from './decisions.ts'
import type { Method } from './method.ts'
import { isAsked, type Graph, type Plan, type Step } from './plan.ts'
import type { StatusCode } from './status.ts'
import { ABSENT, AGAIN, GAVE, mark, next, NO, NUMBER, THREW, TOLD, YES, type Trace } from './trace.ts'
import type { FaultView, OutcomeView } from './view.ts'

/** What an ask settles with: `again` when the caller or the item is no longer what was judged, so the walk goes back to the credentials. */
export type Told = void | 'again'

/** Everything a question may read, and the asks. Members of a later stage are read only after the ask that supplies them. */
export interface Shell extends OutcomeView, FaultView {
  readonly trace: Trace
  /** The fields there are, as bits (`fieldBit`); agrees with `field`. */
  readonly present: number
  ask(name: AskName): Told | Promise<Told>
  interim(status: StatusCode): void
  /** Takes note of what was thrown, before the fault rows are asked. */
  failed(thrown: unknown): void
}

/** The final status of a request, along a folded plan. */
export function walk(plan: Plan, x: Shell, from = 0): StatusCode | Promise<StatusCode> {
  const { steps } = plan
  const { trace, present } = x
  const { bytes } = trace
  // Kept here and not in the trace, which is brought up to date whenever somebody may look.
  let to = trace.to
  let at = from
  try {
    while (at >= 0) {
      const step = steps[at] as Step
      bytes[to] = step.row
      if (step.field !== 0 && (present & step.field) === 0) {
        bytes[to + 1] = ABSENT
        at = step.absent
      } else if (step.test !== undefined) {
        const yes = (step.test as (view: Shell) => boolean)(x)
        bytes[to + 1] = yes ? YES : NO
        at = yes ? step.yes : step.no
      } else if (step.awaits !== undefined) {
        trace.to = to
        const told = x.ask(step.awaits)
        if (told instanceof Promise) return resume(plan, x, step, told)
        bytes[to + 1] = told === 'again' ? AGAIN : TOLD
        at = told === 'again' ? plan.again : step.yes
      } else {
        bytes[to + 1] = step.interim === undefined ? GAVE : TOLD
        if (step.interim !== undefined) x.interim(step.interim)
        at = step.yes
      }
      to = next(to)
    }
  } catch (thrown) {
    trace.to = to
    return recover(plan, x, steps[at] as Step, thrown)
  }
  trace.to = to
  return -at as StatusCode
}

async function resume(plan: Plan, x: Shell, step: Step, asked: Promise<Told>): Promise<StatusCode> {
  let told: Told
  try {
    told = await asked
  } catch (thrown) {
    return recover(plan, x, step, thrown)
  }
  const again = told === 'again'
  mark(x.trace, step.row, again ? AGAIN : TOLD)
  return walk(plan, x, again ? plan.again : step.yes)
}

function recover(plan: Plan, x: Shell, step: Step, thrown: unknown): StatusCode | Promise<StatusCode> {
  mark(x.trace, step.row, THREW)
  x.failed(thrown)
  return walk(plan, x, plan.fault)
}

/**
 * The same walk over the graph as it is written, folding nothing beforehand. Slower, and the measure
 * for the folded one: both must agree on every request.
 */
export async function interpret(
  method: Method | undefined,
  facts: ReadonlySet<Fact>,
  x: Shell,
  graph: Graph = DECISIONS,
): Promise<StatusCode> {
  let at: Edge = ENTRY
  while (typeof at === 'string') {
    const node: Node = graph[at] as Node
    if (!isAsked(node, method, facts)) {
      at = node.without as string
      continue
    }
    const row = NUMBER.get(at) as number
    try {
      const [what, to] = await follow(node, x)
      mark(x.trace, row, what)
      at = to
    } catch (thrown) {
      mark(x.trace, row, THREW)
      x.failed(thrown)
      at = FAULT_ENTRY
    }
  }
  return at
}

/** What happened at a row, and where that leads. */
async function follow(node: Node, x: Shell): Promise<readonly [what: number, to: Edge]> {
  if (node.field !== undefined && x.field(node.field) === undefined) return [ABSENT, node.absent as string]
  if ('test' in node) {
    const yes = (node.test as (view: Shell) => boolean)(x)
    return yes ? [YES, node.answers.yes] : [NO, node.answers.no]
  }
  if ('awaits' in node) return (await x.ask(node.awaits)) === 'again' ? [AGAIN, AGAIN_ENTRY] : [TOLD, node.next]
  if ('gives' in node) return [GAVE, node.gives]
  x.interim(node.interim)
  return [TOLD, node.next]
}
