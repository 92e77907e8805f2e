/**
 * The head of a request, and where it is headed: all that is known before anybody is asked.
 *
 * Getters, because a question that is not reached is not answered.
 */
import { type Broken, fieldBit, type Limits, parsePrefer, type Plan, type ProblemError } from '../../rules/index.ts'
import type { Engine } from './engine.ts'
import type { Incoming } from './incoming.ts'
import type { Operation } from '../operation.ts'
import { queryErrors, type Query, readQuery } from './query.ts'

/** Where a request is headed: what the router and the method come to. */
export interface Destination {
  readonly plan: Plan
  /** Undefined where no declared operation is meant: an unknown path, OPTIONS, another method. */
  readonly operation: Operation | undefined
  readonly path: string
  readonly params: Readonly<Record<string, string>> | undefined
  /** What the resource can be asked for, as Allow says it. */
  readonly allow: string
}

export class Head {
  readonly engine: Engine
  readonly incoming: Incoming
  readonly plan: Plan
  readonly operation: Operation | undefined
  readonly now: number
  readonly broken: Broken | undefined
  readonly hosts: number
  readonly present: number
  readonly method: string
  readonly target: string
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly allow: string
  #query: Query | undefined

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
  }

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
    return this.engine.routes.answersFor(this.incoming)
  }
  get reachable(): boolean {
    return this.engine.store.reachable
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
    const { target, operation } = this
    return operation !== undefined && (target.includes('?') || operation.query[0]?.required === true)
      ? queryErrors((this.#query ??= readQuery(target)), operation)
      : NONE
  }
  get minimal(): boolean {
    const prefer = this.field('prefer')
    return prefer !== undefined && parsePrefer(prefer).return === 'minimal'
  }
  get conditional(): boolean {
    return (this.present & CONDITIONAL) !== 0
  }
}

const CONDITIONAL = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'].reduce(
  (bits, name) => bits | fieldBit(name),
  0,
)
const NONE: readonly never[] = []
const NO_PARAMS: Readonly<Record<string, string>> = {}
