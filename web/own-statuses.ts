/** The statuses of an operation, apart from those that any request can meet on its connection. */
import type { ExplainedOperation, StatusCode } from '../src/rules/index.ts'

export interface Statuses {
  readonly own: readonly StatusCode[]
  readonly connection: readonly StatusCode[]
}

export function statusesOf({ statuses, ladder }: ExplainedOperation): Statuses {
  const beyond = new Set(
    ladder.flatMap(({ phase, folded, edges }) => (folded || phase === 'wire' ? [] : edges.map(({ to }) => to))),
  )
  return {
    own: statuses.filter((code) => beyond.has(code)),
    connection: statuses.filter((code) => !beyond.has(code)),
  }
}
