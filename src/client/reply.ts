/** From an answer to the reply that the caller gets: a value, whatever its status. */
import { parseChallenges } from '../rules/credentials.ts'
import { parseList } from '../rules/list.ts'
import type { ReactionRow } from '../rules/reaction.ts'
import { readContent, Unusable } from './content.ts'
import { ContentError, NetworkError, StatusError } from './error.ts'
import type { Answer, Outgoing } from './message.ts'
import type { LooseReply, ReplyProblem } from './reply-types.ts'
import { retryAfter } from './retry.ts'

/** Reads the content. A success whose content cannot be used rejects; of a failure the status is enough. */
export async function receive({ response, from }: Answer, request: Outgoing, limit: number): Promise<LooseReply> {
  const { status, headers } = response
  const url = response.url === '' ? request.url : response.url
  const received = { status, from, url, fields: headers, ...known(headers, url) }
  if (!response.ok) return { ok: false, ...received, problem: await readProblem(response, request, limit) }
  const json = request.headers.get('accept')?.includes('json') ?? true
  try {
    return { ok: true, ...received, content: await readContent(response, limit, json) }
  } catch (error) {
    if (error instanceof Unusable) throw new ContentError(request.method, url, status, error.message, error.cause)
    throw broken(error, request)
  }
}

/** The content of a success; throws for any other status. */
export function valueOf(reply: LooseReply, method: string): unknown {
  if (reply.ok) return reply.content
  throw new StatusError(method, reply.url, reply.status, reply.problem)
}

/** Does the server say that work goes on: a 202, or a success that asks to come back? */
export function isUnderWay(reply: LooseReply, { may }: ReactionRow): boolean {
  return reply.ok && (may === 'poll' || reply.retryAfter !== undefined)
}

/** Fields that can be read, and only those that are there. */
function known(headers: Headers, url: string) {
  const etag = headers.get('etag')
  const location = headers.get('location')
  const ms = retryAfter(headers)
  const allow = headers.get('allow')
  const challenge = headers.get('www-authenticate')
  const challenges = challenge === null ? undefined : parseChallenges(challenge)
  return {
    ...(etag === null ? undefined : { etag }),
    ...(location !== null && URL.canParse(location, url) ? { location: new URL(location, url).href } : undefined),
    ...(ms === undefined ? undefined : { retryAfter: ms }),
    ...(allow === null ? undefined : { allow: parseList(allow) }),
    ...(challenges === undefined ? undefined : { challenges }),
  }
}

/** What the server says of it, or as much as the status says by itself (RFC 9457 §4.2.1). */
async function readProblem(response: Response, request: Outgoing, limit: number): Promise<ReplyProblem> {
  const { status } = response
  const own = { title: response.statusText === '' ? `HTTP ${status}` : response.statusText }
  const content = await readContent(response, limit, true).catch(() => {
    // The status has arrived, and no content that fails to can take it back; a caller who gave up does not want it.
    if (request.signal?.aborted === true) throw request.signal.reason
  })
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return { ...own, status }
  const { title, detail, errors, ...rest } = Object.fromEntries(Object.entries(content))
  return {
    ...rest,
    title: typeof title === 'string' ? title : own.title,
    status,
    ...(typeof detail === 'string' ? { detail } : undefined),
    ...(Array.isArray(errors) && errors.every(isProblemError) ? { errors } : undefined),
  }
}

function isProblemError(error: unknown): error is { readonly detail: string } {
  return typeof error === 'object' && error !== null && 'detail' in error && typeof error.detail === 'string'
}

function broken(error: unknown, { method, url, signal }: Outgoing): unknown {
  return signal?.aborted === true ? signal.reason : new NetworkError(method, url, error)
}
