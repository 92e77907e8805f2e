/** Representations as they are sent. */
import type { Representation } from '../operation.ts'

const JSON_TYPE = ['Content-Type', 'application/json'] as const

/** A value as JSON, with the fields that are peculiar to it. */
export function jsonRepresentation(value: unknown, fields: readonly string[] = []): Representation {
  return textRepresentation(JSON.stringify(value), [...JSON_TYPE, ...fields])
}

/** Text that is ready; `fields` name its media type. */
export function textRepresentation(content: string, fields: readonly string[]): Representation {
  return { content, length: Buffer.byteLength(content), fields }
}
