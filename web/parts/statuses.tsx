/** Codes in a row, each linked to what is known of it. */
import { Status } from './status.tsx'

export function Statuses({ codes }: { readonly codes: readonly number[] }) {
  return (
    <span class="statuses">
      {codes.map((code) => (
        <Status key={code} code={code} linked />
      ))}
    </span>
  )
}
