/**
 * The same reactions behind the plain signature of fetch, for whatever library takes one.
 *
 * Statuses, content and errors are those of fetch: a reply of any status resolves, no reply rejects.
 */
import { TimeoutError } from './error.ts'
import { Patience } from './patience.ts'
import type { ReactionOptions } from './reaction-options.ts'
import { createSend } from './send.ts'

export interface FetchOptions extends ReactionOptions {
  /** Where credentials may go; with `auth` only. */
  readonly origin?: string
}

/** `const fetch = createFetch({ cache: memoryCache(), retry: false })`. */
export function createFetch(options: FetchOptions = {}): typeof fetch {
  const send = createSend(options)
  const { timeout = TIMEOUT, origin } = options
  return async (input, init) => {
    const request = new Request(input, init)
    const { method, headers } = request
    const url = new URL(request.url)
    url.hash = ''
    const patience = new Patience(timeout, request.signal, () => new TimeoutError(method, url.href, timeout))
    try {
      const { response } = await send({
        method,
        url: url.href,
        headers,
        body: await bodyOf(input, init, request),
        signal: patience.signal,
        deadline: patience.deadline,
        repeat: true,
        trusted: origin !== undefined && url.origin === new URL(origin).origin,
      })
      return response
    } finally {
      patience.rest()
    }
  }
}

const TIMEOUT = 30_000

/** A stream stays one, and is sent once; all else is held, so that it can be sent again. */
async function bodyOf(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  request: Request,
): Promise<BodyInit | undefined> {
  if (request.body === null) return undefined
  const streams = init?.body instanceof ReadableStream || (input instanceof Request && init?.body === undefined)
  // A Blob and not its octets: some platforms lose octets on the way through a redirect.
  return streams ? request.body : new Blob([await request.arrayBuffer()])
}
