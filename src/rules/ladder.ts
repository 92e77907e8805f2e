/** Every question of the graph as it stands for one operation: which are asked, where each answer leads, and what the others wait for. */
import { DECISIONS, type DecisionId } from './decisions.ts'
import type { Edge, Node } from './decision.ts'
import type { Rung } from './explanation.ts'
import { answersOf, type Graph, type Plan, settle } from './plan.ts'

export function ladder({ method, facts, steps }: Plan, graph: Graph = DECISIONS): Rung[] {
  const asked = new Set(steps.map(({ id }) => id))
  return Object.entries(graph).map(([id, node]) => {
    const { methods, needs = [] } = node
    const folded = !asked.has(id)
    const lacks = needs.filter((fact) => !facts.has(fact))
    const others = methods !== undefined && (method === undefined || !methods.includes(method)) ? methods : undefined
    return {
      ...rung(id, node, (to) => settle(graph, to, method, facts)),
      folded,
      ...(folded && lacks.length > 0 && { lacks }),
      ...(folded && others !== undefined && { methods: others }),
    }
  })
}

/** The graph itself, of no operation: nothing folded, and `lacks` and `methods` say because of what each is asked. */
export function wholeLadder(graph: Graph = DECISIONS): Rung[] {
  return Object.entries(graph).map(([id, node]) => ({
    ...rung(id, node, (to) => to),
    ...(node.methods !== undefined && { methods: node.methods }),
    ...(node.needs !== undefined && { lacks: node.needs }),
  }))
}

function rung(id: string, node: Node, leads: (to: Edge) => Edge): Rung {
  const { phase, ask, rfc, field } = node
  return {
    id: id as DecisionId,
    phase,
    ask,
    rfc,
    folded: false,
    ...(field !== undefined && { field }),
    edges: answersOf(node).map(([answer, to]) => ({ answer, to: leads(to) })),
  }
}
