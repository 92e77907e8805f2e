/** One code of the board: unlit until it was met; its request on demand, and what to notice about the answer. */
import { useState } from 'preact/hooks'
import { type Essential, type LessonStep, PROSE, statusRow } from '../../src/rules/index.ts'
import { give, type Given } from '../api/lesson.ts'
import { linkTo } from '../route.ts'
import { useShared } from '../state.ts'
import { Notice } from './notice.tsx'

interface Props {
  readonly code: Essential
  readonly step: LessonStep | undefined
  /** Is its answer shown? */
  readonly opened: boolean
  readonly open: () => void
}

export function Square({ code, step, opened, open }: Props) {
  const { keys, met } = useShared()
  const [given, set] = useState<Given>()
  const [fault, setFault] = useState('')
  const reference = met.get(code)
  const row = statusRow(code)
  const get = async (asked: LessonStep): Promise<void> => {
    open()
    setFault('')
    try {
      set(await give(asked, keys))
    } catch (error) {
      setFault(`There was no reply: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return (
    <>
      <li class="square" data-class={row.class} data-lit={reference !== undefined || undefined}>
        <a class="number" href={linkTo('code', String(code))}>
          {code}
        </a>
        <h2>{step?.title ?? row.phrase}</h2>
        <p class="quiet">{reference === undefined ? PROSE[code].meaning : row.phrase}</p>
        <p class="actions">
          {step !== undefined && (
            <button type="button" onClick={() => void get(step)}>
              Get one<span class="hidden"> with {code}</span>
            </button>
          )}
          {reference !== undefined && (
            <a href={linkTo('x', reference)}>
              Its path<span class="hidden"> to {code}</span>
            </a>
          )}
        </p>
      </li>
      {opened && (
        <li class="notice" data-class={row.class} aria-live="polite">
          {fault !== '' && <p class="note">{fault}</p>}
          {step !== undefined && given !== undefined && <Notice step={step} given={given} />}
        </li>
      )}
    </>
  )
}
