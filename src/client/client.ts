/**
 * A client of one API: calls by method and path, replies typed by status, reactions to what the status said.
 *
 * It is typed by what describes the API, and knows nothing of it at run time: the types are promises of the server's.
 */
import { reactionTo } from '../rules/reaction.ts'
import type { CallAt, Init, InitArguments, LooseInit, PathsOf, Verb } from './call-types.ts'
import { StatusError } from './error.ts'
import { patience, TIMEOUT } from './patience.ts'
import type { ReactionOptions } from './reaction-options.ts'
import { receive } from './reply.ts'
import type { CallType, LooseReply, Reply, ValueOf } from './reply-types.ts'
import { isWeb } from './redirects.ts'
import { createSend } from './send.ts'
import { originOf, resolved, targetOf } from './target.ts'
import { tellOf } from './tell.ts'
import { update, type UpdateInit } from './update.ts'
import { wait } from './wait.ts'

export interface ClientOptions extends ReactionOptions {
  /** Fields of every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Octets of content that are read at most: 16 MiB. */
  readonly limit?: number
}

/** A reply to come. `value()` is its content, or rejects with a `StatusError`. */
export interface Pending<R, V> extends Promise<R> {
  value(): Promise<V>
}

type Call<A, M extends Verb> = unknown extends A
  ? (path: string, init?: LooseInit) => Pending<LooseReply, unknown>
  : <P extends PathsOf<A, M>>(path: P, ...init: InitArguments<CallAt<A, M, P>>) => PendingOf<CallAt<A, M, P>>

type PendingOf<C extends CallType> = Pending<Reply<C>, ValueOf<C>>

type Update<A> = unknown extends A
  ? (path: string, init: UpdateInit, change: (content: unknown) => unknown) => Pending<LooseReply, unknown>
  : <P extends PathsOf<A, 'GET'> & PathsOf<A, 'PATCH' | 'PUT'>>(
      path: P,
      init: Omit<Init<CallAt<A, 'GET', P>>, 'idempotencyKey' | 'repeat'> & Pick<UpdateInit, 'tries'>,
      change: (content: ValueOf<CallAt<A, 'GET', P>>) => Changed<ValueOf<CallAt<A, 'GET', P>>>,
    ) => Updated<CallAt<A, 'GET', P>, CallAt<A, Writing<A, P>, P>>

/** In place of leaving a member out it may be undefined: JSON knows no difference. */
type Changed<T> = Loosely<T> | undefined | Promise<Loosely<T> | undefined>
type Loosely<T> = { [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K] }
type Updated<R extends CallType, W extends CallType> = Pending<Reply<R> | Reply<W>, ValueOf<R> | ValueOf<W>>
type Writing<A, P> = P extends PathsOf<A, 'PATCH'> ? 'PATCH' | (P extends PathsOf<A, 'PUT'> ? 'PUT' : never) : 'PUT'

export interface Client<A> {
  readonly get: Call<A, 'GET'>
  readonly post: Call<A, 'POST'>
  readonly put: Call<A, 'PUT'>
  readonly patch: Call<A, 'PATCH'>
  readonly delete: Call<A, 'DELETE'>
  /**
   * Reads, changes, writes back what differs, over no other version than the one read; again from the start on a 412.
   * `change` returns the new content, or undefined to leave it. Rejects with `NoValidator` before anything is
   * written if there is no strong ETag.
   */
  readonly update: Update<A>
}

/** `createClient<typeof api>('http://localhost:4010', { auth: bearer({ token }) })`; in a page a path will do: `/api`. */
export function createClient<A = unknown>(base: string, options?: ClientOptions): Client<A>
export function createClient(address: string, options: ClientOptions = {}): Client<unknown> {
  const base = resolved(address, globalThis.location?.href)?.replace(/\/*$/, '/')
  // A path after a query would be part of it.
  if (!isWeb(base) || /[?#]/.test(base)) throw new TypeError(`no address of an API: ${address}`)
  // Octets of 16 MiB.
  const { timeout = TIMEOUT, limit = 2 ** 24, headers } = options
  const send = createSend(options)

  const at = async (method: string, url: string, init: LooseInit, trusted = true): Promise<LooseReply> => {
    const waiting = patience(method, url, timeout, { ...init })
    try {
      // Undefined of undefined, whatever its type says.
      const body: string | undefined = JSON.stringify(init.content)
      // What was said for one origin is not said to another.
      const fields = trusted ? fieldsOf(method, init, headers) : fieldsOf(method, {})
      const request = { method, url, fields, body, patience: waiting, repeat: init.repeat !== false, trusted }
      return leading(await receive(await send(request), request, limit), init)
    } finally {
      waiting.end()
    }
  }

  /** What the reply leads to, if somebody wants to go there. */
  const leading = (reply: LooseReply, { headers: said, signal }: LooseInit): LooseReply => {
    const { location } = reply
    if (!isWeb(location)) return reply
    const may = wayOn(reply)
    const follow = (): Promise<LooseReply> =>
      at('GET', location, { headers: said, signal }, originOf(location) === originOf(base))
    /** Asks the monitor until it no longer says that work is under way, as often as it says to: else each second. */
    const poll = async ({ retryAfter = 1000 }: LooseReply): Promise<LooseReply> => {
      // Above the longest time that there is, 24 days, a timer fires at once.
      await wait(Math.min(retryAfter, 2 ** 31 - 1), signal)
      const next = await follow()
      // A 202, or a success that asks to come back.
      return next.ok && (next.retryAfter !== undefined || wayOn(next) === 'poll') ? poll(next) : next
    }
    return Object.assign(reply, may === 'follow' && { follow }, may === 'poll' && { poll: () => poll(reply) })
  }

  const request = async (method: string, path: string, init: LooseInit): Promise<LooseReply> =>
    at(method, targetOf(base, path, init.params, init.query), init)
  const tell = tellOf(options)
  const unpatchable = new Set<string>()
  const verb =
    (method: Verb) =>
    (path: string, init: LooseInit = {}) =>
      pending(request(method, path, init), method)
  return {
    get: verb('GET'),
    post: verb('POST'),
    put: verb('PUT'),
    patch: verb('PATCH'),
    delete: verb('DELETE'),
    update: (path, init, change) => pending(update({ request, unpatchable, tell }, path, init, change), 'UPDATE'),
  }
}

/** What may be done about a success with a Location. */
const wayOn = ({ ok, status }: LooseReply) => (ok ? reactionTo(status).may : undefined)

function fieldsOf(
  method: string,
  { content, headers, idempotencyKey }: LooseInit,
  always?: ClientOptions['headers'],
): Map<string, string> {
  const fields = new Map([['accept', 'application/json, application/problem+json']])
  if (content !== undefined) fields.set('content-type', `application/${method === 'PATCH' ? 'merge-patch+' : ''}json`)
  // A string of structured fields has the escapes of JSON, where it is ASCII (RFC 8941 §3.3.3).
  if (idempotencyKey !== undefined)
    fields.set('idempotency-key', JSON.stringify(idempotencyKey === true ? crypto.randomUUID() : idempotencyKey))
  for (const [name, value] of Object.entries({ ...always, ...headers })) fields.set(name.toLowerCase(), value)
  return fields
}

function pending(reply: Promise<LooseReply>, method: string): Pending<LooseReply, unknown> {
  const value = async (): Promise<unknown> => {
    const received = await reply
    if (received.ok) return received.content
    throw new StatusError(method, received.url, received.status, received.problem)
  }
  return Object.assign(reply, { value })
}
