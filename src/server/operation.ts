/**
 * An operation: one method on one path, ready to be walked.
 *
 * What a declaration is compiled into, and all the engine knows of it. An operation states facts
 * and supplies answers; it never names a status.
 */
import type { Fact, Method, Plan, ProblemError } from '../rules/index.ts'
import type { Eventually, Store, Transaction } from './storage.ts'

/** Who is asking. */
export interface Caller {
  /** The id of the account. */
  readonly id: string
  readonly role: string | undefined
  /** The session or key that was used: the id it is shown under, never its token. */
  readonly credential: string
}

/** Takes content without an end, piece by piece. */
export interface Reader {
  send(text: string): void
  /** Nothing more is sent. */
  end(): void
}

/** Content without an end: begins to send to a reader, and returns what stops it. */
export type Stream = (reader: Reader) => () => void

/** A representation, ready to be sent. `fields` is flat: name, value, name, value. */
export interface Representation {
  readonly content: string
  /** Octets of `content` in UTF-8. */
  readonly length: number
  /** Sent in place of `content`, which is empty. */
  readonly stream?: Stream
  /** Content-Type and whatever is peculiar to this representation (ETag, Last-Modified, Link, …). Content-Length, Cache-Control and Vary are the engine's. */
  readonly fields: readonly string[]
}

/** What is under the target now. `item` is the operation's own; the engine hands it back. */
export type Found =
  | {
      readonly kind: 'found'
      readonly item: unknown
      /** The entity tag as it is sent, quotes included. */
      readonly etag?: string | undefined
      /** Milliseconds since the epoch. */
      readonly lastModified?: number | undefined
      /** Where it is made already. Otherwise `represent` is asked. */
      readonly representation?: Representation | undefined
    }
  /** `detail`: what to say of it, where more is known than that there is no such item. */
  | { readonly kind: 'missing'; readonly detail?: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'moved' | 'movedForNow'; readonly to: string }

/** What came of performing the operation. */
export type Outcome =
  | { readonly kind: 'created'; readonly location: string; readonly content?: Representation | undefined }
  | { readonly kind: 'changed' | 'done'; readonly content?: Representation | undefined }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'accepted'; readonly monitor?: string | undefined; readonly content?: Representation | undefined }
  | { readonly kind: 'seeOther'; readonly location: string }
  | { readonly kind: 'stale' }
  | { readonly kind: 'wrongLogin' }
  | { readonly kind: 'conflict' | 'invalid'; readonly errors: readonly ProblemError[] }

/** Nothing was done, and whoever asks again is judged again. */
export function isRefused({ kind }: Outcome): boolean {
  return kind === 'stale' || kind === 'conflict' || kind === 'invalid' || kind === 'wrongLogin'
}

/** What the parsed content comes to. `value` is handed to `perform`. */
export interface Reading {
  /** Every member that does not fit. */
  readonly errors: readonly ProblemError[]
  /** Every member this caller may not set. */
  readonly forbidden: readonly ProblemError[]
  readonly value: unknown
}

/** A query parameter that an operation knows. */
export interface Parameter {
  readonly name: string
  readonly description: string
  /** JSON Schema, for the API's description. */
  readonly schema: Readonly<Record<string, unknown>>
  /** It may not be left out. */
  readonly required?: boolean
  /** Why the value is wrong beside the other parameters, or undefined. Never repeats the value. */
  readonly check: (value: string, query: Readonly<Record<string, string>>) => string | undefined
}

/** The request as an operation sees it. Later members are there once their stage is reached. */
export interface Exchange {
  readonly method: string
  /** The path's variables, percent-decoded. */
  readonly params: Readonly<Record<string, string>>
  /** Query parameters, each once. */
  readonly query: Readonly<Record<string, string>>
  /** Milliseconds since the epoch, when the request began. */
  readonly now: number
  /** The address of the other end. */
  readonly address: string
  /** As it stands in the request line. */
  readonly target: string
  /** The path as it was asked for, without the query. */
  readonly path: string
  readonly caller: Caller | undefined
  /** After load. */
  readonly loaded: Found | undefined
  /** What `Operation.prepare` settled with. */
  readonly prepared: unknown
  /** After the content is read: `Reading.value`. */
  readonly input: unknown
  /** Does the client prefer no content in return (RFC 7240 §4.2)? */
  readonly minimal: boolean
  /** Is a precondition field present, so that content may turn out not to be needed? */
  readonly conditional: boolean
  field(name: string): string | undefined
}

/** May it be tried now? If not, `retryAfter` seconds from now. */
export interface Tried {
  readonly allowed: boolean
  readonly retryAfter: number
}

export interface Operation {
  /** `GET` stands for HEAD as well. */
  readonly method: Exclude<Method, 'HEAD' | 'OPTIONS' | 'TRACE' | 'CONNECT'>
  /** `/articles/{id}` */
  readonly path: string
  /** What it does, in a few words; the API's description. */
  readonly summary: string
  /** What is declared of this operation. Facts of the API as a whole (accounts, store, unavailable, …) are added by the engine. */
  readonly facts: readonly Fact[]
  /** Media types of content taken. */
  readonly takes: readonly string[]
  /** Media types answered with. */
  readonly offers: readonly string[]
  /** Those that are required come first. */
  readonly query: readonly Parameter[]
  /** The same address answers different callers differently: Vary says so. */
  readonly variesByCaller?: boolean
  /** JSON Schema of content taken and of the answer, by success; for the API's description. */
  readonly shapes: { readonly input?: object | undefined; readonly output?: object | undefined }

  /** Do the path's variables have their declared form? */
  pathValid?(x: Exchange): boolean
  /** May a caller of this class do this at all? Undefined caller: nobody signed in. */
  classAllows?(caller: Caller, x: Exchange): boolean
  load?(x: Exchange): Eventually<Found>
  itemVisible?(x: Exchange): boolean
  itemAllows?(x: Exchange): boolean
  stateErrors?(x: Exchange): readonly ProblemError[]
  /** From parsed JSON to what `perform` needs; called again when the item changed meanwhile. */
  read?(x: Exchange, json: unknown): Eventually<Reading>
  /** Slow work that must not keep a transaction open, such as hashing a password: once, after the content is found right. */
  prepare?(x: Exchange): Eventually<unknown>
  /** Failed logins are few enough. */
  mayTry?(x: Exchange): Tried
  /** There is no password to be hashed, or its address has a place left for it. */
  mayHash?(x: Exchange): Tried
  perform?(x: Exchange): Eventually<Outcome>
  /** In place of `perform`, for what is stored here: run inside `Store.write`, in one transaction with the Idempotency-Key. */
  performIn?(x: Exchange, tx: Transaction): Eventually<Outcome>
  /** The representation of what was loaded; `vanished` when it is no longer there. */
  represent?(x: Exchange): Eventually<Representation | 'vanished'>
  /** Why a rule refused, for the log: `basic is neither owner nor admin`. */
  explain?(x: Exchange): string
}

/** An operation with its folded plans. */
export interface Planned {
  readonly operation: Operation
  readonly plan: Plan
}

/** What operations are built over. */
export interface Surroundings {
  readonly store: Store
  readonly log: Log
}

export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export type { Eventually, Store, Transaction }
