/** A response as it is kept, and as it is given out again. */
import { age, type FieldReader, type Terms, termsOf } from '../rules/freshness.ts'
import { PART, type Part } from '../rules/range.ts'
import { type Answer, type From, responseOf } from './message.ts'

export interface StoredResponse {
  readonly url: string
  readonly status: number
  readonly phrase: string
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly content: Uint8Array<ArrayBuffer>
  /** When it was asked for, and when it arrived or was last found to be right, in milliseconds. */
  readonly requested: number
  readonly received: number
  /** Whose credentials it was got with. */
  readonly owner: string
  /** The request fields that it varies with, and their values. */
  readonly selecting: readonly (readonly [name: string, value: string | undefined])[]
}

interface Reading {
  readonly field: FieldReader
  readonly terms: Terms
}

const READINGS = new WeakMap<StoredResponse, Reading>()

/** What the rules need to know of it, read once for as long as a storage hands out the same object. */
export function readingOf(entry: StoredResponse): Reading {
  const known = READINGS.get(entry)
  if (known !== undefined) return known
  const fields = new Map(headersOf(entry))
  const field = (name: string): string | undefined => fields.get(name)
  const reading = { field, terms: termsOf({ ...entry, field }) }
  READINGS.set(entry, reading)
  return reading
}

export function headersOf({ fields }: StoredResponse): Headers {
  return new Headers(fields.map(([name, value]): [string, string] => [name, value]))
}

/** With its Age, unless it came just now (RFC 9111 §4). */
export function copyOf(entry: StoredResponse, from: From): Answer {
  const { status, phrase, content, url } = entry
  const { field, terms } = readingOf(entry)
  const now = Date.now()
  const fields = (): Headers => {
    const headers = headersOf(entry)
    if (from !== 'network') headers.set('age', String(Math.max(0, Math.floor(age(terms, now) / 1000))))
    return headers
  }
  const response = (): Response =>
    responseOf(content.length === 0 ? null : content, { status, statusText: phrase, headers: fields(), url })
  return { status, phrase, url, from, field, content, fields, response }
}

/** The answer to a Range, of the whole that is kept (RFC 9110 §15.3.7). */
export function partial(entry: StoredResponse, [start, end]: Part): StoredResponse {
  const content = entry.content.subarray(start, end)
  const range = `bytes ${start}-${end - 1}/${entry.content.length}`
  const fields = entry.fields.filter(([name]) => name !== 'content-length')
  return { ...entry, status: PART, phrase: '', content, fields: [...fields, ['content-range', range]] }
}
