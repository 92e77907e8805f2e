/** A request as it goes out, perhaps several times, and the answer to it. */
import type { FieldReader } from '../rules/freshness.ts'
import type { Patience } from './patience.ts'

export interface Outgoing {
  readonly method: string
  readonly url: string
  /** By lower-case name. */
  readonly fields: ReadonlyMap<string, string>
  /** A stream can be sent once only. */
  readonly body: BodyInit | undefined
  readonly patience: Patience
  /** False: not even what is idempotent is sent twice. */
  readonly repeat: boolean
  /** Credentials may go along: nobody has sent it to another origin. */
  readonly trusted: boolean
  /** What the caller says to the platform besides. With `redirect` in it, nobody here follows one. */
  readonly init?: RequestInit | undefined
}

/** Where the content comes from. */
export type From = 'network' | 'cache' | 'revalidated' | 'stale'

/** A response, or a copy of one: what it costs to make a platform's object of a copy is spent only on who asks for one. */
export interface Answer {
  readonly status: number
  readonly phrase: string
  readonly url: string
  readonly from: From
  readonly field: FieldReader
  /** Of a copy; the content of a response is still to come. */
  readonly content?: Uint8Array<ArrayBuffer>
  fields(): Headers
  response(): Response
}

/** A response around content. What comes over a network the constructor may refuse: a code above 599, an odd phrase. */
export function responseOf(body: BodyInit | null, { url, status, statusText, headers }: Head): Response {
  return Object.defineProperties(new Response(body, { status: Math.min(status, 599), headers }), {
    url: { value: url },
    statusText: { value: statusText },
    status: { value: status },
  })
}

type Head = Pick<Response, 'status' | 'statusText' | 'headers' | 'url'>

export function answerOf(response: Response, { url }: Outgoing): Answer {
  return {
    status: response.status,
    phrase: response.statusText,
    url: response.url || url,
    from: 'network',
    field: (name) => response.headers.get(name) ?? undefined,
    fields: () => response.headers,
    response: () => response,
  }
}
