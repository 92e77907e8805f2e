/**
 * A private HTTP cache over a storage (RFC 9111): answers what it may, validates what it must, forgets what
 * a write has changed.
 */
import {
  answersGet,
  type FieldReader,
  invalidates,
  isFailure,
  mayStandIn,
  mayStore,
  NOT_CACHED,
  ofConnection,
  onlyIfCached,
  selecting,
  useOf,
} from '../rules/freshness.ts'
import { partOf } from '../rules/range.ts'
import { isSafe, reactionTo } from '../rules/reaction.ts'
import { readOctets } from './content.ts'
import { NetworkError } from './error.ts'
import { flowing } from './flowing.ts'
import { type Answer, answerOf, type From, type Outgoing } from './message.ts'
import { patience, TIMEOUT } from './patience.ts'
import type { PrivateCache } from './reaction-options.ts'
import { copyOf, type StoredResponse, partial, readingOf } from './stored-response.ts'
import { originOf, resolved } from './target.ts'
import { conditional, freshened } from './validation.ts'
import { within } from './wait.ts'
import { type Conceal, type ResponseStore, Variants } from './variants.ts'

export type { StoredResponse, ResponseStore }

type Send = (request: Outgoing) => Promise<Response>

/**
 * `most`: octets of one response's content that are worth keeping. `conceal`: how a storage that others may see knows
 * credentials and selecting fields, if not as they are; equal for what is equal.
 */
export function cacheOver(storage: ResponseStore, most: number, conceal: Conceal = (text) => text): PrivateCache {
  return new CacheOver(new Variants(storage, conceal), most)
}

class CacheOver implements PrivateCache {
  readonly #kept: Variants
  readonly #most: number
  /** What is asked for now, by everything that selects its answer. */
  readonly #loading = new Map<string, Promise<Answer>>()

  constructor(kept: Variants, most: number) {
    this.#kept = kept
    this.#most = most
  }

  async answer(request: Outgoing, send: Send, credentials: readonly string[]): Promise<Answer> {
    const { method, fields } = request
    // What a page's cookies went along with is another one's than what they did not.
    const owners = [...credentials.map((name) => fields.get(name)), request.init?.credentials]
    const owner = this.#kept.conceal(owners.join('\n'))
    if (!isSafe(method)) return this.#write(request, send, owner)
    // Conditions of the caller's own are between the caller and the origin.
    if (method !== 'GET' || [...fields.keys()].some((name) => name.startsWith('if-')))
      return answerOf(await send(request), request)
    const entry = this.#kept.find(request, owner)
    if (entry !== undefined) return this.#reuse(request, send, entry, owner)
    if (onlyIfCached(fieldsOf(request))) return nothing(request)
    return this.#load(request, send, owner)
  }

  async #reuse(request: Outgoing, send: Send, entry: StoredResponse, owner: string): Promise<Answer> {
    const use = useOf(fieldsOf(request), readingOf(entry).terms, Date.now())
    if (use === 'fresh') return given(request, entry, 'cache')
    if (use === 'validate' && onlyIfCached(fieldsOf(request))) return nothing(request)
    if (use === 'validate') return this.#kept.ask(request, () => this.#validate(request, send, entry, owner))
    if (use === 'while' && !this.#kept.isAsking(request.url)) void this.#renew(request, send, entry, owner)
    return given(request, entry, 'stale')
  }

  /** Nobody waits for it, so nobody's patience ends it, and nobody reads what cannot be kept. */
  async #renew(request: Outgoing, send: Send, entry: StoredResponse, owner: string): Promise<void> {
    const own = { ...request, patience: patience(request.method, request.url, TIMEOUT, {}) }
    await this.#kept
      .ask(own, () => this.#validate(own, send, entry, owner))
      .then(({ content, response }) => (content === undefined ? response().body?.cancel() : undefined))
      .catch(() => undefined)
    own.patience.end()
  }

