/**
 * The graph folded for one operation: what is left once everything that was not declared is gone.
 *
 * Made once, at start-up. A plan is a flat list; an edge is the number of a step, or a status as a
 * negative number. The statuses a plan can give are exactly those of its remaining edges.
 */
import { AGAIN_ENTRY, DECISIONS, ENTRY, FAULT_ENTRY } from './decisions.ts'
import type { AskName, Edge, Fact, Node } from './decision.ts'
import type { RungEdge } from './explanation.ts'
import type { Method } from './method.ts'
import type { StatusCode } from './status.ts'
import { fieldBit } from './present.ts'
import { NUMBER } from './trace.ts'
import type { Phase } from './view.ts'

/** An edge in a plan: the index of a step, or minus a status. */
type Jump = number

export interface Step {
  readonly id: string
  /** The row's number in traces. */
  readonly row: number
  readonly phase: Phase
  /** The field without which this step is passed by, as a bit of `present`; 0 for none. */
  readonly field: number
  readonly absent: Jump
  readonly test: ((x: never) => boolean) | undefined
  readonly awaits: AskName | undefined
  readonly interim: StatusCode | undefined
  /** Also where an ask, an interim response or a verdict goes on. */
  readonly yes: Jump
  readonly no: Jump
}

export interface Plan {
  readonly method: Method | undefined
  readonly facts: ReadonlySet<Fact>
  readonly steps: readonly Step[]
  /** Where a walk goes on when something was thrown. */
  readonly fault: number
  /** Where a walk goes on when what was judged is no longer so: the caller, or the item; -1 where nothing is asked. */
  readonly again: number
  /** Every status the operation can give, connection and faults included, ascending. */
  readonly statuses: readonly StatusCode[]
}

/** A graph: rows by name, first row first. `DECISIONS` is the one that HTTP gives. */
export type Graph = Readonly<Record<string, Node>>

/** Folds the graph for an operation with these facts. `method` is undefined for methods that are not implemented. */
export function specialise(method: Method | undefined, facts: ReadonlySet<Fact>, graph: Graph = DECISIONS): Plan {
  const alive = reachable(graph, method, facts)
  const index = new Map(alive.map((id, at) => [id, at]))
  const jump = (edge: Edge): Jump => {
    const to = settle(graph, edge, method, facts)
    return typeof to === 'number' ? -to : (index.get(to) as number)
  }
  const steps = alive.map((id) => step(id, row(graph, id), jump))
  const statuses = new Set<StatusCode>()
  for (const { yes, no, absent } of steps)
    for (const to of [yes, no, absent]) if (to < 0) statuses.add(-to as StatusCode)
  return {
    method,
    facts,
    steps,
    fault: jump(FAULT_ENTRY),
    again: index.get(settle(graph, AGAIN_ENTRY, method, facts) as string) ?? -1,
    statuses: [...statuses].toSorted((a, b) => a - b),
  }
}

/** Is the row asked at all of this method, where these facts are declared? */
export function isAsked(node: Node, method: Method | undefined, facts: ReadonlySet<Fact>): boolean {
  const ofMethod = node.methods === undefined || (method !== undefined && node.methods.includes(method))
  return ofMethod && (node.needs === undefined || node.needs.every((fact) => facts.has(fact)))
}

/** Where an edge leads once rows that are not asked are passed by. */
export function settle(graph: Graph, edge: Edge, method: Method | undefined, facts: ReadonlySet<Fact>): Edge {
  let to = edge
  while (typeof to === 'string') {
    const node = row(graph, to)
    if (isAsked(node, method, facts)) return to
    to = node.without as Edge
  }
  return to
}

/** Where each answer to a row leads: the one that goes on first, `absent` last. */
export function answersOf(node: Node): readonly [Answer, ...Answer[]] {
  const absent: Answer[] = node.absent === undefined ? [] : [['absent', node.absent]]
  if ('answers' in node) return [['yes', node.answers.yes], ['no', node.answers.no], ...absent]
  return 'gives' in node ? [['gives', node.gives], ...absent] : [['next', node.next], ...absent]
}

type Answer = readonly [RungEdge['answer'], Edge]

/** The edges of a row, in the order of its answers. */
export function edgesOf(node: Node): Edge[] {
  return answersOf(node).map(([, to]) => to)
}

function reachable(graph: Graph, method: Method | undefined, facts: ReadonlySet<Fact>): string[] {
  const seen = new Set<string>()
  const visit = (edge: Edge): void => {
    const to = settle(graph, edge, method, facts)
    if (typeof to === 'number' || seen.has(to)) return
    seen.add(to)
    for (const next of edgesOf(row(graph, to))) visit(next)
  }
  visit(ENTRY)
  visit(FAULT_ENTRY)
  return Object.keys(graph).filter((id) => seen.has(id))
}

function step(id: string, node: Node, jump: (edge: Edge) => Jump): Step {
  const answers = answersOf(node)
  const [[, first]] = answers
  const to = new Map(answers)
  const along = (answer: RungEdge['answer']): Jump => jump(to.get(answer) ?? first)
  return {
    id,
    row: NUMBER.get(id) as number,
    phase: node.phase,
    field: node.field === undefined ? 0 : fieldBit(node.field),
    absent: along('absent'),
    test: 'test' in node ? node.test : undefined,
    awaits: 'awaits' in node ? node.awaits : undefined,
    interim: 'interim' in node ? node.interim : undefined,
    yes: jump(first),
    no: along('no'),
  }
}

function row(graph: Graph, id: string): Node {
  const node = graph[id]
  if (node === undefined) throw new TypeError(`no decision is called ${id}`)
  return node
}
