/**
 * The same reactions behind the plain signature of fetch, for whatever library takes one.
 *
 * Statuses, content and errors are those of fetch: a reply of any status resolves, no reply rejects.
 */
import { TimeoutError } from './error.ts'
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
  return async (input, init) => {
    const asked = plain(input, init) ?? (await whole(input, init))
    const { method, url, signal } = asked
    const trusted = origin !== undefined && originOf(url) === origin
    const waiting = patience(timeout, signal, () => new TimeoutError(method, url, timeout))
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
function plain(input: RequestInfo | URL, init?: RequestInit): Asked | undefined {
  const { method = 'GET', body, headers, signal, cache } = init ?? {}
  if (input instanceof Request || method !== 'GET' || (body ?? undefined) !== undefined) return undefined
  const url = new URL(input, globalThis.location?.href)
  if (url.username !== '') return undefined
  return {
    method,
    url: withoutFragment(url.href),
    fields: told(new Map(headers === undefined ? [] : new Headers(headers)), cache),
    body: undefined,
    signal,
    init: init && besides(init),
  }
}

/** A stream stays one, and is sent once; all else is held, so that it can be sent again. */
async function whole(input: RequestInfo | URL, init: RequestInit | undefined): Promise<Asked> {
  const request = new Request(input, init)
  const { method, headers, signal, body, credentials, redirect } = request
  const streams = init?.body instanceof ReadableStream || (input instanceof Request && init?.body === undefined)
  // A Blob and not its octets: some platforms lose octets on the way through a redirect.
  const held = body === null ? undefined : streams ? body : new Blob([await request.arrayBuffer()])
  const fields = told(new Map(headers), request.cache)
  // Only what differs from the default: not every platform knows credentials.
  const said = credentials === 'include' || credentials === 'omit' ? { credentials } : {}
  return {
    method,
    url: withoutFragment(request.url),
    fields,
    body: held,
    signal,
    init: besides({ ...init, ...said, redirect }),
  }
}

/** What is for the platform alone. To follow is not: this client knows what may go along. */
function besides({ redirect = 'follow', body: _body, cache: _cache, ...rest }: RequestInit): RequestInit {
  return redirect === 'follow' ? rest : { ...rest, redirect }
}

/** What the caller said of caches by a mode, as the field that says it (Fetch §5.4). */
function told(fields: Map<string, string>, mode: RequestCache = 'default'): Map<string, string> {
  const said = MODES[mode]
  return said === undefined || fields.has('cache-control') ? fields : fields.set('cache-control', said)
}

const MODES: { readonly [M in RequestCache]?: string } = {
  'no-store': 'no-cache, no-store',
  reload: 'no-cache',
  'no-cache': 'max-age=0',
  'force-cache': 'max-stale',
  'only-if-cached': 'only-if-cached, max-stale',
}
