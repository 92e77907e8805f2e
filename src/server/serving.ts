/** Serving, as a program of the author's own sees it: what it hands over, and what it then has in hand. */
import type { ExchangeLine } from '../rules/index.ts'
import type { MadeKey } from './account/made-key.ts'
import type { ApiLimits } from './declare/limits.ts'
import type { Incoming, Reply } from './engine/incoming.ts'
import type { Eventually, Log, Planned } from './operation.ts'
import type { Store } from './storage.ts'

export interface EngineOptions {
  readonly store: Store
  readonly log: Log
  /** Keeps why the last requests got their codes, and lets faults be asked for, under `/.tenfour/`. */
  readonly development?: boolean
  /** Without development: the role that may read why the last requests got their codes, at `/.tenfour/x/{reference}`. */
  readonly traces?: string | undefined
  /** Told of every exchange once its reply is ready. What it throws is logged, and spoils no answer. */
  readonly observe?: (line: ExchangeLine) => void
}

export interface ServeOptions extends EngineOptions {
  /** 0 takes any free port. */
  readonly port?: number
  /** The address to listen on; loopback unless told otherwise. */
  readonly host?: string
}

/** An API over its store, ready to answer. */
export interface Engine {
  /** Every operation with its plan: what the API's description is made of. */
  readonly operations: readonly Planned[]
  /** Keys made for accounts of the seed that had none: to be shown once. */
  readonly madeKeys: readonly MadeKey[]
  readonly limits: ApiLimits
  /** Requests that are being answered. */
  readonly requests: number
  /** It is no longer ready, and finishes what it has begun. */
  readonly draining: boolean
  /** Answers one request. Never throws and never rejects. */
  handle(incoming: Incoming): Eventually<Reply>
  /** From now on it is draining; whoever follows its exchanges is let go. */
  drain(): void
}

/** A server that is listening. */
export interface Running<E extends Engine = Engine> {
  /** The engine that answers new requests. */
  readonly engine: E
  readonly port: number
  /** `http://127.0.0.1:4010` */
  readonly url: string
  /**
   * From the next request on, another engine answers on this port. Resolves when the one before it
   * has answered what it had begun. Limits of the connection stay those of the first.
   */
  replace(engine: E): Promise<void>
  /**
   * Stops: takes no new connection, answers what is in progress, closes what is idle. Resolves when
   * every request has its answer, or the drain time has passed. The store is the caller's to close.
   */
  stop(): Promise<void>
}
