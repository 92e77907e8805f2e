/** Every question of the graph as it stands for one operation: which are asked, where each answer leads, and what the others wait for. */
import { DECISIONS, type DecisionId } from './decisions.ts'
import type { Edge, Node } from './decision.ts'
import type { Rung, RungEdge } from './explanation.ts'
import { type Graph, type Plan, settle } from './plan.ts'

export function ladder({ method, facts, steps }: Plan, graph: Graph = DECISIONS): Rung[] {
  const asked = new Set(steps.map(({ id }) => id))
  return Object.entries(graph).map(([id, node]) => {
    const { phase, ask, rfc, field, methods, needs = [] } = node
    const folded = !asked.has(id)
    const lacks = needs.filter((fact) => !facts.has(fact))
    const others = methods !== undefined && (method === undefined || !methods.includes(method)) ? methods : undefined
    return {
      id: id as DecisionId,
      phase,
      ask,
      rfc,
      folded,
      ...(folded && lacks.length > 0 && { lacks }),
      ...(folded && others !== undefined && { methods: others }),
      ...(field !== undefined && { field }),
      edges: answersOf(node).map(([answer, to]) => ({ answer, to: settle(graph, to, method, facts) })),
    }
  })
}

function answersOf(node: Node): [RungEdge['answer'], Edge][] {
  const absent: [RungEdge['answer'], Edge][] = node.absent === undefined ? [] : [['absent', node.absent]]
  if ('answers' in node) return [['yes', node.answers.yes], ['no', node.answers.no], ...absent]
  return 'gives' in node ? [['gives', node.gives], ...absent] : [['next', node.next], ...absent]
}
