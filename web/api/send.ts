/** Sends a draft and hands over the reply as it comes: its head at once, its content as far as it is shown. */
import { type Draft, fieldsOf } from './draft.ts'
import type { Keys } from './keys.ts'

export interface Reply {
  readonly status: number
  /** A redirect: a browser tells a page that there was one, and no more (Fetch, "opaque-redirect filtered response"). */
  readonly hidden: boolean
  readonly phrase: string
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly content: string
  /** `coming`; `whole`; `cut`, because more is not shown; `stopped` by whoever asked. */
  readonly end: 'coming' | 'whole' | 'cut' | 'stopped'
  /** What the server calls this request by. */
  readonly reference: string | undefined
  readonly milliseconds: number
}

/** Characters of content that are shown. */
export const MOST = 100_000
const BETWEEN_MS = 200

/** Rejects when there is no reply at all. `seen` is told of every stage but the last. */
export async function send(
  draft: Draft,
  keys: Keys,
  { signal, seen }: { signal?: AbortSignal; seen?: (reply: Reply) => void } = {},
): Promise<Reply> {
  const url = new URL(draft.path, location.origin)
  // A key goes to the API that it is for.
  if (url.origin !== location.origin) throw new TypeError('From here requests go to this API alone.')
  const began = performance.now()
  const response = await fetch(url, {
    method: draft.method,
    headers: fieldsOf(draft, keys),
    redirect: 'manual',
    cache: 'no-store',
    credentials: 'omit',
    ...(draft.content !== '' && { body: draft.content }),
    ...(signal !== undefined && { signal }),
  })
  let reply = headOf(response, performance.now() - began)
  seen?.(reply)
  let told = began
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
      reply = { ...reply, content: reply.content + part.value }
      if (reply.content.length > MOST) {
        await reader?.cancel()
        return { ...reply, content: reply.content.slice(0, MOST), end: 'cut' }
      }
      if (performance.now() - told < BETWEEN_MS) continue
      told = performance.now()
      seen?.(reply)
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error
    return { ...reply, end: 'stopped' }
  }
  return { ...reply, end: 'whole' }
}

function headOf(response: Response, milliseconds: number): Reply {
  return {
    status: response.status,
    hidden: response.type === 'opaqueredirect',
    phrase: response.statusText,
    fields: [...response.headers],
    content: '',
    end: 'coming',
    reference: response.headers.get('Request-Id') ?? undefined,
    milliseconds,
  }
}
