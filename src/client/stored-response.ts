/** A response as it is kept, and as it is given out again. */
import { joined } from './content.ts'
import { age, type Stored } from '../rules/freshness.ts'

export interface Entry {
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
  readonly selecting: readonly (readonly [name: string, value: string | null])[]
}

export type Circumstances = Pick<Entry, 'url' | 'requested' | 'received' | 'owner' | 'selecting'>

export function entryOf(response: Response, content: Uint8Array<ArrayBuffer>, circumstances: Circumstances): Entry {
  const { status, statusText: phrase, headers } = response
  return { ...circumstances, status, phrase, fields: [...headers], content }
}

/** What the rules need to know of it. */
export function storedOf({ status, fields, requested, received }: Entry): Stored {
  const field = (wanted: string): string | null => {
    const values = fields.filter(([name]) => name === wanted).map(([, value]) => value)
    return values.length === 0 ? null : values.join(', ')
  }
  return { status, field, requested, received }
}

/** With its Age, as whatever was not validated just now must have (RFC 9111 §4). */
export function responseOf(entry: Entry): Response {
  const { status, phrase, content, url } = entry
  const headers = new Headers(entry.fields.map(([name, value]): [string, string] => [name, value]))
  headers.set('age', String(Math.max(0, Math.floor(age(storedOf(entry), Date.now()) / 1000))))
  const response = new Response(content.length === 0 ? null : content, { status, statusText: phrase, headers })
  return Object.defineProperty(response, 'url', { value: url })
}

/**
 * The whole content, and a response that still has it. Without content if there is more than `most`: it is
 * not held back then, and flows on. Rejects where it breaks off.
 */
export async function takeContent(
  response: Response,
  most: number,
): Promise<{ readonly response: Response; readonly content?: Uint8Array<ArrayBuffer> }> {
  if (Number(response.headers.get('content-length') ?? 0) > most) return { response }
  if (response.body === null) return { response, content: new Uint8Array() }
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    length += value.length
    if (length > most) return { response: renewed(response, flowing(chunks, reader)) }
  }
  const content = joined(chunks, length)
  return { response: renewed(response, length === 0 ? null : content), content }
}

/** The same response around content that was read already. */
function renewed(response: Response, body: BodyInit | null): Response {
  const { status, statusText, headers, url } = response
  return Object.defineProperty(new Response(body, { status, statusText, headers }), 'url', { value: url })
}

/** What was read, then the rest as it comes. */
function flowing(chunks: readonly Uint8Array[], reader: ReadableStreamDefaultReader<Uint8Array>): ReadableStream {
  return new ReadableStream<Uint8Array>({
    start: (controller) => chunks.forEach((chunk) => controller.enqueue(chunk)),
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}
