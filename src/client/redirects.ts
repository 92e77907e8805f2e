/**
 * Redirects (RFC 9110 §15.4): where the next request goes, with which method and content.
 *
 * Credentials and declared secrets never reach another origin, not even by way of one and back; what is
 * permanent is remembered (§15.4.2, §15.4.9).
 */
import { type ReactionRow, redirectedMethod } from '../rules/reaction.ts'
import type { Answer, Outgoing } from './message.ts'
import { originOf, resolved } from './target.ts'

type Rule = NonNullable<ReactionRow['redirect']>

const MOST_REMEMBERED = 500

export interface Redirects {
  /** The request to send in place of one whose resource is known to have moved for good. */
  known(request: Outgoing): Outgoing | undefined
  /** The request that the answer asks for. Undefined where Location is none, no URI, or not of the web. */
  next(request: Outgoing, answer: Answer, rule: Rule): Outgoing | undefined
}

/** `secrets`: lower-case names of fields that are for one origin only. */
export function createRedirects(secrets: readonly string[]): Redirects {
  const remembered = new Map<string, readonly [to: string, rule: Rule]>()

  /** Without the secrets for another origin; without content, and the fields about it, for another method. */
  const redirected = (request: Outgoing, to: string, method: string): Outgoing => {
    const same = originOf(to) === originOf(request.url)
    const kept = method === request.method
    const fields = new Map(request.fields)
    for (const name of fields.keys())
      if ((!same && secrets.includes(name)) || (!kept && name.startsWith('content-'))) fields.delete(name)
    const body = kept ? request.body : undefined
    return { ...request, url: to, method, fields, body, trusted: request.trusted && same }
  }

  return {
    known(request) {
      const [to, rule] = remembered.get(request.url) ?? []
      if (to === undefined || rule === undefined || redirectedMethod(rule, request.method) !== request.method)
        return undefined
      return redirected(request, to, request.method)
    },
    next(request, { field }, rule) {
      const to = resolved(field('location'), request.url)?.replace(/#.*/, '')
      const method = redirectedMethod(rule, request.method)
      if (!isWeb(to) || (method === request.method && !canRepeat(request))) return undefined
      // An explicit lifetime is a cache's to keep; without one it is for good.
      if (rule.permanent && (field('cache-control') ?? field('expires')) === undefined) {
        if (remembered.size > MOST_REMEMBERED) remembered.clear()
        remembered.set(request.url, [to, rule])
      }
      return redirected(request, to, method)
    },
  }
}

export function isWeb(url: string | undefined): url is string {
  return /^https?:/.test(url ?? '')
}

/** Content that can be read once can be sent once. */
export function canRepeat({ body }: Outgoing): boolean {
  return !(body instanceof ReadableStream)
}
