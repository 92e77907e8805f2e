/** What the API has, and which statuses each operation can give. */
import type { ExplainedOperation, OperationList } from '../../src/rules/index.ts'
import { useAsked } from '../api/use-asked.ts'
import { AskedFor } from '../parts/asked.tsx'
import { statusesOf } from '../own-statuses.ts'
import { Statuses } from '../parts/statuses.tsx'
import { linkTo } from '../route.ts'

export function Operations() {
  const list = useAsked<OperationList>('operations')
  return (
    <>
      <h1>Operations</h1>
      <p class="lead">
        Each with the statuses it can give, and no other: they are what its questions can end with, as they are
        declared.
      </p>
      <AskedFor of={list} otherwise="The server does not say what it has.">
        {({ operations }) => (
          <>
            <ul class="operations">
              {operations.map((one) => (
                <Line key={one.operation} operation={one} />
              ))}
            </ul>
            <p class="quiet">Any of them can also end on the connection, before it is known what is asked for:</p>
            <Statuses codes={connectionStatuses(operations)} />
          </>
        )}
      </AskedFor>
    </>
  )
}

function Line({ operation: one }: { readonly operation: ExplainedOperation }) {
  const { operation, method, path, summary, allow } = one
  return (
    <li>
      <a href={linkTo('operations', operation)}>
        <span class="method">{method}</span> <span class="path">{path}</span>
      </a>
      <span class="summary">
        {summary}
        {allow !== undefined && <span class="quiet"> · {allow}</span>}
      </span>
      <Statuses codes={statusesOf(one).own} />
    </li>
  )
}

function connectionStatuses(operations: readonly ExplainedOperation[]): number[] {
  return [...new Set(operations.flatMap((operation) => statusesOf(operation).connection))].toSorted((a, b) => a - b)
}
