/**
 * Requests to an engine without a socket: for what operations answer, not for how it is carried.
 *
 * The engine, the accounts and the store are real.
 */
import { fieldBit } from '../src/rules/index.ts'
import { createEngine, type Engine } from '../src/server/engine/engine.ts'
import { LIMITS } from '../src/server/declare/limits.ts'
import type { ApiDeclaration } from '../src/server/declare/declaration.ts'
import type { Incoming } from '../src/server/engine/incoming.ts'
import type { Store } from '../src/server/storage.ts'

export interface Asked {
  /** A seed key; nobody without. */
  readonly as?: string | undefined
  readonly fields?: Readonly<Record<string, string>>
  readonly json?: unknown
  /** `application/json` unless it says otherwise. */
  readonly type?: string
}

export interface Answered {
  readonly status: number
  /** By lower-case name. */
  readonly fields: Readonly<Record<string, string>>
  readonly text: string
  // What a test expects of an answer is checked by the test.
  readonly json: Record<string, unknown> & { readonly errors?: readonly Record<string, string>[] }
}

export interface Server {
  readonly engine: Engine
  readonly store: Store
  ask(method: string, target: string, asked?: Asked): Promise<Answered>
}

/** What a declaration needs beside its resources. */
export const DECLARED: Omit<ApiDeclaration, 'resources'> = {
  title: 'test',
  version: '1',
  accounts: undefined,
  auth: { password: false, apiKeys: true },
  realm: 'test',
  seed: {},
  validation: 400,
  unavailable: 503,
  origins: undefined,
  cors: undefined,
  limits: LIMITS,
}

export async function inProcess(declaration: ApiDeclaration, store: Store, now?: () => number): Promise<Server> {
  const log = { info() {}, warn() {}, error() {} }
  const engine = await createEngine({ declaration }, { store, log, ...(now === undefined ? {} : { now }) })
  await engine.accounts?.seed()
  return { engine, store, ask: (method, target, asked) => ask(engine, method, target, asked) }
}

async function ask(engine: Engine, method: string, target: string, asked: Asked = {}): Promise<Answered> {
  const bytes = asked.json === undefined ? undefined : new TextEncoder().encode(JSON.stringify(asked.json))
  const fields = new Map(Object.entries({ host: 'x', ...asked.fields }))
  if (asked.as !== undefined) fields.set('authorization', `Bearer ${asked.as}`)
  if (bytes !== undefined) fields.set('content-length', String(bytes.length))
  if (bytes !== undefined) fields.set('content-type', asked.type ?? 'application/json')
  const incoming: Incoming = {
    method,
    target,
    broken: undefined,
    present: [...fields.keys()].reduce((bits, name) => bits | fieldBit(name), 0),
    hosts: 1,
    address: '127.0.0.1',
    secure: false,
    hasContent: bytes !== undefined,
    field: (name) => fields.get(name),
    content: async () => ({ state: 'read', bytes: bytes ?? new Uint8Array() }),
    interim() {},
  }
  const reply = await engine.handle(incoming)
  const answered: Record<string, string> = {}
  for (let at = 0; at < reply.fields.length; at += 2)
    answered[String(reply.fields[at]).toLowerCase()] = reply.fields[at + 1] ?? ''
  const text = reply.content ?? ''
  return {
    status: reply.status,
    fields: answered,
    text,
    json: /json/.test(answered['content-type'] ?? '') ? JSON.parse(text) : {},
  }
}
