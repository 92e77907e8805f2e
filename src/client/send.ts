/**
 * One call, from the first request to the answer that the caller gets: requests, answers and the
 * reactions between them, each a row of the reaction table.
 *
 * Nothing is sent twice that could be done twice; every loop ends; every wait ends with the signal.
 */
import { mayRepeat, reactionTo, type ReactionRow } from '../rules/reaction.ts'
import { NetworkError } from './error.ts'
import type { Answer, Outgoing } from './message.ts'
import type { Reaction, ReactionOptions } from './reaction-options.ts'
import { Redirects } from './redirects.ts'
import { Retry } from './retry.ts'
import { wait } from './wait.ts'

export type Send = (request: Outgoing) => Promise<Answer>

/** Sends with everything that was asked for. What is learnt (budget, permanent redirects) is kept for later calls. */
export function createSend(options: ReactionOptions): Send {
  const reactor = new Reactor(options)
  return (request) => reactor.call(request)
}

/** What one call has done so far. */
interface Journey {
  request: Outgoing
  /** What Authorization said, if this client set it. */
  credentials: string | undefined
  authorised: boolean
  tries: number
  renewed: boolean
  readonly visited: Set<string>
}

type Told = Reaction extends infer R ? (R extends Reaction ? Omit<R, 'method' | 'url' | 'status'> : never) : never

const MOST_HOPS = 20
/** A page's fetch hides where a redirect leads (Fetch §4.4), so there the platform has to follow. */
const HIDES_LOCATION = globalThis.navigator?.userAgent?.startsWith('Mozilla/') ?? false

class Reactor {
  readonly #options: ReactionOptions
  readonly #fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly #retry: Retry | undefined
  readonly #redirects: Redirects
  readonly #mode: RequestRedirect

  constructor(options: ReactionOptions) {
    this.#options = options
    this.#fetch = options.fetch ?? ((url, init) => fetch(url, init))
    this.#retry = options.retry === false ? undefined : new Retry(options.retry ?? {})
    this.#redirects = new Redirects(options.secrets ?? [])
    // A platform that follows by itself takes declared secrets along, so then it must not.
    this.#mode =
      HIDES_LOCATION && options.redirect !== false ? (options.secrets === undefined ? 'follow' : 'error') : 'manual'
  }

