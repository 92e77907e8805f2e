/**
 * Redirects (RFC 9110 §15.4): where the next request goes, with which method and content.
 *
 * Credentials and declared secrets never reach another origin, not even by way of one and back; what is
 * permanent is remembered (§15.4.2, §15.4.9).
 */
import { type ReactionRow, redirectedMethod } from '../rules/reaction.ts'
import type { Answer, Outgoing } from './message.ts'
import { originOf, resolved, withoutFragment } from './target.ts'

export interface Redirects {
  /** The request to send in place of one whose resource is known to have moved for good. */
  known(request: Outgoing): Outgoing | undefined
  /** The request that the answer asks for. Undefined where Location is none, no URI, or not of the web. */
  next(request: Outgoing, answer: Answer, row: ReactionRow): Outgoing | undefined
}

/** `secrets`: lower-case names of fields that are for one origin only. */
export function createRedirects(secrets: readonly string[]): Redirects {
  const remembered = new Map<string, readonly [to: string, row: ReactionRow]>()

  /** Without the secrets for another origin; without content, the fields about it, and conditions, for another method. */
  const redirected = (request: Outgoing, to: string, row: ReactionRow): Outgoing => {
    const method = redirectedMethod(row, request.method)
    const kept = method === request.method
    const trusted = originOf(to) === originOf(request.url)
    const fields = [...request.fields].filter(
      ([name]) => (trusted || !secrets.includes(name)) && (kept || !/^(content|if)-/.test(name)),
    )
    return {
      ...request,
      url: to,
      method,
      fields: new Map(fields),
      body: kept ? request.body : undefined,
      trusted: trusted && request.trusted,
    }
  }

  return {
    known(request) {
      const known = remembered.get(request.url)
      const next = known && redirected(request, ...known)
      // What would become another method is asked for where it was meant to go.
      return next?.method === request.method ? next : undefined
    },
    next(request, { field }, row) {
      const location = resolved(field('location'), request.url)
      if (!isWeb(location)) return undefined
      const to = withoutFragment(location)
      // An explicit lifetime is a cache's to keep; without one it is for good.
      if (row.permanent && (field('cache-control') ?? field('expires')) === undefined) {
        if (remembered.size > 500) remembered.clear()
        remembered.set(request.url, [to, row])
      }
      const next = redirected(request, to, row)
      return canRepeat(next) ? next : undefined
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