  /** A write that was not refused changes what is there, and what it says it has changed (RFC 9111 §4.4). */
  async #write(request: Outgoing, send: Send, owner: string): Promise<Answer> {
    const { method, url } = request
    const requested = Date.now()
    let response: Response
    try {
      response = await send(request)
    } catch (error) {
      // The answer is lost, and perhaps only the answer.
      this.#kept.forget(url)
      throw error
    }
    const answer = answerOf(response, request)
    if (invalidates(answer.status)) {
      this.#kept.forget(url)
      for (const name of ['location', 'content-location']) {
        const other = resolved(answer.field(name), url)
        if (other !== undefined && originOf(other) === originOf(url)) this.#kept.forget(other)
      }
      const same = resolved(answer.field('content-location'), url)
      if (answersGet(method, url, same, answer.field))
        return this.#kept.ask(request, () => this.#keep(request, response, requested, owner))
    }
    return answer
  }

  /** What is not here yet; of all who ask for the same at once the first asks, and the others see what it left. */
  async #load(request: Outgoing, send: Send, owner: string): Promise<Answer> {
    const key = [request.url, owner, ...request.fields].join('\n')
    const other = this.#loading.get(key)
    if (other !== undefined) {
      // However it ends; and whoever gives up waits no longer.
      await within(
        request.patience.signal(),
        other.catch(() => undefined),
      )
      const entry = this.#kept.find(request, owner)
      if (entry !== undefined) return this.#reuse(request, send, entry, owner)
    }
    const requested = Date.now()
    const own = this.#kept.ask(request, async () => this.#keep(request, await send(request), requested, owner))
    this.#loading.set(key, own)
    return own.finally(() => this.#loading.delete(key))
  }

  async #validate(request: Outgoing, send: Send, entry: StoredResponse, owner: string): Promise<Answer> {
    const { field, terms } = readingOf(entry)
    const standsIn = (): boolean => mayStandIn(fieldsOf(request), terms, Date.now())
    const requested = Date.now()
    let response: Response
    try {
      response = await send(conditional(request, field))
    } catch (error) {
      if (error instanceof NetworkError && standsIn()) return given(request, entry, 'stale')
      throw error
    }
    if (reactionTo(response.status).may === 'reuse') {
      // A 304 about another version than the one asked about says nothing of this one (RFC 9111 §4.3.4).
      const tag = response.headers.get('etag')
      if (tag !== null && tag !== field('etag')) return answerOf(await send(request), request)
      const fresh = freshened(entry, response, requested)
      if (mayStore(fieldsOf(request), { ...fresh, field: readingOf(fresh).field })) this.#kept.put(request, fresh)
      return given(request, fresh, 'revalidated')
    }
    if (isFailure(response.status) && standsIn()) {
      response.body?.cancel().catch(() => undefined)
      return given(request, entry, 'stale')
    }
    return this.#keep(request, response, requested, owner)
  }

  /** Keeps what may be kept, once all of it has arrived (RFC 9111 §3.3). */
  async #keep(request: Outgoing, response: Response, requested: number, owner: string): Promise<Answer> {
    const received = Date.now()
    const answer = answerOf(response, request)
    const { status, phrase, field } = answer
    // Where the platform followed redirects, this is another resource's.
    if (response.redirected || !mayStore(fieldsOf(request), { status, field, requested, received })) return answer
    const names = selecting(status, field)
    // A page's cookies cannot be seen from here, so a response that varies with them has no place.
    if (names.includes('cookie') && !request.fields.has('cookie')) return answer
    const content = await readOctets(response, this.#most, flowing(response)).catch((error: unknown) => {
      request.patience.signal().throwIfAborted()
      throw new NetworkError(request.method, request.url, error)
    })
    // Too much to keep: it was not held back, and flows on.
    if (content instanceof Response) return answerOf(content, request)
    const selected = names.map((name) => [name, this.#kept.value(request, name)] as const)
    const connection = ofConnection(field)
    const fields = [...response.headers].filter(([name]) => !connection.includes(name))
    const entry = { url: request.url, status, phrase, fields, content, requested, received, owner, selecting: selected }
    this.#kept.put(request, entry)
    return copyOf(entry, 'network')
  }
}

/** What it answers of the entry: all, or the part that Range names. */
function given({ fields }: Outgoing, entry: StoredResponse, from: From): Answer {
  const part = partOf(fields.get('range') ?? '', entry.status, entry.content.length)
  return copyOf(part === undefined ? entry : partial(entry, part), from)
}

const fieldsOf =
  ({ fields }: Outgoing): FieldReader =>
  (name) =>
    fields.get(name)

const nothing = (request: Outgoing): Answer => ({
  ...answerOf(new Response(null, { status: NOT_CACHED }), request),
  from: 'cache',
})
