/**
 * One call, from the first request to the answer that the caller gets: requests, answers and the
 * reactions between them, each a row of the reaction table.
 *
 * Nothing is sent twice that could be done twice; every loop ends; every wait ends with the signal.
 */
import { mayRepeat, reactionTo, type ReactionRow } from '../rules/reaction.ts'
import { NetworkError } from './error.ts'
import { type Answer, answerOf, type Outgoing } from './message.ts'
import { createNetwork } from './network.ts'
import type { Reaction, ReactionOptions } from './reaction-options.ts'
import { canRepeat, Redirects } from './redirects.ts'
import { createRetry, type Retry } from './retry.ts'
import { wait } from './wait.ts'

export type Send = (request: Outgoing) => Promise<Answer>

/** Sends with everything that was asked for. What is learnt (budget, permanent redirects) is kept for later calls. */
export function createSend(options: ReactionOptions): Send {
  const { redirect, retry, cache } = options
  const secrets = [...CREDENTIALS, ...(options.secrets ?? []).map((name) => name.toLowerCase())]
  const network = createNetwork(options)
  const means: Means = {
    options,
    ask:
      cache === undefined
        ? async (request) => answerOf(await network(request), request)
        : (request) => cache.answer(request, network, secrets),
    retry: retry === false ? undefined : createRetry(retry ?? {}),
    redirects: redirect === false ? undefined : new Redirects(secrets),
  }
  return (request) => new Journey(means, request).run()
}

const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization']
const MOST_HOPS = 20

/** What all calls share. */
interface Means {
  readonly options: ReactionOptions
  readonly ask: Send
  readonly retry: Retry | undefined
  readonly redirects: Redirects | undefined
}

type Told = Reaction extends infer R ? (R extends Reaction ? Omit<R, 'method' | 'url' | 'status'> : never) : never
/** Without a status: no answer came. */
type Came = Pick<Answer, 'field'> & { readonly status?: number }
const NOTHING: Came = { field: () => undefined }

class Journey {
  readonly #means: Means
  #request: Outgoing
  /** What Authorization said, if this client set it. */
  #credentials: string | undefined
  #authorised = false
  #renewed = false
  #tries = 0
  readonly #visited = new Set<string>()

  constructor(means: Means, request: Outgoing) {
    this.#means = means
    this.#request = request
  }

  async run(): Promise<Answer> {
    const { redirects, retry } = this.#means
    const known = redirects?.known(this.#request)
    if (known !== undefined) {
      this.#tell(NOTHING, { kind: 'redirected', to: known.url, remembered: true })
      this.#request = known
    }
    retry?.earn()
    for (;;) {
      const answer = await this.#attempt()
      if (answer === undefined) continue
      if (answer.from !== 'network') this.#tell(answer, { kind: 'reused', from: answer.from })
      if (!(await this.#react(answer, reactionTo(answer.status)))) return answer
      // What led here is of no use any more; a body left unread would hold its connection.
      answer
        .response()
        .body?.cancel()
        .catch(() => undefined)
    }
  }

  /** One request. Undefined: there was no answer, and it can be sent again. */
  async #attempt(): Promise<Answer | undefined> {
    const request = await this.#authorise()
    try {
      return await this.#means.ask(request)
    } catch (error) {
      if (error instanceof NetworkError && (await this.#repeat(NOTHING))) return undefined
      throw error
    }
  }

  /** Puts credentials on what goes to where it was meant to go; those that the caller set are left alone. */
  async #authorise(): Promise<Outgoing> {
    const request = this.#request
    const { auth } = this.#means.options
    this.#authorised = request.trusted && !request.fields.has('authorization')
    if (auth === undefined || !this.#authorised) return request
    this.#credentials = await auth.credentials()
    if (this.#credentials === undefined) return request
    return { ...request, fields: new Map([...request.fields, ['authorization', this.#credentials]]) }
  }

  /** Makes the next request of the journey; false where the answer stands. */
  async #react(answer: Answer, { may, redirect }: ReactionRow): Promise<boolean> {
    if (may === 'authenticate') return this.#authenticate(answer)
    if (may === 'repeat') return this.#repeat(answer)
    return redirect !== undefined && this.#redirect(answer, redirect)
  }

  /** Once (RFC 9110 §15.5.2): a second refusal is the answer. Any method: what was refused was not done. */
  async #authenticate(answer: Answer): Promise<boolean> {
    const { auth } = this.#means.options
    if (auth === undefined || !this.#authorised || this.#renewed || !canRepeat(this.#request)) return false
    this.#renewed = true
    try {
      const by = await auth.renew(this.#credentials)
      if (by !== undefined) this.#tell(answer, { kind: 'renewed', by })
      return by !== undefined
    } catch (error) {
      this.#tell(answer, { kind: 'notRenewed', error })
      return false
    }
  }

  async #repeat(came: Came): Promise<boolean> {
    const { retry } = this.#means
    const request = this.#request
    const { method, fields, patience } = request
    if (retry === undefined || !request.repeat || !canRepeat(request)) return false
    if (!mayRepeat(method, fields.has('idempotency-key'))) return false
    const ms = retry.judge(this.#tries, came.field, patience.deadline)
    if (typeof ms === 'string') return this.#giveUp(came, ms)
    this.#tell(came, { kind: 'waiting', ms, try: ++this.#tries })
    await wait(ms, patience.signal)
    return true
  }

  #redirect(answer: Answer, rule: NonNullable<ReactionRow['redirect']>): boolean {
    const { redirects } = this.#means
    const request = this.#request
    if (redirects === undefined) return false
    const next = redirects.next(request, answer, rule)
    if (next === undefined) return this.#giveUp(answer, canRepeat(request) ? 'location' : 'content')
    const visited = this.#visited.add(`${request.method} ${request.url}`)
    if (visited.has(`${next.method} ${next.url}`) || visited.size > MOST_HOPS) return this.#giveUp(answer, 'loop')
    this.#tell(answer, { kind: 'redirected', to: next.url, remembered: false })
    this.#request = next
    return true
  }

  #giveUp(came: Came, why: Extract<Told, { kind: 'gaveUp' }>['why']): false {
    this.#tell(came, { kind: 'gaveUp', why })
    return false
  }

  #tell({ status }: Came, told: Told): void {
    const { method, url } = this.#request
    this.#means.options.onReaction?.({ method, url, status, ...told })
  }
}
