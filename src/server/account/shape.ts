/** JSON Schema of what `/session` and `/keys` take and answer, for the API's description. */

type Shape = Readonly<Record<string, unknown>>

export const TEXT: Shape = { type: 'string', minLength: 1 }
export const TIME: Shape = { type: 'string', format: 'date-time' }

/** Every member is required unless it is named in `optional`. */
export function objectShape(properties: Readonly<Record<string, Shape>>, optional: readonly string[] = []): Shape {
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return { type: 'object', properties, required, additionalProperties: false }
}
