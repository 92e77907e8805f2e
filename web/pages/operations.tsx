/** What the API has, and which statuses each operation can give. */
import type { OperationList } from '../../src/rules/index.ts'
import { useAsked } from '../api/use-asked.ts'
import { AskedFor } from '../parts/asked.tsx'
import { Status } from '../parts/status.tsx'
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
          <ul class="operations">
            {operations.map(({ operation, method, path, summary, allow, statuses }) => (
              <li key={operation}>
                <a href={linkTo('operations', operation)}>
                  <span class="method">{method}</span> <span class="path">{path}</span>
                </a>
                <span class="summary">
                  {summary}
                  {allow !== undefined && <span class="quiet"> · {allow}</span>}
                </span>
                <span class="statuses">
                  {statuses.map((code) => (
                    <Status key={code} code={code} linked />
                  ))}
                </span>
              </li>
            ))}
          </ul>
        )}
      </AskedFor>
    </>
  )
}
