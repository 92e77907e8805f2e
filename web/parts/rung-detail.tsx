/** What stands behind a question: its clause, where its answer came from, and what brings it to life. */
import type { ExplainedStep, Rung, RungEdge } from '../../src/rules/index.ts'
import { type Declare, DECLARE, PLACE } from '../facts.ts'
import { Rfc } from './rfc.tsx'
import { SourceView } from './source.tsx'

interface Props {
  readonly rung: Rung
  readonly step: ExplainedStep | undefined
}

export function RungDetail({ rung, step }: Props) {
  const { id, rfc, field, methods, lacks, edges, folded } = rung
  return (
    <dl>
      <dt>name</dt>
      <dd>
        <code>{id}</code>
      </dd>
      <dt>clause</dt>
      <dd>
        <Rfc of={rfc} />
      </dd>
      {field !== undefined && (
        <>
          <dt>asked if sent</dt>
          <dd>
            <code>{field}</code>
          </dd>
        </>
      )}
      {methods !== undefined && (
        <>
          <dt>asked of</dt>
          <dd>{methods.join(', ')}</dd>
        </>
      )}
      {lacks !== undefined && (
        <>
          <dt>{folded ? 'to bring it to life, declare' : 'asked because of'}</dt>
          {lacks.map((fact) => (
            <dd key={fact}>
              <Declared how={DECLARE[fact]} />
            </dd>
          ))}
        </>
      )}
      <dt>leads to</dt>
      {edges.map(({ answer, to }) => (
        <dd key={answer}>
          {ANSWER[answer]} <code>{to}</code>
        </dd>
      ))}
      {step !== undefined && (
        <>
          <dt>answered from</dt>
          <dd>
            <SourceView source={step.source} />
          </dd>
        </>
      )}
      {step?.milliseconds !== undefined && (
        <>
          <dt>waited</dt>
          <dd>{step.milliseconds} ms</dd>
        </>
      )}
    </dl>
  )
}

function Declared({ how }: { readonly how: Declare }) {
  if ('asked' in how) return <>nothing: it is asked {how.asked}</>
  return (
    <>
      {PLACE[how.in]}: <code>{how.write}</code>
    </>
  )
}

const ANSWER: Readonly<Record<RungEdge['answer'], string>> = {
  yes: 'yes:',
  no: 'no:',
  absent: 'no such field:',
  next: 'once it is told:',
  gives: 'always:',
}
