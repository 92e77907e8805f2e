/** One question of a ladder; opened, its clause and what it depends on. */
import { useId, useState } from 'preact/hooks'
import type { ExplainedStep, Rung } from '../../src/rules/index.ts'
import { RungDetail } from './rung-detail.tsx'
import { Status } from './status.tsx'

interface Props {
  readonly rung: Rung
  readonly step: ExplainedStep | undefined
  /** Where it is on a path: its answer was the status, it lies on the way there, or beyond. */
  readonly place: 'before' | 'decided' | 'after'
}

export function RungView({ rung, step, place }: Props) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const statuses = [...new Set(rung.edges.map(({ to }) => to))].filter((to) => typeof to === 'number')
  const standing = rung.folded ? 'folded' : step === undefined ? 'idle' : place === 'decided' ? place : 'lit'
  return (
    <li class="rung" data-standing={standing} data-place={place}>
      <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <span class="ask">{rung.ask}</span>
        {step !== undefined && <span class="answer">{step.answer}</span>}
        {rung.folded && <span class="answer">never asked here</span>}
      </button>
      <span class="gives">
        {statuses.map((code) => (
          <Status key={code} code={code} linked />
        ))}
      </span>
      <div id={id} class="detail" hidden={!open}>
        {open && <RungDetail rung={rung} step={step} />}
      </div>
    </li>
  )
}
