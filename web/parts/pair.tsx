/** Codes that are confused, and the question that decides. */
import type { Pair } from '../../src/rules/index.ts'
import { Status } from './status.tsx'

export function PairView({ pair: { codes, question, answers } }: { readonly pair: Pair }) {
  return (
    <section class="pair">
      <h3>{question}</h3>
      <dl>
        {codes.map((code) => (
          <div key={code}>
            <dt>
              <Status code={code} linked />
            </dt>
            <dd>{answers[code]}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
