/**
 * Redirects (RFC 9110 §15.4): where the next request goes, with which method and content.
 *
 * Credentials and declared secrets never reach another origin, not even by way of one and back; what is
 * permanent is remembered (§15.4.2, §15.4.9).
 */
import { type ReactionRow, redirectedMethod } from '../rules/reaction.ts'
import type { Outgoing } from './message.ts'

type Rule = NonNullable<ReactionRow['redirect']>

const MOST_REMEMBERED = 500
/** Fields about content, which a request that became a GET no longer has (RFC 9110 §15.4). */
const OF_CONTENT = ['content-type', 'content-length', 'content-encoding', 'content-language', 'content-location']
const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization']

export class Redirects {
  /** Names of fields that are for one origin only. */
  readonly secrets: readonly string[]
  readonly #remembered = new Map<string, { readonly to: string; readonly rule: Rule }>()

  constructor(secrets: readonly string[]) {
    this.secrets = [...CREDENTIALS, ...secrets]
  }

  /** The request to send in place of one whose resource is known to have moved for good. */
  known(request: Outgoing): Outgoing | undefined {
    const entry = this.#remembered.get(request.url)
    if (entry === undefined || redirectedMethod(entry.rule, request.method) !== request.method) return undefined
    return this.#to(request, entry.to, request.method)
  }

  /** The request that the response asks for. Undefined where Location is none, no URI, or not of the web. */
  next(request: Outgoing, response: Response, rule: Rule): Outgoing | undefined {
    const to = target(response.headers.get('location'), request.url)
    const method = redirectedMethod(rule, request.method)
    if (to === undefined || (method === request.method && request.body instanceof ReadableStream)) return undefined
    // An explicit lifetime is a cache's to keep; without one it is for good.
    if (rule.permanent && !response.headers.has('cache-control') && !response.headers.has('expires'))
      this.#remember(request.url, { to, rule })
    return this.#to(request, to, method)
  }

  #to(request: Outgoing, to: string, method: string): Outgoing {
    const headers = new Headers(request.headers)
    const same = new URL(to).origin === new URL(request.url).origin
    if (!same) for (const name of this.secrets) headers.delete(name)
    if (method === request.method) return { ...request, url: to, headers, trusted: request.trusted && same }
    for (const name of OF_CONTENT) headers.delete(name)
    return { ...request, url: to, method, headers, body: undefined, trusted: request.trusted && same }
  }

  #remember(from: string, entry: { readonly to: string; readonly rule: Rule }): void {
    const [oldest] = this.#remembered.keys()
    if (oldest !== undefined && this.#remembered.size >= MOST_REMEMBERED) this.#remembered.delete(oldest)
    this.#remembered.set(from, entry)
  }
}

function target(location: string | null, base: string): string | undefined {
  if (location === null || !URL.canParse(location, base)) return undefined
  const url = new URL(location, base)
  url.hash = ''
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined
}
