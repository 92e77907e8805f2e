/** One operation: a request to write, and the questions it will meet. */
import { type ExchangeLine, type ExplainedOperation, type OperationList, statusRow } from '../../src/rules/index.ts'
import { type Draft, EMPTY } from '../api/draft.ts'
import { sampleOf } from '../api/sample.ts'
import { placeOf } from '../api/sent.ts'
import { useAsked } from '../api/use-asked.ts'
import { AskedFor } from '../parts/asked.tsx'
import { Composer } from '../parts/composer.tsx'
import { Ladder } from '../parts/ladder.tsx'
import { statusesOf } from '../own-statuses.ts'
import { Statuses } from '../parts/statuses.tsx'
import { linkTo } from '../route.ts'
import { useShared } from '../state.ts'

export function Operation({ name }: { readonly name: string }) {
  const list = useAsked<OperationList>('operations')
  return (
    <>
      <p class="trail">
        <a href={linkTo('operations')}>Operations</a>
      </p>
      <h1 class="code">{name}</h1>
      <AskedFor of={list} otherwise="The server does not say what it has.">
        {({ operations }) => {
          const found = operations.find(({ operation }) => operation === name)
          return found === undefined ? (
            <p class="note">This API has no such operation.</p>
          ) : (
            <Known key={name} operation={found} />
          )
        }}
      </AskedFor>
    </>
  )
}

function Known({ operation }: { readonly operation: ExplainedOperation }) {
  const { summary, allow, query, ladder } = operation
  const { own, connection } = statusesOf(operation)
  const { live } = useShared()
  return (
    <>
      <p class="lead">{summary}</p>
      <dl class="facts">
        {allow !== undefined && (
          <div>
            <dt>Who may</dt>
            <dd>{allow}</dd>
          </div>
        )}
        {query.length > 0 && (
          <div>
            <dt>Query</dt>
            <dd>{query.join(', ')}</dd>
          </div>
        )}
        <div>
          <dt>Can give</dt>
          <dd>
            <Statuses codes={own} />
          </dd>
        </div>
        <div>
          <dt>Like any other, on the connection</dt>
          <dd>
            <Statuses codes={connection} />
          </dd>
        </div>
      </dl>
      <Composer start={draftFor(operation, live?.exchanges ?? [])} />
      <h2>What it asks</h2>
      <Ladder ladder={ladder} />
    </>
  )
}

/** With the address of an item that somebody asked for just now, where there is one. */
function draftFor({ method, path: template, takes, input }: ExplainedOperation, seen: readonly ExchangeLine[]): Draft {
  const known = seen.find(
    ({ operation = '', method: used, status }) =>
      operation.endsWith(` ${template}`) && used !== 'DELETE' && statusRow(status).class === 'success',
  )
  const path = placeOf(template) ?? known?.path ?? template

  const content = takes.length === 0 || input === undefined ? '' : JSON.stringify(sampleOf(input, ''), null, 2)
  return { ...EMPTY, method, path, content }
}
