/**
 * An API on a real socket and a real file, with the path of every request at hand.
 *
 * What tests need of the inside is imported here and nowhere else.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Graph, Plan, TraceStep } from '../src/rules/index.ts'
import { readTrace } from '../src/rules/index.ts'
import type { Api, ApiLimits } from '../src/server/index.ts'
import { createEngine, Engine } from '../src/server/engine/engine.ts'
import type { Exchange } from '../src/server/engine/exchange.ts'
import type { Reply } from '../src/server/engine/incoming.ts'
import { serveEngine } from '../src/server/shell/node.ts'
import type { Store } from '../src/server/storage.ts'
import { openSqlite, type SqliteOptions } from '../src/store/index.ts'

/** One exchange, as the engine saw it. */
export interface Seen {
  readonly method: string
  /** As it was asked for. */
  readonly path: string
  /** `GET /books/{id}`; undefined where no declared operation was meant. */
  readonly operation: string | undefined
  readonly plan: Plan
  readonly status: number
  /** As it is in Request-Id, if it is sent. */
  readonly reference: string | undefined
  readonly steps: readonly TraceStep[]
}

interface LogLine {
  readonly level: 'info' | 'warn' | 'error'
  readonly fields: object
  readonly message: string
}

export interface Started {
  readonly port: number
  /** The engine that answers now. */
  readonly engine: Engine
  readonly store: Store
  /** The database. */
  readonly file: string
  /** Every exchange so far, oldest first. */
  readonly seen: readonly Seen[]
  readonly log: readonly LogLine[]
  /** What was asked on the way of the request with this reference; of the last one without. */
  path(reference?: string): readonly TraceStep[]
  /** From here on this graph is walked; HTTP's own without. */
  walk(graph?: Graph): Promise<void>
  /** Another server over the same store. */
  beside(): Promise<Started>
  stop(): Promise<void>
}

export interface StartOptions extends SqliteOptions {
  readonly development?: boolean
  /** The role that may read traces. */
  readonly traces?: string
}

/** Serves an API on a free port of loopback, over a database of its own in a folder that `stop` removes. */
export async function start(api: Api, options: StartOptions = {}): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'tenfour-'))
  const file = join(folder, 'test.db')
  const store = await openSqlite(`file:${file}`, options)
  return serveOver(api, store, file, options, async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
}

/** The keys of the newsroom's seed. */
export const KEYS = { basic: 'basic-key', admin: 'admin-key' } as const

/** The API of the lesson, as it is shipped; with other limits if need be. */
export async function startNewsroom({ limits = {}, ...options }: NewsroomOptions = {}): Promise<Started> {
  process.env['BASIC_KEY'] = KEYS.basic
  process.env['ADMIN_KEY'] = KEYS.admin
  const { default: newsroom } = await import('../examples/newsroom/api.ts')
  const { declaration } = newsroom
  return start({ ...newsroom, declaration: { ...declaration, limits: { ...declaration.limits, ...limits } } }, options)
}

interface NewsroomOptions extends StartOptions {
  readonly limits?: Partial<ApiLimits>
}

async function serveOver(
  api: Api,
  store: Store,
  file: string,
  options: StartOptions,
  release: () => Promise<void>,
): Promise<Started> {
  const seen: Seen[] = []
  const log: LogLine[] = []
  const note = (level: LogLine['level']) => (fields: object, message: string) =>
    void log.push({ level, fields, message })
  const engineOptions = {
    store,
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    watch: (x: Exchange, reply: Reply) => void seen.push(seenIn(x, reply)),
    ...(options.development === undefined ? {} : { development: options.development }),
    ...(options.traces === undefined ? {} : { traces: options.traces }),
    ...(options.now === undefined ? {} : { now: options.now }),
  }
  const running = await serveEngine(await createEngine(api, engineOptions), engineOptions)
  return {
    port: running.port,
    get engine() {
      return running.engine
    },
    store,
    file,
    seen,
    log,
    path: (reference) =>
      (reference === undefined ? seen.at(-1) : seen.find((one) => one.reference === reference))?.steps ?? [],
    walk: (graph) => running.replace(new Engine(api, { ...engineOptions, ...(graph === undefined ? {} : { graph }) })),
    beside: () => serveOver(api, store, file, options, () => Promise.resolve()),
    async stop() {
      await running.stop()
      await release()
    },
  }
}

function seenIn(x: Exchange, reply: Reply): Seen {
  const { operation, plan, method, path } = x
  const at = reply.fields.indexOf('Request-Id')
  return {
    method,
    path,
    operation: operation === undefined ? undefined : `${operation.method} ${operation.path}`,
    plan,
    status: reply.status,
    reference: at < 0 ? undefined : reply.fields[at + 1],
    steps: readTrace(x.trace),
  }
}
