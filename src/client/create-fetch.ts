/**
 * The same reactions behind the plain signature of fetch, for whatever library takes one.
 *
 * Statuses, content and errors are those of fetch: a reply of any status resolves, no reply rejects.
 */
import { flowing } from './flowing.ts'
import type { Outgoing } from './message.ts'
import { patience, TIMEOUT } from './patience.ts'
import type { ReactionOptions } from './reaction-options.ts'
import { createSend } from './send.ts'
import { originOf, withoutFragment } from './target.ts'
import { within } from './wait.ts'

export interface FetchOptions extends ReactionOptions {
  /** Where credentials may go; with `auth` only. */
  readonly origin?: string
}

/** `const fetch = createFetch({ cache: memoryCache(), retry: false })`. */
export function createFetch(options: FetchOptions = {}): typeof fetch {
  const send = createSend(options)
  const { timeout = TIMEOUT, origin } = options
  const home = origin === undefined ? undefined : originOf(origin)
  return async (input, init = {}) => {
    const { method, url, fields, body, init: said } = asking(input, init)
    // Whichever the signal belongs to; a URL has none.
    const caller: { readonly signal?: AbortSignal | null } = init.signal === undefined ? Object(input) : { ...init }
    const waiting = patience(method, url, timeout, caller)
    try {
      // A Blob and not its octets: some platforms lose octets on the way through a redirect.
      const held = body instanceof Request ? await within(waiting.signal(), body.blob()) : body
      const content = Object(held).size === 0 ? undefined : held
      const trusted = home !== undefined && originOf(url) === home
      // Written out: to add members to a copy of an object takes V8 longer than all else here.
      const answer = await send({
        method,
        url,
        fields,
        body: content,
        patience: waiting,
        repeat: true,
        trusted,
        init: said,
      })
      const response = answer.response()
      if (answer.content || !response.body) waiting.end()
      else if (caller.signal) return flowing(response, waiting.end)([], response.body.getReader())
      else endingWith(response, waiting.end)
      return response
    } catch (error) {
      waiting.end()
      throw error
    }
  }
}

/**
 * Once all of it was read at once. Without a signal there is nothing but a timer to clear away, so what is read piece by
 * piece need not be copied for that: the timer ends by itself. Whoever has a response may do with these members what can
 * be done with those of a prototype: write over them, bind them.
 */
function endingWith(response: Response, over: () => void): void {
  for (const name of ['arrayBuffer', 'blob', 'formData', 'json', 'text'] as const) {
    const read = response[name]
    const value = (): Promise<unknown> => read.call(response).finally(over)
    Object.defineProperty(response, name, { value, writable: true, configurable: true })
  }
}

type Asked = Pick<Outgoing, 'method' | 'url' | 'fields' | 'init'> & {
  /** A stream stays one, and is sent once; that of a request is held, so that it can be sent again. */
  readonly body: ReadableStream | Request | undefined
}

function asking(input: RequestInfo | URL, init: RequestInit): Asked {
  // A GET of a URL is read as it stands: to make a Request of it takes longer than to answer it from a cache.
  if (!(input instanceof Request) && (init.method ?? 'GET') === 'GET' && (init.body ?? null) === null) {
    const url = new URL(input, globalThis.location?.href)
    if (!url.username) return askedOf(url.href, init)
  }
  // Without the caller's signal: a Request would leave something on it.
  const request = new Request(input, { ...init, signal: null })
  const { method, headers, cache, redirect, credentials, url } = request
  // Only what differs from the default: not every platform knows credentials.
  const said = { ...init, method, headers, cache, redirect, ...(credentials !== 'same-origin' && { credentials }) }
  return askedOf(url, said, init.body instanceof ReadableStream ? init.body : request)
}

function askedOf(url: string, init: RequestInit, body?: Asked['body']): Asked {
  const { method = 'GET', headers, cache = 'default', redirect = 'follow', ...rest } = init
  const fields = new Map(headers && new Headers(headers))
  const said = MODES[cache]
  if (said && !fields.has('cache-control')) fields.set('cache-control', said)
  // To follow is not for the platform: this client knows what may go along.
  const own = redirect === 'follow' ? rest : { ...rest, redirect }
  return { method, url: withoutFragment(url), fields, body, init: own }
}

/** What the caller said of caches by a mode, as the field that says it (Fetch §5.4). */
const MODES: { readonly [M in RequestCache]?: string } = {
  'no-store': 'no-cache, no-store',
  reload: 'no-cache',
  'no-cache': 'max-age=0',
  'force-cache': 'max-stale',
  'only-if-cached': 'only-if-cached, max-stale',
}
