/** An exchange that was kept, explained: its path, the whole ladder, and why it was not a success. */
import {
  DECISIONS,
  type ExplainedExchange,
  type ExplainedStep,
  isStatusCode,
  ladder,
  type Node,
  sourceOf,
  type TraceStep,
  whyNot,
} from '../../rules/index.ts'
import { declaredIn } from './declared.ts'
import { declaredFormer } from './declared-former.ts'
import type { Concerns, Locate } from './declared-part.ts'
import { answerOf, type Kept, tenth } from './record.ts'

export function explain(kept: Kept, locate: Locate): ExplainedExchange {
  const { line, steps, plan, operation, declaration, known } = kept
  const declared =
    operation === undefined
      ? declaredFormer(declaration, line.path)
      : declaredIn(declaration, operation, locate, concernsOf(kept))
  const said = (step: TraceStep): Pick<ExplainedStep, 'answer' | 'source'> => ({
    answer: answerOf(step),
    source: sourceOf(step.id, declared.sources),
  })
  const { status } = line
  const why = isStatusCode(status)
    ? whyNot(plan, steps, status, { ...known, ...declared, ...contentOf(kept) }, said)
    : undefined
  const waits = kept.waits.values()
  return {
    ...line,
    steps: steps.map((step): ExplainedStep => {
      const { phase, ask, rfc }: Node = DECISIONS[step.id]
      const waited = asked(step) ? waits.next().value : undefined
      return {
        id: step.id,
        phase,
        ask,
        rfc,
        mark: step.mark,
        ...said(step),
        ...(waited !== undefined && { milliseconds: tenth(waited) }),
      }
    }),
    ladder: ladder(plan),
    ...(why !== undefined && { whyNot: why }),
  }
}

/** The question that found fault is about the members that it found fault with. */
function concernsOf({ line, known }: Kept): Concerns {
  const members = new Set(known.errors.map(({ pointer = '' }) => pointer.split('/', 2)[1]))
  members.delete(undefined)
  return (id, member) => id !== line.decision || members.size === 0 || members.has(member)
}

/** Was somebody else asked, rather than the question passed by? */
function asked({ id, mark }: TraceStep): boolean {
  const node: Node = DECISIONS[id]
  return 'awaits' in node && mark !== 'absent'
}

function contentOf({ operation }: Kept) {
  return { takes: operation?.takes ?? [], offers: operation?.offers ?? [], input: operation?.shapes.input }
}
