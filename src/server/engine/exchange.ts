/**
 * One request on its way through the graph: everything a question may read, and the four asks.
 *
 * Members of a later stage are set by the ask that supplies them. Getters, because a question that
 * is not reached is not answered.
 */
import type {
  Broken,
  FaultKind,
  FoundKind,
  Limits,
  OutcomeKind,
  Plan,
  ProblemError,
  Shell,
  Told,
  Trace,
} from '../../rules/index.ts'
import { type AskName, type DecisionId, fieldBit, parsePrefer, readTrace } from '../../rules/index.ts'
import { readCaller } from './caller.ts'
import { readContent } from './content.ts'
import type { Engine } from './engine.ts'
import { faultOf } from './fault-kind.ts'
import type { Incoming } from './incoming.ts'
import type { Caller, Exchange as Seen, Found, Operation, Outcome } from '../operation.ts'
import { performOnce } from './perform.ts'
import { queryErrors, type Query, readQuery } from './query.ts'

const CONDITIONAL = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'].reduce(
  (bits, name) => bits | fieldBit(name),
  0,
)
const NONE: readonly never[] = []
const NO_PARAMS: Readonly<Record<string, string>> = {}

/** How the credentials turned out. */
export type Standing = 'none' | 'valid' | 'invalid'

export class Exchange implements Shell, Seen {
  readonly engine: Engine
  readonly incoming: Incoming
  readonly plan: Plan
  /** Undefined where no declared operation is meant: an unknown path, OPTIONS, another method. */
  readonly operation: Operation | undefined
  readonly trace: Trace
  readonly now: number
  readonly broken: Broken | undefined
  readonly hosts: number
  readonly present: number
  readonly method: string
  readonly target: string
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  /** What this resource can be asked for, as Allow says it. */
  readonly allow: string

  caller: Caller | undefined
  credentials: Standing = 'none'
  loaded: Found | undefined
  content: 'late' | 'tooLarge' | 'malformed' | 'read' = 'read'
  /** The content's octets were taken from the connection, or there are none. */
  contentTaken = false
  /** A client that waits for 100 Continue got it. */
  continued = false
  json: unknown
  contentErrors: readonly ProblemError[] = NONE
  forbiddenMembers: readonly ProblemError[] = NONE
  input: unknown
  prepared: unknown
  /** While this request is the one at work on its Idempotency-Key: both as hashes. */
  idempotency: { readonly key: string; readonly content: string } | undefined
  key: 'new' | 'running' | 'otherContent' | 'answered' = 'new'
  result: Outcome | undefined
  fault: FaultKind = 'unforeseen'
  thrown: unknown
  /** Seconds, for Retry-After. */
  retryAfter: number | undefined
  /** How often the item was found changed when it was to be written. */
  stale = 0
  #query: Query | undefined
  #reference: string | undefined

  constructor(engine: Engine, incoming: Incoming, at: Destination, now: number) {
    this.engine = engine
    this.incoming = incoming
    this.plan = at.plan
    this.operation = at.operation
    this.params = at.params ?? NO_PARAMS
    this.path = at.path
    this.allow = at.allow
    this.broken = incoming.broken
    this.hosts = incoming.hosts
    this.present = incoming.present
    this.method = incoming.method
    this.target = incoming.target
    this.now = now
    const from = engine.ring.claim()
    this.trace = { bytes: engine.ring.bytes, from, to: from }
  }

  // ── wire and head ──
  field(name: string): string | undefined {
    return this.incoming.field(name)
  }
  get address(): string {
    return this.incoming.address
  }
  get hasContent(): boolean {
    return this.incoming.hasContent
  }
  get limits(): Limits {
    return this.engine.limits
  }
  get requests(): number {
    return this.engine.requests
  }
  get ours(): boolean {
    return this.engine.answersFor(this.incoming)
  }
  get reachable(): boolean {
    return this.engine.store.reachable
  }
  get pathValid(): boolean {
    return this.operation?.pathValid?.(this) ?? true
  }
  get takes(): readonly string[] {
    return this.operation?.takes ?? NONE
  }
  get offers(): readonly string[] {
    return this.operation?.offers ?? NONE
  }
  get query(): Readonly<Record<string, string>> {
    return (this.#query ??= readQuery(this.target)).values
  }
  get queryErrors(): readonly ProblemError[] {
    return this.target.includes('?') && this.operation !== undefined
      ? queryErrors((this.#query ??= readQuery(this.target)), this.operation)
      : NONE
  }
  get minimal(): boolean {
    const prefer = this.field('prefer')
    return prefer !== undefined && parsePrefer(prefer).return === 'minimal'
  }
  get conditional(): boolean {
    return (this.present & CONDITIONAL) !== 0
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
    const tried = this.operation?.mayTry?.(this)
    if (tried !== undefined && !tried.allowed) this.retryAfter = tried.retryAfter
    return tried?.allowed ?? true
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

  ask(name: AskName): Told | Promise<Told> {
    switch (name) {
      case 'credentials':
        return readCaller(this)
      case 'load':
        return this.#load()
      case 'content':
        return readContent(this)
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
    // Nothing can be thrown as well, and is no less a failure.
    this.thrown = thrown ?? new TypeError(`${String(thrown)} was thrown`)
    this.fault = faultOf(thrown)
    if (this.fault === 'unavailable' && thrown instanceof Error && 'retryAfter' in thrown)
      this.retryAfter = typeof thrown.retryAfter === 'number' ? thrown.retryAfter : undefined
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

/** Where a request is headed: what the router and the method come to. */
export interface Destination {
  readonly plan: Plan
  readonly operation: Operation | undefined
  readonly path: string
  readonly params: Readonly<Record<string, string>> | undefined
  readonly allow: string
}
