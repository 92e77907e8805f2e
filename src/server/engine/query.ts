/** The query of a target: each parameter once, known and well formed, or named in the errors. */
import { parseQuery, type ProblemError } from '../../rules/index.ts'
import { MOST_ERRORS } from '../collection/input-error.ts'
import type { Operation } from '../operation.ts'

export interface Query {
  readonly values: Readonly<Record<string, string>>
  readonly repeated: readonly string[]
  /** False when the escapes do not decode. */
  readonly readable: boolean
}

export function readQuery(target: string): Query {
  const start = target.indexOf('?')
  const pairs = start < 0 ? [] : parseQuery(target.slice(start + 1))
  const values: Record<string, string> = Object.create(null) as Record<string, string>
  const repeated: string[] = []
  for (const [name, value] of pairs ?? []) {
    if (name in values) repeated.push(name)
    values[name] = value
  }
  return { values, repeated, readable: pairs !== undefined }
}

/** Everything wrong with the query, at once. */
export function queryErrors(query: Query, operation: Operation): readonly ProblemError[] {
  if (!query.readable) return [{ parameter: '', detail: 'The query is not percent-encoded UTF-8.', code: 'malformed' }]
  const errors: ProblemError[] = query.repeated.map((parameter) => ({
    parameter,
    detail: 'This parameter is given more than once.',
    code: 'repeated',
  }))
  for (const [name, value] of Object.entries(query.values)) {
    const known = operation.query.find((parameter) => parameter.name === name)
    if (known === undefined) errors.push({ parameter: name, detail: unknown(operation), code: 'unknown_parameter' })
    else {
      const wrong = known.check(value, query.values)
      if (wrong !== undefined) errors.push({ parameter: name, detail: wrong, code: 'invalid' })
    }
  }
  for (const { name, required } of operation.query)
    if (required === true && !(name in query.values))
      errors.push({ parameter: name, detail: 'This parameter is required.', code: 'required' })
  return errors.slice(0, MOST_ERRORS)
}

function unknown(operation: Operation): string {
  const names = operation.query.map(({ name }) => name)
  return names.length === 0 ? 'This operation has no query parameters.' : `This operation knows ${names.join(', ')}.`
}
