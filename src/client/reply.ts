/** From an answer to the reply that the caller gets: a value, whatever its status. */
import { parseChallenges } from '../rules/credentials.ts'
import { parseList } from '../rules/list.ts'
import { isObject } from '../rules/merge-patch.ts'
import { isSuccess } from '../rules/reaction.ts'
import { parseRetryAfter } from '../rules/retry-after.ts'
import { readContent } from './content.ts'
import { ContentError, NetworkError } from './error.ts'
import type { Answer, Outgoing } from './message.ts'
import type { LooseReply, Received, ReplyProblem } from './reply-types.ts'
import { resolved } from './target.ts'

/** Reads the content. A success whose content cannot be used rejects; of a failure the status is enough. */
export async function receive(answer: Answer, request: Outgoing, limit: number): Promise<LooseReply> {
  const { status, from, url } = answer
  const { method, patience } = request
  const ok = isSuccess(status)
  const json = !ok || request.fields.get('accept')?.includes('json') !== false
  const unusable = (why: string, cause?: unknown): Error => new ContentError(method, url, status, why, cause)
  const content = await readContent(answer, limit, json, unusable).catch((error: unknown) => {
    patience.signal().throwIfAborted()
    // The status has arrived, and no content that fails to can take it back.
    if (ok) throw error instanceof ContentError ? error : new NetworkError(method, request.url, error)
  })
  const received = { status, from, url, fields: answer.fields() }
  return Object.assign(received, read(answer), ok ? { ok, content } : { ok, problem: problemOf(content, answer) })
}

/** The members that come of fields, those that are there and can be read. */
function read(answer: Answer): Pick<Received<number>, Read>
function read({ field, url }: Answer): object {
  const members: { [member in Read]?: unknown } = {}
  for (const [member, name, meaning] of MEMBERS) {
    const text = field(name)
    const value = text === undefined ? undefined : meaning(text, url)
    if (value !== undefined) members[member] = value
  }
  return members
}

type Read = 'etag' | 'location' | 'retryAfter' | 'allow' | 'challenges'
const MEMBERS: readonly (readonly [Read, name: string, meaning: (text: string, url: string) => unknown])[] = [
  ['etag', 'etag', (text) => text],
  ['location', 'location', resolved],
  ['retryAfter', 'retry-after', (text) => parseRetryAfter(text, Date.now())],
  ['allow', 'allow', parseList],
  ['challenges', 'www-authenticate', parseChallenges],
]

/** What the server says of it, or as much as the status says by itself (RFC 9457 §4.2.1). */
function problemOf(content: unknown, { status, phrase }: Answer): ReplyProblem {
  const said = Object.entries(isObject(content) ? content : {}).filter(
    // A member of another type than it should have is ignored (§3.1).
    ([name, value]) => (name === 'errors' ? isErrors(value) : typeof value === 'string' || !TEXTS.includes(name)),
  )
  return { title: phrase || `HTTP ${status}`, ...Object.fromEntries(said), status }
}

const TEXTS = ['type', 'title', 'detail', 'instance']

function isErrors(value: unknown): boolean {
  return Array.isArray(value) && value.every((error) => isObject(error) && typeof error['detail'] === 'string')
}
