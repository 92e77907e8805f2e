/** From a request to the platform's fetch and back. */
import { NetworkError } from './error.ts'
import type { Outgoing } from './message.ts'
import type { ReactionOptions } from './reaction-options.ts'

/** A page's fetch hides where a redirect leads (Fetch §4.4), so there the platform has to follow. */
const HIDES_LOCATION = globalThis.navigator?.userAgent?.startsWith('Mozilla/')

/** Rejects with a `NetworkError` where no answer came, with the signal's reason once it is aborted. */
export function createNetwork({ fetch, redirect, secrets }: ReactionOptions): (request: Outgoing) => Promise<Response> {
  // A platform that follows by itself takes declared secrets along, so then it must not.
  const mode: RequestRedirect = HIDES_LOCATION && redirect !== false ? (secrets ? 'error' : 'follow') : 'manual'
  return async ({ method, url, fields, body = null, init: said, patience }) => {
    const signal = patience.signal()
    // A stream is sent only by those who say that they read the answer after it (Fetch §5.4).
    const own = { redirect: mode, ...said, method, headers: [...fields], body, duplex: 'half', signal }
    try {
      return await (fetch ?? globalThis.fetch)(url, own)
    } catch (error) {
      signal.throwIfAborted()
      throw new NetworkError(method, url, error)
    }
  }
}
