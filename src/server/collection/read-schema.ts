/** Content that one schema judges as a whole, every fault named at once. */
import { andThen } from '../eventually.ts'
import type { Schema } from '../declare/declaration.ts'
import { contentErrors, reservedErrors } from './input-error.ts'
import type { Eventually, Reading } from '../operation.ts'

/** `shape`: its JSON Schema, which says what may be left out. */
export function readSchema(schema: Schema, json: unknown, shape: object = {}): Eventually<Reading> {
  const reserved = reservedErrors([], json)
  return andThen(schema['~standard'].validate(json), (result): Reading => {
    if (result.issues === undefined && reserved.length === 0) return { errors: [], forbidden: [], value: result.value }
    return {
      errors: [...reserved, ...contentErrors(result.issues ?? [], json, shape)],
      forbidden: [],
      value: undefined,
    }
  })
}
