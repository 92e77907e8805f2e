/**
 * One call, from the first request to the answer that the caller gets: requests, answers and the
 * reactions between them, each a row of the reaction table.
 *
 * Nothing is sent twice that could be done twice; every loop ends; every wait ends with the signal.
 */
import { mayRepeat, reactionTo, type ReactionRow } from '../rules/reaction.ts'
import type { Auth } from './bearer.ts'
import { NetworkError } from './error.ts'
import { type Answer, answerOf, type Outgoing } from './message.ts'
import { createNetwork } from './network.ts'
import type { Reaction, ReactionOptions } from './reaction-options.ts'
import { canRepeat, createRedirects } from './redirects.ts'
import { createRetry } from './retry.ts'
import { tellOf } from './tell.ts'
import { wait, within } from './wait.ts'

export type Send = (request: Outgoing) => Promise<Answer>

/** Sends with everything that was asked for. What is learnt (budget, permanent redirects) is kept for later calls. */
export function createSend(options: ReactionOptions): Send {
  const { auth, cache, redirect } = options
  const tellAll = tellOf(options)
  const secrets = [...CREDENTIALS, ...(options.secrets ?? []).map((name) => name.toLowerCase())]
  const network = createNetwork(options)
  const retry = options.retry === false ? undefined : createRetry(options.retry)
  const following = redirect === false ? undefined : createRedirects(secrets)

  return async (request) => {
    /** What Authorization said, if this client set it. */
    let credentials: string | undefined
    let signer: Auth | undefined
    let renewed = false
    let tries = 0
    const visited = new Set<string>()
    const { patience } = request
    const redirects = request.init?.redirect ? undefined : following

    const tell = ({ status }: Came, told: Told): true => {
      tellAll({ method: request.method, url: request.url, status, ...told })
      return true
    }
    const giveUp = (came: Came, why: Extract<Told, { kind: 'gaveUp' }>['why']): boolean =>
      !tell(came, { kind: 'gaveUp', why })

    /** Puts credentials on what goes to where it was meant to go; those that the caller set are left alone. */
    const authorise = async (): Promise<Outgoing> => {
      signer = request.trusted && !request.fields.has('authorization') ? auth : undefined
      credentials = signer && (await within(patience.signal(), signer.credentials()))
      if (credentials === undefined) return request
      return { ...request, fields: new Map(request.fields).set('authorization', credentials) }
    }

    /** Once (RFC 9110 §15.5.2): a second refusal is the answer. Any method: what was refused was not done. */
    const authenticate = async (answer: Answer): Promise<boolean> => {
      if (!signer || renewed || !canRepeat(request)) return false
      renewed = true
      try {
        const by = await within(patience.signal(), signer.renew(credentials))
        return by !== undefined && tell(answer, { kind: 'renewed', by })
      } catch (error) {
        patience.signal().throwIfAborted()
        return !tell(answer, { kind: 'notRenewed', error })
      }
    }

    const repeat = async (came: Came): Promise<boolean> => {
      const { method, fields } = request
      if (!request.repeat || !canRepeat(request) || !mayRepeat(method, fields.has('idempotency-key'))) return false
      const ms = retry?.judge(tries, came.field, patience.deadline)
      if (typeof ms !== 'number') return ms !== undefined && giveUp(came, ms)
      tell(came, { kind: 'waiting', ms, try: ++tries })
      await wait(ms, patience.signal())
      return true
    }

    const lead = (answer: Answer, rule: ReactionRow): boolean => {
      if (!redirects) return false
      const next = redirects.next(request, answer, rule)
      if (!next) return giveUp(answer, canRepeat(request) ? 'location' : 'content')
      visited.add(request.method + request.url)
      if (visited.has(next.method + next.url) || visited.size > MOST_HOPS) return giveUp(answer, 'loop')
      tell(answer, { kind: 'redirected', to: next.url, remembered: false })
      request = next
      return true
    }

    /** Makes the next request; false where the answer stands. */
    const react = (answer: Answer): boolean | Promise<boolean> => {
      const row = reactionTo(answer.status)
      if (row.may === 'authenticate') return authenticate(answer)
      // What came from a copy would come from it again.
      if (row.may === 'repeat') return answer.from === 'network' && repeat(answer)
      return row.may === 'redirect' && lead(answer, row)
    }

    retry?.earn()
    const known = redirects?.known(request)
    if (known) {
      tell(NOTHING, { kind: 'redirected', to: known.url, remembered: true })
      request = known
    }
    for (;;) {
      const sent = await authorise()
      try {
        const answer = cache ? await cache.answer(sent, network, secrets) : answerOf(await network(sent), sent)
        if (answer.from !== 'network') tell(answer, { kind: 'reused', from: answer.from })
        // The platform has followed, and hides by which status.
        else if (answer.url !== sent.url) tell(NOTHING, { kind: 'redirected', to: answer.url, remembered: false })
        if (!(await react(answer))) return answer
        // What led here is of no use any more; a body left unread would hold its connection.
        answer
          .response()
          .body?.cancel()
          .catch(() => undefined)
      } catch (error) {
        if (!(error instanceof NetworkError && (await repeat(NOTHING)))) throw error
      }
    }
  }
}

const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization']
const MOST_HOPS = 20

type Told = Reaction extends infer R ? (R extends Reaction ? Omit<R, 'method' | 'url' | 'status'> : never) : never
/** Without a status: no answer came. */
type Came = Pick<Answer, 'field'> & { readonly status?: number }
const NOTHING: Came = { field: () => undefined }
