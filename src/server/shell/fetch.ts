/**
 * The Fetch shell: one function from Request to Response, for workers, Bun, Deno and tests.
 *
 * Whoever calls it has read the head and owns the connection: interim responses, Connection and the
 * time a head may take are theirs. Everything else is answered as it is over node:http.
 */
import { formatDate } from '../../rules/index.ts'
import type { Engine } from '../serving.ts'
import { FetchIncoming } from './fetch-incoming.ts'
import type { Reply } from '../engine/incoming.ts'
import { readable } from './readable.ts'

export type FetchHandler = (request: Request, info?: FetchInfo) => Promise<Response>

export interface FetchInfo {
  /** The address of the other end. Without it, failed logins are counted by account alone, and nobody's share is limited. */
  readonly address?: string
}

/** A function that answers with this engine. It never rejects. */
export function createFetchHandler(engine: Engine): FetchHandler {
  return async (request, info = {}) => {
    const reply = await engine.handle(new FetchIncoming(request, info.address ?? '', engine.limits))
    return toResponse(reply, request.method === 'HEAD')
  }
}

function toResponse({ status, phrase, fields, content, stream }: Reply, toHead: boolean): Response {
  const headers = new Headers({ Date: formatDate(Date.now()) })
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] ?? ''
    if (name !== 'Connection') headers.append(name, fields[at + 1] ?? '')
  }
  if (stream !== undefined && !toHead) return new Response(readable(stream), { status, statusText: phrase, headers })
  // A response without content is made of null: an empty string would not do for a 205.
  return new Response(toHead || content === '' ? null : (content ?? null), { status, statusText: phrase, headers })
}
