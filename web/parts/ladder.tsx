/**
 * A plan as a ladder: the question down, the status to the right. With a path, what was asked is lit.
 * The plan is a flat list, so there is nothing to lay out. What every request is asked of its connection
 * is closed, unless that decided.
 */
import { useState } from 'preact/hooks'
import type { ExplainedStep, Phase, Rung } from '../../src/rules/index.ts'
import { RungView } from './rung.tsx'

interface Props {
  readonly ladder: readonly Rung[]
  /** The questions that were asked. */
  readonly steps?: readonly ExplainedStep[]
  /** All rows are of interest: nothing is folded at first. */
  readonly whole?: boolean
}

export function Ladder({ ladder, steps = [], whole = false }: Props) {
  const [unfolded, unfold] = useState(whole)
  const folded = ladder.filter((rung) => rung.folded).length
  const shown = unfolded ? ladder : ladder.filter((rung) => !rung.folded)
  const asked = new Map(steps.map((step) => [step.id, step]))
  const last = steps.at(-1)?.id
  const end = ladder.findIndex(({ id }) => id === last)
  const passed = new Set(ladder.slice(0, Math.max(end, 0)).map(({ id }) => id))
  return (
    <div class="ladder" data-path={steps.length > 0 ? 'lit' : undefined}>
      {folded > 0 && (
        <p>
          <button type="button" aria-pressed={unfolded} onClick={() => unfold(!unfolded)}>
            {unfolded ? 'Hide' : 'Show'} {folded} folded questions
          </button>
        </p>
      )}
      {phasesOf(shown).map(([phase, rungs]) => (
        <details
          key={phase}
          open={whole || phase !== 'wire' || rungs.some(({ id }) => id === last)}
          data-lit={rungs.some(({ id }) => asked.has(id)) || undefined}
        >
          <summary>
            {PHASE[phase]} <span class="count">{rungs.length}</span>
          </summary>
          <ol>
            {rungs.map((rung) => (
              <RungView
                key={rung.id}
                rung={rung}
                step={asked.get(rung.id)}
                place={rung.id === last ? 'decided' : passed.has(rung.id) ? 'before' : 'after'}
              />
            ))}
          </ol>
        </details>
      ))}
    </div>
  )
}

function phasesOf(ladder: readonly Rung[]): [Phase, Rung[]][] {
  const phases = new Map<Phase, Rung[]>()
  for (const rung of ladder) phases.set(rung.phase, [...(phases.get(rung.phase) ?? []), rung])
  return [...phases]
}

const PHASE: Readonly<Record<Phase, string>> = {
  wire: 'The connection',
  route: 'The target',
  caller: 'Who is asking',
  head: 'The rest of the head',
  state: 'The item as it is',
  preconditions: 'Preconditions',
  content: 'The content',
  perform: 'Doing it',
  outcome: 'What came of it',
  fault: 'If something is thrown',
}
