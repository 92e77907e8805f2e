/** From an answer to the reply that the caller gets: a value, whatever its status. */
import { parseChallenges } from '../rules/credentials.ts'
import { parseList } from '../rules/list.ts'
import { isObject } from '../rules/merge-patch.ts'
import { isSuccess, type ReactionRow } from '../rules/reaction.ts'
import { readContent } from './content.ts'
import { ContentError, NetworkError, StatusError } from './error.ts'
import type { Answer, Outgoing } from './message.ts'
import type { LooseReply, ReplyProblem } from './reply-types.ts'
import { retryAfter } from './retry.ts'
import { resolved } from './target.ts'

/** Reads the content. A success whose content cannot be used rejects; of a failure the status is enough. */
export async function receive(answer: Answer, request: Outgoing, limit: number): Promise<LooseReply> {
  const { status, from, url } = answer
  const ok = isSuccess(status)
  const json = !ok || request.fields.get('accept')?.includes('json') !== false
  const unusable = (why: string, cause?: unknown): Error => new ContentError(request.method, url, status, why, cause)
  const content = await readContent(answer, limit, json, unusable).catch((error: unknown) => {
    const { signal } = request.patience
    if (signal.aborted) throw signal.reason
    // The status has arrived, and no content that fails to can take it back.
    if (ok) throw error instanceof ContentError ? error : new NetworkError(request.method, request.url, error)
  })
  const received = {
    status,
    from,
    url,
    get fields() {
      return answer.fields()
    },
    ...known(answer),
  }
  return ok
    ? Object.assign(received, { ok, content })
    : Object.assign(received, { ok, problem: problemOf(content, answer) })
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
function known({ field, url }: Answer) {
  const etag = field('etag')
  const location = resolved(field('location'), url)
  const ms = retryAfter(field)
  const allow = field('allow')
  const challenges = parseChallenges(field('www-authenticate') ?? '')
  return {
    ...(etag !== undefined && { etag }),
    ...(location !== undefined && { location }),
    ...(ms !== undefined && { retryAfter: ms }),
    ...(allow !== undefined && { allow: parseList(allow) }),
    ...(challenges !== undefined && { challenges }),
  }
}

/** What the server says of it, or as much as the status says by itself (RFC 9457 §4.2.1). */
function problemOf(content: unknown, { status, phrase }: Answer): ReplyProblem {
  const { title, detail, errors, ...rest } = isObject(content) ? content : {}
  return {
    ...rest,
    title: typeof title === 'string' ? title : phrase || `HTTP ${status}`,
    status,
    ...(typeof detail === 'string' && { detail }),
    ...(Array.isArray(errors) && errors.every(isProblemError) && { errors }),
  }
}

function isProblemError(error: unknown): error is { readonly detail: string } {
  return isObject(error) && typeof error['detail'] === 'string'
}
