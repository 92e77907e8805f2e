/** Reads what an answer carries, up to a limit, and as JSON only what says that it is. */
import { lenientEssence } from '../rules/media-type.ts'
import type { Answer } from './message.ts'

/**
 * The content; undefined if there is none. Throws what `unusable` makes of a reason for what is too long, is none of
 * the JSON that was asked for, or claims to be and is not; whatever the platform throws where the content breaks off.
 */
export async function readContent(
  answer: Answer,
  limit: number,
  json: boolean,
  unusable: (why: string, cause?: unknown) => Error,
): Promise<unknown> {
  const tooLong = (_: unknown, reader: Reader): never => {
    reader.cancel().catch(() => undefined)
    throw unusable(`longer than ${limit} octets`)
  }
  const octets = answer.content ?? (await readOctets(answer.response(), limit, tooLong))
  if (octets.length === 0) return undefined
  const type = lenientEssence(answer.field('content-type') ?? '')
  const isJson = type === undefined ? json : /[/+]json$/.test(type)
  if (json && !isJson) throw unusable(`${type}, not JSON`)
  if (!isJson && !type?.startsWith('text/')) return octets.slice()
  const text = UTF8.decode(octets)
  try {
    return isJson ? JSON.parse(text) : text
  } catch (error) {
    throw unusable('not the JSON that it is said to be', error)
  }
}

/** Stateless: nothing is decoded as a stream. */
const UTF8 = new TextDecoder()

type Reader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>

/** All octets. Where there are more than `most`: what `over` makes of those and of the reader of the rest. Rejects where they break off. */
export async function readOctets<T>(
  { body, headers }: Response,
  most: number,
  over: (chunks: readonly Uint8Array<ArrayBuffer>[], reader: Reader) => T,
): Promise<Uint8Array<ArrayBuffer> | T> {
  if (body === null) return new Uint8Array()
  const reader: Reader = body.getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  if (Number(headers.get('content-length')) > most) return over(chunks, reader)
  for (;;) {
    const { done, value } = await reader.read()
    if (done) {
      const whole = new Uint8Array(length)
      chunks.reduce((at, chunk) => (whole.set(chunk, at), at + chunk.length), 0)
      return whole
    }
    chunks.push(value)
    length += value.length
    if (length > most) return over(chunks, reader)
  }
}
