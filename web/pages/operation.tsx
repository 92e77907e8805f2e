/** One operation: a request to write, and the questions it will meet. */
import type { ExplainedOperation, OperationList } from '../../src/rules/index.ts'
import { type Draft, EMPTY } from '../api/draft.ts'
import { sampleOf } from '../api/sample.ts'
import { useAsked } from '../api/use-asked.ts'
import { AskedFor } from '../parts/asked.tsx'
import { Composer } from '../parts/composer.tsx'
import { Ladder } from '../parts/ladder.tsx'
import { Status } from '../parts/status.tsx'
import { linkTo } from '../route.ts'

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
  const { summary, allow, query, statuses, ladder } = operation
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
          <dd class="statuses">
            {statuses.map((code) => (
              <Status key={code} code={code} linked />
            ))}
          </dd>
        </div>
      </dl>
      <Composer start={draftFor(operation)} />
      <h2>What it asks</h2>
      <Ladder ladder={ladder} />
    </>
  )
}

function draftFor({ method, path, takes, input }: ExplainedOperation): Draft {
  const content = takes.length === 0 || input === undefined ? '' : JSON.stringify(sampleOf(input, ''), null, 2)
  return { ...EMPTY, method, path, content }
}
