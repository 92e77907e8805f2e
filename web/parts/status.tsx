/** A code in the colour of its class. */
import { statusRow } from '../../src/rules/index.ts'
import { linkTo } from '../route.ts'

interface Props {
  readonly code: number
  /** To what is known of the code. */
  readonly linked?: boolean
}

export function Status({ code, linked = false }: Props) {
  const row = statusRow(code)
  const badge = (
    <span class="status" data-class={row.class} title={row.phrase}>
      {code}
    </span>
  )
  return linked ? (
    <a class="plain" href={linkTo('code', String(code))}>
      {badge}
    </a>
  ) : (
    badge
  )
}
