/**
 * Read, change, write back: only over the version that was read (RFC 9110 §13.1.1).
 *
 * A 412 means that somebody was faster: read theirs, apply the change to it, try again. A write that may
 * have been done is never sent again, or the change would be applied twice.
 */
import { isStrongTag } from '../rules/etag.ts'
import { reactionTo } from '../rules/reaction.ts'
import type { LooseInit } from './call-types.ts'
import { canSay, difference } from './difference.ts'
import { NoValidator } from './error.ts'
import type { LooseReply } from './reply-types.ts'
import type { Tell } from './tell.ts'
import { wait, within } from './wait.ts'

export interface UpdateInit extends Omit<LooseInit, 'content' | 'idempotencyKey' | 'repeat'> {
  /** How often to read anew at most: 10. */
  readonly tries?: number
}

/** What it needs of a client. */
export interface Updater {
  request(method: string, path: string, init: LooseInit): Promise<LooseReply>
  /** Paths whose resources are known to have no PATCH. */
  readonly unpatchable: Set<string>
  readonly tell: Tell
}

export async function update(
  updater: Updater,
  path: string,
  { tries = 10, ...init }: UpdateInit,
  change: (content: unknown) => unknown,
): Promise<LooseReply> {
  const send = (method: string, name: string, value: string, content?: unknown): Promise<LooseReply> =>
    updater.request(method, path, {
      ...init,
      repeat: method === 'GET',
      headers: { ...init.headers, [name]: value },
      content,
    })
  for (let done = 1; ; done++) {
    // A copy that is still fresh by the clock may be old already.
    const read = await send('GET', 'cache-control', 'no-cache')
    if (!read.ok) return read
    const { content: from, etag = '', url } = read
    if (!isStrongTag(etag)) throw new NoValidator(url)
    const changed = await within(init.signal, change(structuredClone(from)))
    const to: unknown = changed === undefined ? from : JSON.parse(JSON.stringify(changed))
    const patch = difference(from, to)
    if (patch === undefined) return read
    // The least that says it: a merge patch, or the whole where there is no PATCH or a patch cannot say it.
    const patchable = !updater.unpatchable.has(path) && canSay(patch, to)
    let written = patchable && (await send('PATCH', 'if-match', etag, patch))
    if (!written || (reactionTo(written.status).may === 'switch' && written.allow?.includes('PUT'))) {
      if (written) updater.unpatchable.add(path)
      written = await send('PUT', 'if-match', etag, to)
    }
    if (reactionTo(written.status).may !== 'reread' || done > tries) return written
    updater.tell({ kind: 'reread', method: 'GET', url, status: written.status, try: done })
    await wait(Math.random() * Math.min(LONGEST_PAUSE, done * PAUSE), init.signal)
  }
}

/** Milliseconds, more each time: those who collide part again. */
const PAUSE = 20
const LONGEST_PAUSE = 200
