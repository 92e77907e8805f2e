/** Why one exchange ended as it did: its path through the questions, and what would have led elsewhere. */
import { type ExplainedExchange, statusRow } from '../../src/rules/index.ts'
import { useAsked } from '../api/use-asked.ts'
import { AskedFor } from '../parts/asked.tsx'
import { Ladder } from '../parts/ladder.tsx'
import { WhyNotView } from '../parts/why-not.tsx'
import { linkTo } from '../route.ts'

export function Why({ reference }: { readonly reference: string }) {
  const exchange = useAsked<ExplainedExchange>(`x/${encodeURIComponent(reference)}`)
  return (
    <>
      <p class="trail">
        <a href={linkTo('exchanges')}>Exchanges</a>
      </p>
      {exchange.state !== 'told' && <h1>Why?</h1>}
      <AskedFor
        of={exchange}
        otherwise="This exchange is not kept any more, or never was: only the last ones are. Send the request again."
      >
        {(told) => <Explained exchange={told} />}
      </AskedFor>
    </>
  )
}

function Explained({ exchange }: { readonly exchange: ExplainedExchange }) {
  const { status, phrase, method, path, reason, operation, steps, ladder, whyNot, at, milliseconds } = exchange
  return (
    <article class="why" data-class={statusRow(status).class}>
      <p class="big" aria-hidden="true">
        {status}
      </p>
      <h1>
        <span class="hidden">{status} </span>
        {phrase}
      </h1>
      <p class="request">
        <code>
          {method} {path}
        </code>
      </p>
      <p class="lead">{reason}</p>
      {whyNot !== undefined && <WhyNotView exchange={exchange} whyNot={whyNot} />}
      <h2>The path</h2>
      <p class="quiet">
        {new Date(at).toLocaleTimeString()} · {milliseconds} ms · {steps.length} questions
        {operation !== undefined && (
          <>
            {' '}
            · <a href={linkTo('operations', operation)}>{operation}</a>
          </>
        )}
      </p>
      <Ladder ladder={ladder} steps={steps} />
    </article>
  )
}
