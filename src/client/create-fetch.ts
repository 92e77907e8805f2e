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

export interface FetchOptions extends ReactionOptions {
  /** Where credentials may go; with `auth` only. */
  readonly origin?: string
}

/** `const fetch = createFetch({ cache: memoryCache(), retry: false })`. */
export function createFetch(options: FetchOptions = {}): typeof fetch {
  const send = createSend(options)
  const { timeout = TIMEOUT } = options
  const origin = options.origin === undefined ? undefined : originOf(options.origin)
  return async (input, init = {}) => {
    const { signal, ...asked } = plain(input, init) ?? (await whole(input, init))
    const trusted = origin !== undefined && originOf(asked.url) === origin
    const waiting = patience(asked.method, asked.url, timeout, signal)
    try {
      const answer = await send({ ...asked, patience: waiting, repeat: true, trusted })
      const response = answer.response()
      if (answer.content !== undefined || response.body === null) waiting.end()
      // Nothing but a timer has to be cleared away without a signal, and it does so by itself.
      else if (signal) return flowing(response, waiting.end)([], response.body.getReader())
      return response
    } catch (error) {
      waiting.end()
      throw error
    }
  }
}

type Asked = Pick<Outgoing, 'method' | 'url' | 'fields' | 'body' | 'init'> & {
  readonly signal: AbortSignal | null | undefined
}

/** A GET of a URL is read as it stands: to make a Request of it takes longer than to answer it from a cache. */
function plain(input: RequestInfo | URL, init: RequestInit): Asked | undefined {
  const { method = 'GET', body } = init
  if (input instanceof Request || method !== 'GET' || (body ?? undefined) !== undefined) return undefined
  const url = new URL(input, globalThis.location?.href)
  return url.username === '' ? askedOf(url.href, init) : undefined
}

/** A stream stays one, and is sent once; all else is held, a Request's too, so that it can be sent again. */
async function whole(input: RequestInfo | URL, init: RequestInit): Promise<Asked> {
  const request = new Request(input, init)
  const { method, headers, signal, cache, credentials, redirect, url } = request
  // A Blob and not its octets: some platforms lose octets on the way through a redirect.
  const held = init.body instanceof ReadableStream ? init.body : await request.blob()
  // Only what differs from the default: not every platform knows credentials.
  const said = {
    ...init,
    ...(credentials !== 'same-origin' && { credentials }),
    method,
    headers,
    signal,
    cache,
    redirect,
  }
  return askedOf(url, said, Object(held).size === 0 ? undefined : held)
}

function askedOf(url: string, init: RequestInit, body?: BodyInit): Asked {
  const { method = 'GET', headers, signal, cache = 'default', redirect = 'follow', ...rest } = init
  const fields = new Map(headers === undefined ? [] : new Headers(headers))
  const said = MODES[cache]
  if (said !== undefined && !fields.has('cache-control')) fields.set('cache-control', said)
  // To follow is not for the platform: this client knows what may go along.
  const own = redirect === 'follow' ? rest : { ...rest, redirect }
  return { method, url: withoutFragment(url), fields, body, signal, init: own }
}

/** What the caller said of caches by a mode, as the field that says it (Fetch §5.4). */
const MODES: { readonly [M in RequestCache]?: string } = {
  'no-store': 'no-cache, no-store',
  reload: 'no-cache',
  'no-cache': 'max-age=0',
  'force-cache': 'max-stale',
  'only-if-cached': 'only-if-cached, max-stale',
}
