/**
 * One request on its way through the graph: everything a question may read, and the asks.
 *
 * Members of a later stage are set by the ask that supplies them.
 */
import type { FaultKind, FoundKind, OutcomeKind, ProblemError, Shell, Told, Trace } from '../../rules/index.ts'
import { type AskName, type DecisionId, readTrace } from '../../rules/index.ts'
import { readCaller } from './caller.ts'
import { readContent } from './content.ts'
import type { Engine } from './engine.ts'
import { faultOf } from './fault-kind.ts'
import { type Destination, Head } from './head.ts'
import { claimKey, lookForKey } from './idempotency.ts'
import type { Incoming } from './incoming.ts'
import type { Caller, Exchange as Seen, Found, Outcome, Tried } from '../operation.ts'
import { performOnce } from './perform.ts'
import type { Share } from '../shares.ts'

const NONE: readonly never[] = []

/** How the credentials turned out. */
export type Standing = 'none' | 'valid' | 'invalid'

export class Exchange extends Head implements Shell, Seen {
  /** Until the reply is made. */
  readonly trace: Trace
  /** What its network has of the requests in progress, this one included, until the reply is made. */
  readonly share: Share

  caller: Caller | undefined
  credentials: Standing = 'none'
  loaded: Found | undefined
  content: 'late' | 'tooLarge' | 'malformed' | 'read' = 'read'
  /** The content's octets were taken from the connection, or there are none. */
  contentTaken = false
  /** As they arrived. */
  octets: Uint8Array | undefined
  /** A client that waits for 100 Continue got it. */
  continued = false
  json: unknown
  contentErrors: readonly ProblemError[] = NONE
  forbiddenMembers: readonly ProblemError[] = NONE
  input: unknown
  prepared: unknown
  /** While this request is the one at work on its Idempotency-Key: both as hashes. */
  idempotency: { readonly key: string; readonly content: string } | undefined
  keySeen = false
  key: 'new' | 'running' | 'otherContent' | 'answered' = 'new'
  result: Outcome | undefined
  fault: FaultKind = 'unforeseen'
  thrown: unknown
  /** Seconds, for Retry-After. */
  retryAfter: number | undefined
  /** How often the item was found changed when it was to be written. */
  stale = 0
  /** While it is this request's turn to write the item. */
  endTurn: (() => void) | undefined
  #reference: string | undefined

  constructor(engine: Engine, incoming: Incoming, at: Destination, now: number) {
    super(engine, incoming, at, now)
    this.trace = engine.tracePool.claim()
    this.share = engine.shares.claim(incoming.address)
  }

  // ── wire ──
  get requestsOfAddress(): number {
    return this.share.held
  }

  // ── route ──
  get pathValid(): boolean {
    return this.operation?.pathValid?.(this) ?? true
  }

  // ── caller ──
  get signedIn(): boolean {
    return this.caller !== undefined
  }
  get classAllowed(): boolean {
    return this.caller !== undefined && (this.operation?.classAllows?.(this.caller, this) ?? true)
  }

  // ── target ──
  get found(): FoundKind {
    return this.loaded?.kind ?? 'found'
  }
  get etag(): string | undefined {
    return this.loaded?.kind === 'found' ? this.loaded.etag : undefined
  }
  get lastModified(): number | undefined {
    return this.loaded?.kind === 'found' ? this.loaded.lastModified : undefined
  }
  get itemVisible(): boolean {
    return this.found !== 'found' || (this.operation?.itemVisible?.(this) ?? true)
  }
  get itemAllowed(): boolean {
    return this.operation?.itemAllows?.(this) ?? true
  }
  get stateErrors(): readonly ProblemError[] {
    return (this.found === 'found' ? this.operation?.stateErrors?.(this) : undefined) ?? NONE
  }

  // ── content and outcome ──
  get mayTry(): boolean {
    return this.#isAllowed(this.operation?.mayTry?.(this))
  }
  get mayHash(): boolean {
    return this.#isAllowed(this.operation?.mayHash?.(this))
  }
  get outcome(): OutcomeKind {
    return this.result?.kind ?? 'done'
  }
  get wantsContent(): boolean {
    const result = this.result
    return (
      result !== undefined &&
      'content' in result &&
      result.content !== undefined &&
      !(this.minimal && result.kind === 'changed')
    )
  }

  #isAllowed(tried: Tried | undefined): boolean {
    if (tried === undefined || tried.allowed) return true
    this.retryAfter = tried.retryAfter
    return false
  }

  ask(name: AskName): Told | Promise<Told> {
    const told = this.#ask(name)
    return this.engine.traces === undefined ? told : this.engine.traces.waiting(this, told)
  }

  #ask(name: AskName): Told | Promise<Told> {
    switch (name) {
      case 'credentials':
        return readCaller(this)
      case 'load':
        return this.#load()
      case 'key':
        return lookForKey(this)
      case 'content':
        return readContent(this)
      case 'claim':
        return claimKey(this)
      case 'perform':
        return performOnce(this)
    }
  }

  #load(): Told | Promise<Told> {
    const loaded = this.operation?.load?.(this)
    if (loaded instanceof Promise) return loaded.then((found) => void (this.loaded = found))
    this.loaded = loaded
  }

  interim(status: number): void {
    // The walk comes by again when the item changed meanwhile, and the content is there already.
    if (this.continued) return
    this.continued = true
    this.incoming.interim(status)
  }

  failed(thrown: unknown): void {
    try {
      this.#learn(thrown)
    } catch {
      this.#learn(new TypeError('what was thrown throws when it is looked at'))
    }
  }

  #learn(thrown: unknown): void {
    this.fault = faultOf(thrown)
    if (this.fault === 'unavailable' && thrown instanceof Error && 'retryAfter' in thrown)
      this.retryAfter = typeof thrown.retryAfter === 'number' ? thrown.retryAfter : undefined
    // Nothing can be thrown as well, and is no less a failure.
    this.thrown = thrown ?? new TypeError(`${String(thrown)} was thrown`)
  }

  /** The row that decided. */
  get decidedBy(): DecisionId | undefined {
    return readTrace(this.trace).at(-1)?.id
  }

  /** What the client and the log call this request by. */
  get reference(): string {
    return (this.#reference ??= this.engine.nextReference())
  }
}
