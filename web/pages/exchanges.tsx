/** The last exchanges and those that come, newest first. */
import { useId, useState } from 'preact/hooks'
import type { ExchangeLine } from '../../src/rules/index.ts'
import { Status } from '../parts/status.tsx'
import { linkTo } from '../route.ts'
import { useShared } from '../state.ts'

export function Exchanges({ status: first }: { readonly status: string }) {
  const { live } = useShared()
  const [status, setStatus] = useState(first)
  const [operation, setOperation] = useState('')
  const id = useId()
  const all = live?.exchanges ?? []
  const shown = all.filter(
    (line) => (status === '' || String(line.status) === status) && (operation === '' || line.operation === operation),
  )
  return (
    <>
      <h1>Exchanges</h1>
      <p class="lead">
        The last ones, as they happen. <span role="status">{SAYS[live?.state ?? 'connecting']}</span>
      </p>
      <p class="filters">
        <span>
          <label for={`${id}-status`}>Status</label>
          <Choice id={`${id}-status`} chosen={status} choose={setStatus} of={all.map((line) => String(line.status))} />
        </span>
        <span>
          <label for={`${id}-operation`}>Operation</label>
          <Choice
            id={`${id}-operation`}
            chosen={operation}
            choose={setOperation}
            of={all.flatMap((line) => line.operation ?? [])}
          />
        </span>
        <span class="quiet count">
          {shown.length} of {all.length}
        </span>
      </p>
      {shown.length === 0 ? (
        <p class="quiet">None yet. Whatever is sent to the API appears here.</p>
      ) : (
        <table class="exchanges">
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">Request</th>
              <th scope="col">Reason</th>
              <th scope="col" class="number">
                Time
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <Line key={line.reference} line={line} />
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

const SAYS = { connecting: 'Connecting …', live: 'Live.', lost: 'The connection is lost; trying again.' } as const

interface Choosing {
  readonly id: string
  readonly chosen: string
  readonly choose: (value: string) => void
  readonly of: readonly string[]
}

function Choice({ id, chosen, choose, of }: Choosing) {
  const values = [...new Set([...of, ...(chosen === '' ? [] : [chosen])])].toSorted()
  return (
    <select id={id} value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
      <option value="">all</option>
      {values.map((value) => (
        <option key={value}>{value}</option>
      ))}
    </select>
  )
}

function Line({ line }: { readonly line: ExchangeLine }) {
  const { reference, status, method, path, reason, milliseconds, at } = line
  return (
    <tr>
      <td>
        <Status code={status} />
      </td>
      <td>
        <a class="code" href={linkTo('x', reference)}>
          {method} {path}
        </a>
      </td>
      <td class="reason">{reason}</td>
      <td class="number" title={at}>
        {milliseconds} ms
      </td>
    </tr>
  )
}
