/** Asking whether a kept response is still right, and what a 304 makes of it (RFC 9111 §4.3). */
import { type FieldReader, isFreshened, ofConnection } from '../rules/freshness.ts'
import type { Outgoing } from './message.ts'
import { headersOf, type StoredResponse } from './stored-response.ts'

/** RFC 9111 §4.3.1. */
export function conditional(request: Outgoing, field: FieldReader): Outgoing {
  const fields = new Map(request.fields)
  const [tag, modified] = [field('etag'), field('last-modified')]
  if (tag !== undefined) fields.set('if-none-match', tag)
  if (modified !== undefined) fields.set('if-modified-since', modified)
  return { ...request, fields }
}

/** RFC 9111 §4.3.4: the stored response with the fields of the 304. */
export function freshened(entry: StoredResponse, { headers }: Response, requested: number): StoredResponse {
  const fields = headersOf(entry)
  const connection = ofConnection((name) => headers.get(name) ?? undefined)
  const brought = [...headers].filter(([name]) => isFreshened(name) && !connection.includes(name))
  for (const [name] of brought) fields.delete(name)
  for (const [name, value] of brought) fields.append(name, value)
  // Without a Date it is as old as its arrival (RFC 9110 §6.6.1).
  for (const name of ['age', 'date']) if (!headers.has(name)) fields.delete(name)
  return { ...entry, fields: [...fields], requested, received: Date.now() }
}
