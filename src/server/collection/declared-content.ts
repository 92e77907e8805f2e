/** Content that one schema is declared for: that of an action, or of a method of a resource. */
import type { Schema } from '../declare/declaration.ts'
import { andThen } from '../eventually.ts'
import type { Eventually, Reading } from '../operation.ts'
import { contentErrors, reservedErrors } from './input-error.ts'
import { unknownMembers } from './unknown-member.ts'

/** `shape`: the JSON Schema of what is taken, if there is one. */
export function readDeclared(schema: Schema, json: unknown, shape: object | undefined): Eventually<Reading> {
  const reserved = reservedErrors([], json)
  return andThen(schema['~standard'].validate(json), (result): Reading => {
    if (result.issues !== undefined)
      return { errors: [...reserved, ...contentErrors(result.issues, json, shape)], forbidden: [], value: undefined }
    // What says nothing of itself is believed.
    const unknown = shape === undefined ? [] : unknownMembers(shape, json, result.value)
    return { errors: [...reserved, ...unknown], forbidden: [], value: result.value }
  })
}
