/** How a client reacts, and what it tells of its reactions. */
import type { Auth } from './bearer.ts'
import type { Answer, Outgoing } from './message.ts'

/** Each reaction can be switched off: leave `auth` or `cache` out, set `retry` or `redirect` to false. */
export interface ReactionOptions {
  /** What requests are sent with; the platform's without. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  readonly auth?: Auth
  readonly cache?: PrivateCache
  readonly retry?: false | RetryOptions
  readonly redirect?: boolean
  /** Names of fields that, like Authorization and Cookie, never go to another origin: `['x-api-key']`. */
  readonly secrets?: readonly string[]
  /** Milliseconds for the whole call: every try, every wait, the content. 30,000 unless it says otherwise. */
  readonly timeout?: number
  readonly onReaction?: (reaction: Reaction) => void
}

export interface RetryOptions {
  /** Further tries at most: 2. */
  readonly tries?: number
  /** Milliseconds before the first; doubled for each further one, and jittered: 300. */
  readonly wait?: number
  /** Milliseconds to wait at most: 30,000. Who is told to wait longer gives up rather than come early. */
  readonly maxWait?: number
  /** Retries that may be under way in a row, over all requests; every ten requests earn one more: 10. */
  readonly budget?: number
}

/** Stands between a request and the network: answers from what it keeps, or sends. */
export interface PrivateCache {
  /** `credentials`: names of fields that say whose answer it is. */
  answer(
    request: Outgoing,
    send: (request: Outgoing) => Promise<Response>,
    credentials: readonly string[],
  ): Promise<Answer>
}

/** What the client did by itself, as it does it. */
export type Reaction = {
  readonly method: string
  readonly url: string
  /** The status reacted to; none if the connection failed, or if a browser has followed a redirect by itself. */
  readonly status: number | undefined
} & (
  | { readonly kind: 'reused'; readonly from: 'cache' | 'revalidated' | 'stale' }
  | { readonly kind: 'renewed'; readonly by: 'refresh' | 'another request' }
  | { readonly kind: 'notRenewed'; readonly error: unknown }
  | { readonly kind: 'waiting'; readonly ms: number; readonly try: number }
  | { readonly kind: 'redirected'; readonly to: string; readonly remembered: boolean }
  | { readonly kind: 'reread'; readonly try: number }
  | {
      readonly kind: 'gaveUp'
      readonly why: 'tries' | 'budget' | 'wait' | 'deadline' | 'location' | 'loop' | 'content'
    }
)
