/** A request as it goes out, perhaps several times, and the answer to it. */

export interface Outgoing {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  /** A stream can be sent once only. */
  readonly body: BodyInit | undefined
  readonly signal: AbortSignal | undefined
  /** When the caller's patience ends, in milliseconds since the epoch. */
  readonly deadline: number
  /** False: not even what is idempotent is sent twice. */
  readonly repeat: boolean
  /** Credentials may go along: nobody has sent it to another origin. */
  readonly trusted: boolean
}

/** Where the content comes from. */
export type From = 'network' | 'cache' | 'revalidated' | 'stale'

export interface Answer {
  readonly response: Response
  readonly from: From
}
