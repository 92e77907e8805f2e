/**
 * The engine: a declaration, folded into plans, and a way to answer requests with them.
 *
 * No socket, no file: a shell hands over what came in (`Incoming`) and sends what goes out (`Reply`).
 */
import { DECISIONS, type Graph, type Limits, markThrown, TracePool, walk } from '../../rules/index.ts'
import type { MadeKey } from '../account/made-key.ts'
import type { Accounts } from '../account/account.ts'
import { answer } from './answer.ts'
import { compile, type Compiled } from './compile.ts'
import type { Cors } from './cors.ts'
import { AIDS } from '../development/address.ts'
import { Development } from '../development/development.ts'
import { Traces } from '../development/traces.ts'
import type { Declared } from '../declare/declaration.ts'
import type { ApiLimits } from '../declare/limits.ts'
import { Exchange } from './exchange.ts'
import { releaseKey } from './idempotency.ts'
import type { Incoming, Reply } from './incoming.ts'
import { Lines } from './lines.ts'
import { Onlookers } from './onlookers.ts'
import { endTurn } from './perform.ts'
import type { Eventually, Log, Planned } from '../operation.ts'
import { Routes } from './routes.ts'
import type { Engine as Serving, EngineOptions } from '../serving.ts'
import { Shares } from '../shares.ts'
import type { Store } from '../storage.ts'

/** What the command and the tests hand over as well. */
export interface InnerOptions extends Omit<EngineOptions, 'development'> {
  /** One that is handed over keeps what it has kept. */
  readonly development?: boolean | Development
  /** Sees the exchange itself, before it is told of. */
  readonly watch?: (x: Exchange, reply: Reply) => void
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  /** The decisions to walk, in place of HTTP's: for tests that swap an edge. */
  readonly graph?: Graph
}

/** Made once per server; the tables are prepared and the seed is applied before it answers. */
export async function createEngine(api: Declared, options: InnerOptions): Promise<Engine> {
  const engine = new Engine(api, options)
  await options.store.prepare(engine.compiled.tables)
  engine.madeKeys = (await engine.accounts?.seed())?.made ?? []
  return engine
}

export class Engine implements Serving {
  readonly compiled: Compiled
  readonly routes: Routes
  readonly store: Store
  readonly log: Log
  readonly limits: Limits & ApiLimits
  readonly tracePool = new TracePool()
  readonly accounts: Accounts | undefined
  /** Keys made for accounts of the seed that had none: to be shown once. */
  madeKeys: readonly MadeKey[] = []
  /** Requests that are being answered. */
  requests = 0
  /** Whose they are. */
  readonly shares = new Shares()
  /** The server is stopping: it is no longer ready, and finishes what it has begun. */
  draining = false
  /** Idempotency-Keys at work in this process, and the content they came with. */
  readonly runningKeys = new Map<string, string>()
  /** Those who write one item. */
  readonly lines = new Lines()
  readonly cors: Cors | undefined
  readonly development: Development | undefined
  /** Kept in development, and where a role may read them. */
  readonly traces: Traces | undefined
  /** Development: where the trace of a request is shown. */
  readonly explorer: ((reference: string) => string) | undefined
  readonly #onlookers: Onlookers
  readonly #now: () => number
  readonly #prefix: string
  #counter = 0

  constructor(api: Declared, options: InnerOptions) {
    const { declaration } = api
    this.store = options.store
    this.log = options.log
    this.limits = declaration.limits
    this.#now = options.now ?? Date.now
    this.#prefix = (this.#now() % 36 ** 5).toString(36)
    this.development = options.development === true ? new Development() : options.development || undefined
    this.traces = this.development?.traces ?? (options.traces === undefined ? undefined : new Traces())
    this.#onlookers = new Onlookers(options, this.traces, this.#now)
    this.explorer = this.development && ((reference) => `${AIDS}x/${reference}`)
    this.compiled = compile(declaration, this, options.graph ?? DECISIONS, options.traces)
    this.accounts = this.compiled.accounts
    this.cors = declaration.cors
    this.routes = new Routes(this.compiled)
  }

  /** Every operation with its plan: what the API's description is made of. */
  get operations(): readonly Planned[] {
    return this.compiled.operations
  }

  /** Answers one request. Never throws and never rejects. */
  handle(incoming: Incoming): Eventually<Reply> {
    const at = this.routes.destination(incoming)
    const x = new Exchange(this, incoming, at, this.#now())
    this.requests++
    this.traces?.begin(x)
    const staged = this.development?.faultFor(x)
    if (staged !== undefined) return this.#failed(x, staged)
    const status = walk(at.plan, x)
    if (status instanceof Promise) return status.then((decided) => this.#answer(x, decided))
    return this.#answer(x, status)
  }

  drain(): void {
    this.draining = true
    this.traces?.end()
  }

  /** A new name for a request: unique within a run, and hardly ever the same in two. */
  nextReference(): string {
    return `${this.#prefix}-${(++this.#counter).toString(36)}`
  }

  /** New keys where an earlier process made some up, which are known no more. Whoever uses those is signed out. */
  async renewKeys(): Promise<void> {
    const renewed = await this.accounts?.renewKeys(this.madeKeys)
    this.madeKeys = [...this.madeKeys, ...(renewed ?? [])]
  }

  challenge(refused: boolean): string | undefined {
    return this.accounts?.challenge(refused)
  }

  #answer(x: Exchange, status: number): Eventually<Reply> {
    try {
      const reply = answer(x, status)
      if (reply instanceof Promise) {
        return reply.then(
          (ready) => (ready === 'vanished' ? this.#again(x) : this.#done(x, ready)),
          (thrown: unknown) => this.#unanswered(x, thrown),
        )
      }
      return reply === 'vanished' ? this.#again(x) : this.#done(x, reply)
    } catch (thrown) {
      return this.#unanswered(x, thrown)
    }
  }

  /** What the row that decided has led to could not be represented. */
  #unanswered(x: Exchange, thrown: unknown): Promise<Reply> {
    const decision = x.decidedBy
    if (decision !== undefined) markThrown(x.trace, decision)
    return this.#failed(x, thrown)
  }

  /** What was found is gone before it could be read: the walk looks again. */
  #again(x: Exchange): Eventually<Reply> {
    const status = walk(x.plan, x, x.plan.again)
    return status instanceof Promise ? status.then((decided) => this.#answer(x, decided)) : this.#answer(x, status)
  }

  async #failed(x: Exchange, thrown: unknown): Promise<Reply> {
    x.failed(thrown)
    x.result = undefined
    const reply = await answer(x, await walk(x.plan, x, x.plan.fault))
    if (reply === 'vanished') throw new TypeError('a fault has no representation')
    return this.#done(x, reply)
  }

  #done(x: Exchange, reply: Reply): Reply {
    this.requests--
    this.shares.release(x.share)
    releaseKey(x)
    endTurn(x)
    this.#onlookers.see(x, reply)
    this.tracePool.release(x.trace)
    return reply
  }
}
