/**
 * A private HTTP cache over a storage (RFC 9111): answers what it may, validates what it must, forgets what
 * a write has changed.
 */
import {
  invalidates,
  isFreshened,
  mayStandIn,
  mayStore,
  NOT_CACHED,
  onlyIfCached,
  useOf,
  varying,
} from '../rules/freshness.ts'
import { isSafe, reactionTo } from '../rules/reaction.ts'
import { Flights } from './flights.ts'
import type { Answer, Outgoing } from './message.ts'
import type { Cache } from './reaction-options.ts'
import { type Entry, entryOf, responseOf, storedOf, takeContent } from './stored-response.ts'

export type { Entry }

/** Where responses are kept: the variants of each URL, newest first. */
export interface Storage {
  get(url: string): readonly Entry[]
  set(url: string, entries: readonly Entry[]): void
  delete(url: string): void
}

type Send = (request: Outgoing) => Promise<Response>

/** Conditions and ranges of the caller's own are between the caller and the origin. */
const PASSED_ON = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range', 'range']
/** Variants of one URL. */
const MOST_VARIANTS = 20

/** `most`: octets of one response's content that are worth keeping. */
export function cacheOver(storage: Storage, most: number): Cache {
  const cache = new PrivateCache(storage, most)
  return { answer: (request, send, credentials) => cache.answer(request, send, credentials) }
}

class PrivateCache {
  readonly #storage: Storage
  readonly #most: number
  readonly #flights = new Flights()

  constructor(storage: Storage, most: number) {
    this.#storage = storage
    this.#most = most
  }

  async answer(request: Outgoing, send: Send, credentials: readonly string[]): Promise<Answer> {
    if (!isSafe(request.method)) return this.#write(request, send)
    if (request.method !== 'GET' || PASSED_ON.some((name) => request.headers.has(name)))
      return { response: await send(request), from: 'network' }
    const owner = credentials.map((name) => request.headers.get(name)).join('\n')
    const entry = this.#find(request, owner)
    if (entry !== undefined) return this.#reuse(request, send, entry, owner)
    if (onlyIfCached(fieldsOf(request))) return nothing()
    return this.#load(request, send, owner)
  }

