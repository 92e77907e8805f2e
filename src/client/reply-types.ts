/**
 * Replies as types: one arm for each status that an operation can give once the client has reacted,
 * and one for all others.
 *
 * The arm of all others has a number that equals no literal, so that `status === 200` leaves it
 * behind and `status >= 500` does not.
 */
import type { Bodyless, Challenge, StatusMay } from '../rules/index.ts'
import type { From } from './message.ts'

/** What a client knows of an operation: what it takes, and what comes with each status. */
export interface CallType {
  readonly params: object
  readonly query: object
  readonly in: unknown
  /** What it answers with, by the status of each success. */
  readonly content: object
  /** The other statuses. */
  readonly fails: number
}

declare enum Unexpected {
  code = -1,
}
export type { Unexpected }

/** What every reply has, with the fields that matter in the form in which they are used. */
export interface Received<S> {
  readonly status: S
  readonly from: From
  readonly url: string
  readonly fields: Headers
  /** As it is written, ready for If-Match. */
  readonly etag?: string
  /** Whole, also where the server wrote a relative one. */
  readonly location?: string
  /** Milliseconds. */
  readonly retryAfter?: number
  readonly allow?: readonly string[]
  readonly challenges?: readonly Challenge[]
}

/** RFC 9457. `M`: the members that can be wrong. */
export interface ReplyProblem<M extends string = string> {
  readonly type?: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly instance?: string
  readonly errors?: readonly {
    readonly pointer?: `/${M}` | `/${M}/${string}`
    readonly parameter?: string
    readonly detail: string
    readonly code?: string
  }[]
  readonly [extension: string]: unknown
}

export type Success<S, C> = Received<S> & { readonly ok: true; readonly content: C } & (S extends StatusMay<'follow'>
    ? { follow(): Promise<LooseReply<C>> }
    : unknown) &
  (S extends StatusMay<'poll'> ? { poll(): Promise<LooseReply> } : unknown)

export interface Failure<S, M extends string = string> extends Received<S> {
  readonly ok: false
  readonly problem: ReplyProblem<M>
}

/** A status that the operation is not known to give. Its content, if it is a success, nobody has declared. */
export interface UnexpectedReply extends Received<Unexpected> {
  readonly ok: boolean
  readonly problem?: ReplyProblem
  readonly content?: unknown
}

/** Whatever can come back from an operation. */
export type Reply<C extends CallType> =
  | { [S in keyof C['content']]: Success<S, S extends Bodyless ? undefined : C['content'][S]> }[keyof C['content']]
  | FailureOf<C['fails'], Members<C['in']>>
  | UnexpectedReply

type FailureOf<S, M extends string> = S extends unknown ? Failure<S, M> : never
type Members<I> = I extends object ? keyof I & string : never

/** What `value()` gives. */
export type ValueOf<C extends CallType> = C['content'][keyof C['content']]

/** Of an API that nothing is known about. */
export type LooseReply<C = unknown> =
  | (Received<number> & {
      readonly ok: true
      readonly content: C
      follow?(): Promise<LooseReply>
      poll?(): Promise<LooseReply>
    })
  | Failure<number>
