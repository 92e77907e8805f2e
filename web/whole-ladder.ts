/** The whole graph as rungs, nothing folded: what the ladders of all operations are cut from. */
import { DECISIONS, type DecisionId, type Node, type Rung, type RungEdge } from '../src/rules/index.ts'

export function wholeLadder(): readonly Rung[] {
  return (Object.keys(DECISIONS) as DecisionId[]).map((id) => rung(id, DECISIONS[id]))
}

function rung(id: DecisionId, node: Node): Rung {
  const { phase, ask, rfc } = node
  return {
    id,
    phase,
    ask,
    rfc,
    folded: false,
    ...(node.methods !== undefined && { methods: node.methods }),
    ...(node.needs !== undefined && { lacks: node.needs }),
    ...(node.field !== undefined && { field: node.field }),
    edges: edges(node),
  }
}

function edges(node: Node): RungEdge[] {
  const absent: RungEdge[] = node.absent === undefined ? [] : [{ answer: 'absent', to: node.absent }]
  if ('answers' in node)
    return [{ answer: 'yes', to: node.answers.yes }, { answer: 'no', to: node.answers.no }, ...absent]
  return 'gives' in node
    ? [{ answer: 'gives', to: node.gives }, ...absent]
    : [{ answer: 'next', to: node.next }, ...absent]
}
