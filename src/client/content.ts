/** Reads what a response carries, up to a limit, and as JSON only what says that it is. */
import { parseMediaType } from '../rules/media-type.ts'

/** Why content cannot be used, in words that follow `200, but`. */
export class Unusable extends Error {}

/**
 * The content; undefined if there is none. Throws `Unusable` for what is too long, is none of the JSON that was asked
 * for, or claims to be and is not; whatever the platform throws where the content breaks off.
 */
export async function readContent(response: Response, limit: number, json: boolean): Promise<unknown> {
  if (response.body === null) return undefined
  const type = parseMediaType(response.headers.get('content-type') ?? '')
  const isJson = type === undefined ? json : type.subtype === 'json' || type.subtype.endsWith('+json')
  if (!isJson && type?.type !== 'text' && !json) return readBytes(response, limit)
  const text = await readText(response, limit)
  if (text === '') return undefined
  if (isJson) return parse(text)
  if (json) throw new Unusable(`its content is ${type?.essence ?? 'of no known type'}, not JSON`)
  return text
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Unusable('its content is not the JSON that it is said to be', { cause: error })
  }
}

async function readText(response: Response, limit: number): Promise<string> {
  const length = response.headers.get('content-length')
  // What is coded grows when it is decoded, so only plain content is as long as it says.
  if (length !== null && Number(length) <= limit && !response.headers.has('content-encoding')) return response.text()
  return new TextDecoder().decode(await readBytes(response, limit))
}

async function readBytes({ body }: Response, limit: number): Promise<Uint8Array> {
  if (body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return joined(chunks, length)
    length += value.length
    if (length > limit) {
      reader.cancel().catch(() => undefined)
      throw new Unusable(`its content is longer than ${limit} octets`)
    }
    chunks.push(value)
  }
}

/** The chunks as one. */
export function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