  async #reuse(request: Outgoing, send: Send, entry: Entry, owner: string): Promise<Answer> {
    const use = useOf(fieldsOf(request), storedOf(entry), Date.now())
    if (use === 'fresh') return { response: responseOf(entry), from: 'cache' }
    if (use === 'validate' && onlyIfCached(fieldsOf(request))) return nothing()
    if (use === 'validate') return this.#validate(request, send, entry, owner, false)
    if (use === 'while') void this.#validate(request, send, entry, owner, true).catch(() => undefined)
    return { response: responseOf(entry), from: 'stale' }
  }

  /** A write that was not refused changes what is there, and what it says it has changed (RFC 9111 §4.4). */
  async #write(request: Outgoing, send: Send): Promise<Answer> {
    let response: Response
    try {
      response = await send(request)
    } catch (error) {
      // The answer is lost, and perhaps only the answer.
      this.#storage.delete(request.url)
      throw error
    }
    if (invalidates(response.status)) {
      this.#storage.delete(request.url)
      for (const name of ['location', 'content-location']) {
        const other = response.headers.get(name)
        if (other === null || !URL.canParse(other, request.url)) continue
        const url = new URL(other, request.url)
        if (url.origin === new URL(request.url).origin) this.#storage.delete(url.href)
      }
    }
    return { response, from: 'network' }
  }

  /** What is not here yet; of all who ask for the same at once the first asks, and the others see what it left. */
  async #load(request: Outgoing, send: Send, owner: string): Promise<Answer> {
    const key = JSON.stringify([request.url, owner, ...request.headers])
    const other = this.#flights.ended(key, request.signal)
    if (other !== undefined) {
      await other
      const entry = this.#find(request, owner)
      if (entry !== undefined) return this.#reuse(request, send, entry, owner)
    }
    const end = this.#flights.depart(key)
    try {
      const requested = Date.now()
      return { response: await this.#keep(request, await send(request), requested, owner), from: 'network' }
    } finally {
      end()
    }
  }

  async #validate(request: Outgoing, send: Send, entry: Entry, owner: string, unattended: boolean): Promise<Answer> {
    const stored = storedOf(entry)
    const field = fieldsOf(request)
    const requested = Date.now()
    let response: Response
    try {
      response = await send(conditional(request, entry, unattended))
    } catch (error) {
      if (request.signal?.aborted !== true && mayStandIn(field, stored, Date.now()))
        return { response: responseOf(entry), from: 'stale' }
      throw error
    }
    if (reactionTo(response.status).may === 'reuse') {
      // A 304 about another version than the one asked about says nothing of this one (RFC 9111 §4.3.4).
      const tag = response.headers.get('etag')
      if (tag !== null && tag !== stored.field('etag')) return { response: await send(request), from: 'network' }
      const fresh = freshened(entry, response, requested)
      this.#put(request.url, fresh)
      return { response: responseOf(fresh), from: 'revalidated' }
    }
    if (reactionTo(response.status).may === 'repeat' && mayStandIn(field, stored, Date.now())) {
      response.body?.cancel().catch(() => undefined)
      return { response: responseOf(entry), from: 'stale' }
    }
    return { response: await this.#keep(request, response, requested, owner), from: 'network' }
  }

  /** Keeps what may be kept, once all of it has arrived (RFC 9111 §3.3); gives back a response that still has its content. */
  async #keep(request: Outgoing, response: Response, requested: number, owner: string): Promise<Response> {
    const received = Date.now()
    const { status, headers } = response
    const stored = { status, field: (name: string) => headers.get(name), requested, received }
    const names = varying(stored.field) ?? []
    // A page's cookies cannot be seen from here, so a response that varies with them has no place.
    const hidden = names.includes('cookie') && !request.headers.has('cookie')
    // Where the platform followed redirects, this is another resource's.
    if (response.redirected || hidden || !mayStore(fieldsOf(request), stored)) return response
    const taken = await takeContent(response, this.#most)
    if (taken.content === undefined) return taken.response
    const selecting = names.map((name): readonly [string, string | null] => [name, request.headers.get(name)])
    const circumstances = { requested, received, owner, selecting, url: request.url }
    this.#put(request.url, entryOf(response, taken.content, circumstances))
    return taken.response
  }

  /** The newest that the same caller got for the same fields (RFC 9111 §4, §4.1). */
  #find({ url, headers }: Outgoing, owner: string): Entry | undefined {
    return this.#storage
      .get(url)
      .find((entry) => entry.owner === owner && entry.selecting.every(([name, value]) => headers.get(name) === value))
  }

  #put(url: string, entry: Entry): void {
    const selecting = JSON.stringify(entry.selecting)
    const others = this.#storage
      .get(url)
      .filter((other) => other.owner !== entry.owner || JSON.stringify(other.selecting) !== selecting)
    this.#storage.set(url, [entry, ...others].slice(0, MOST_VARIANTS))
  }
}

const fieldsOf =
  ({ headers }: Outgoing) =>
  (name: string): string | null =>
    headers.get(name)

const nothing = (): Answer => ({ response: new Response(null, { status: NOT_CACHED }), from: 'cache' })

/** RFC 9111 §4.3.1. */
function conditional(request: Outgoing, entry: Entry, unattended: boolean): Outgoing {
  const stored = storedOf(entry)
  const headers = new Headers(request.headers)
  const [tag, modified] = [stored.field('etag'), stored.field('last-modified')]
  if (tag !== null) headers.set('if-none-match', tag)
  if (modified !== null) headers.set('if-modified-since', modified)
  // Nobody waits for it, so nobody's patience ends it.
  return { ...request, headers, signal: unattended ? AbortSignal.timeout(UNATTENDED) : request.signal }
}

const UNATTENDED = 30_000

/** RFC 9111 §4.3.4: the stored response with the fields of the 304. */
function freshened(entry: Entry, { headers }: Response, requested: number): Entry {
  const fields = new Headers(entry.fields.map(([name, value]): [string, string] => [name, value]))
  for (const [name, value] of headers) if (isFreshened(name)) fields.set(name, value)
  if (!headers.has('age')) fields.delete('age')
  return { ...entry, fields: [...fields], requested, received: Date.now() }
}
