/** Which operations of this API can give a code. */
import type { OperationList } from '../../src/rules/index.ts'
import { useAsked } from '../api/use-asked.ts'
import { linkTo } from '../route.ts'

export function Givers({ code }: { readonly code: number }) {
  const list = useAsked<OperationList>('operations')
  if (list.state !== 'told') return null
  const { operations, title } = list.value
  const able = operations.filter(({ statuses }) => statuses.some((status) => status === code))
  return (
    <>
      <h2>What gives it in {title}</h2>
      {able.length === 0 && <p>No operation can give it, as it is declared.</p>}
      {able.length > 0 && able.length === operations.length && <p>Every operation can give it.</p>}
      {able.length > 0 && able.length < operations.length && (
        <ul class="givers">
          {able.map(({ operation }) => (
            <li key={operation}>
              <a class="code" href={linkTo('operations', operation)}>
                {operation}
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