  async call(first: Outgoing): Promise<Answer> {
    const known = this.#options.redirect === false ? undefined : this.#redirects.known(first)
    const journey: Journey = {
      request: known ?? first,
      credentials: undefined,
      authorised: false,
      tries: 0,
      renewed: false,
      visited: new Set(),
    }
    if (known !== undefined) this.#tell(first, undefined, { kind: 'redirected', to: known.url, remembered: true })
    this.#retry?.earn()
    for (;;) {
      const answer = await this.#attempt(journey)
      if (answer === undefined) continue
      const { response, from } = answer
      if (from !== 'network') this.#tell(journey.request, response, { kind: 'reused', from })
      const row = reactionTo(response.status)
      if (row.may === undefined || !(await this.#react(journey, response, row))) return answer
      // What led here is of no use any more; a body left unread would hold its connection.
      response.body?.cancel().catch(() => undefined)
    }
  }

  /** One request. Undefined: there was no answer, and it can be sent again. */
  async #attempt(journey: Journey): Promise<Answer | undefined> {
    const request = await this.#authorise(journey)
    try {
      const { cache } = this.#options
      if (cache !== undefined) return await cache.answer(request, this.#carry, this.#redirects.secrets)
      return { response: await this.#carry(request), from: 'network' }
    } catch (error) {
      if (request.signal?.aborted === true) throw request.signal.reason
      // A cache reads the content, so what breaks off there is no reply either.
      const lost = error instanceof NetworkError ? error : new NetworkError(request.method, request.url, error)
      if (await this.#repeat(journey, undefined)) return undefined
      throw lost
    }
  }

  /** Puts credentials on what goes to where it was meant to go; those that the caller set are left alone. */
  async #authorise(journey: Journey): Promise<Outgoing> {
    const { request } = journey
    const { auth } = this.#options
    journey.authorised = auth !== undefined && request.trusted && !request.headers.has('authorization')
    if (auth === undefined || !journey.authorised) return request
    journey.credentials = await auth.credentials()
    if (journey.credentials === undefined) return request
    const headers = new Headers(request.headers)
    headers.set('authorization', journey.credentials)
    return { ...request, headers }
  }

  readonly #carry = async ({ method, url, headers, body, signal }: Outgoing): Promise<Response> => {
    signal?.throwIfAborted()
    const init: RequestInit & { duplex?: 'half' } = { method, headers, redirect: this.#mode }
    if (signal !== undefined) init.signal = signal
    if (body !== undefined) init.body = body
    // A stream is sent only by those who say that they read the answer after it (Fetch §5.4).
    if (body instanceof ReadableStream) init.duplex = 'half'
    try {
      return await this.#fetch(url, init)
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason
      throw new NetworkError(method, url, error)
    }
  }

  /** Makes the next request of the journey; false where the answer stands. */
  async #react(journey: Journey, response: Response, row: ReactionRow): Promise<boolean> {
    if (row.may === 'authenticate') return this.#authenticate(journey, response)
    if (row.may === 'repeat') return this.#repeat(journey, response)
    if (row.redirect !== undefined && this.#options.redirect !== false)
      return this.#redirect(journey, response, row.redirect)
    return false
  }

  /** Once (RFC 9110 §15.5.2): a second refusal is the answer. Any method: what was refused was not done. */
  async #authenticate(journey: Journey, response: Response): Promise<boolean> {
    const { auth } = this.#options
    const { request } = journey
    if (auth === undefined || !journey.authorised || journey.renewed || !canRepeat(request)) return false
    journey.renewed = true
    try {
      const by = await auth.renew(journey.credentials)
      if (by === undefined) return false
      this.#tell(request, response, { kind: 'renewed', by })
      return true
    } catch (error) {
      this.#tell(request, response, { kind: 'notRenewed', error })
      return false
    }
  }

  async #repeat(journey: Journey, response: Response | undefined): Promise<boolean> {
    const { request, tries } = journey
    const keyed = request.headers.has('idempotency-key')
    if (this.#retry === undefined || !request.repeat || !canRepeat(request)) return false
    if (!mayRepeat(request.method, keyed)) return false
    const verdict = this.#retry.judge(tries, response, request.deadline)
    if ('why' in verdict) {
      this.#tell(request, response, { kind: 'gaveUp', why: verdict.why })
      return false
    }
    journey.tries++
    this.#tell(request, response, { kind: 'waiting', ms: verdict.wait, try: journey.tries })
    await wait(verdict.wait, request.signal)
    return true
  }

  #redirect(journey: Journey, response: Response, rule: NonNullable<ReactionRow['redirect']>): boolean {
    const { request, visited } = journey
    const next = this.#redirects.next(request, response, rule)
    if (next === undefined) {
      this.#tell(request, response, { kind: 'gaveUp', why: canRepeat(request) ? 'location' : 'content' })
      return false
    }
    visited.add(`${request.method} ${request.url}`)
    if (visited.has(`${next.method} ${next.url}`) || visited.size > MOST_HOPS) {
      this.#tell(request, response, { kind: 'gaveUp', why: 'loop' })
      return false
    }
    this.#tell(request, response, { kind: 'redirected', to: next.url, remembered: false })
    journey.request = next
    return true
  }

  #tell({ method, url }: Outgoing, response: Response | undefined, told: Told): void {
    this.#options.onReaction?.({ method, url, status: response?.status, ...told })
  }
}

/** Content that can be read once can be sent once. */
function canRepeat({ body }: Outgoing): boolean {
  return !(body instanceof ReadableStream)
}
