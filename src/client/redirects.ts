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

export class Redirects {
  /** Lower-case names of fields that are for one origin only. */
  readonly #secrets: readonly string[]
  readonly #remembered = new Map<string, { readonly to: string; readonly rule: Rule }>()

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets
  }

  /** The request to send in place of one whose resource is known to have moved for good. */
  known(request: Outgoing): Outgoing | undefined {
    const entry = this.#remembered.get(request.url)
    if (entry === undefined || redirectedMethod(entry.rule, request.method) !== request.method) return undefined
    return this.#to(request, entry.to, request.method)
  }

  /** The request that the answer asks for. Undefined where Location is none, no URI, or not of the web. */
  next(request: Outgoing, { field }: Answer, rule: Rule): Outgoing | undefined {
    const to = resolved(field('location'), request.url)?.replace(/#.*/, '')
    const method = redirectedMethod(rule, request.method)
    if (!isWeb(to) || (method === request.method && !canRepeat(request))) return undefined
    // An explicit lifetime is a cache's to keep; without one it is for good.
    if (rule.permanent && (field('cache-control') ?? field('expires')) === undefined)
      this.#remember(request.url, { to, rule })
    return this.#to(request, to, method)
  }

  /** Without the secrets for another origin; without content, and the fields about it, for another method. */
  #to(request: Outgoing, to: string, method: string): Outgoing {
    const same = originOf(to) === originOf(request.url)
    const kept = method === request.method
    const goes = (name: string): boolean =>
      (same || !this.#secrets.includes(name)) && (kept || !name.startsWith('content-'))
    return {
      ...request,
      url: to,
      method,
      fields: new Map([...request.fields].filter(([name]) => goes(name))),
      body: kept ? request.body : undefined,
      trusted: request.trusted && same,
    }
  }

  #remember(from: string, entry: { readonly to: string; readonly rule: Rule }): void {
    const [oldest = ''] = this.#remembered.keys()
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.delete(oldest)
    this.#remembered.set(from, entry)
  }
}

export function isWeb(url: string | undefined): url is string {
  return /^https?:/.test(url ?? '')
}

/** Content that can be read once can be sent once. */
export function canRepeat({ body }: Outgoing): boolean {
  return !(body instanceof ReadableStream)
}
