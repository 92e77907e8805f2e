/**
 * Read, change, write back: only over the version that was read (RFC 9110 §13.1.1).
 *
 * A 412 means that somebody was faster: read theirs, apply the change to it, try again. A write that may
 * have been done is never sent again, or the change would be applied twice.
 */
import { isStrongTag } from '../rules/etag.ts'
import { reactionTo } from '../rules/reaction.ts'
import type { LooseInit } from './call-types.ts'
import { difference, same } from './difference.ts'
import { NoValidator } from './error.ts'
import type { LooseReply } from './reply-types.ts'
import { wait } from './wait.ts'

export interface UpdateInit extends Omit<LooseInit, 'content' | 'idempotencyKey' | 'repeat'> {
  /** How often to read anew at most: 10. */
  readonly tries?: number
}

/** What it needs of a client. */
export interface Updater {
  request(method: string, path: string, init: LooseInit): Promise<LooseReply>
  /** Paths whose resources are known to have no PATCH. */
  readonly unpatchable: Set<string>
  reread(url: string, status: number, tries: number): void
}

export async function update(
  updater: Updater,
  path: string,
  { tries = 10, ...init }: UpdateInit,
  change: (content: unknown) => unknown,
): Promise<LooseReply> {
  for (let done = 1; ; done++) {
    // A copy that is still fresh by the clock may be old already.
    const read = await updater.request('GET', path, {
      ...init,
      headers: { ...init.headers, 'cache-control': 'no-cache' },
    })
    if (!read.ok) return read
    if (read.etag === undefined || !isStrongTag(read.etag)) throw new NoValidator(read.url)
    const changed = await change(structuredClone(read.content))
    if (changed === undefined) return read
    const content: unknown = JSON.parse(JSON.stringify(changed))
    if (same(read.content, content)) return read
    const conditional = { ...init, repeat: false, headers: { ...init.headers, 'if-match': read.etag } }
    const written = await write(updater, path, conditional, read.content, content)
    if (reactionTo(written.status).may !== 'reread' || done > tries) return written
    updater.reread(read.url, written.status, done)
    await wait(Math.random() * LONGEST_PAUSE * Math.min(1, done / 10), init.signal)
  }
}

/** Milliseconds. Those who collide part again. */
const LONGEST_PAUSE = 200

/** The least that says it: a merge patch, or the whole where there is no PATCH or a patch cannot say it. */
async function write(updater: Updater, path: string, init: LooseInit, from: unknown, to: unknown): Promise<LooseReply> {
  const patch = updater.unpatchable.has(path) ? undefined : difference(from, to)
  if (patch === undefined) return updater.request('PUT', path, { ...init, content: to })
  const patched = await updater.request('PATCH', path, { ...init, content: patch })
  if (reactionTo(patched.status).may !== 'switch' || patched.allow?.includes('PUT') !== true) return patched
  updater.unpatchable.add(path)
  return updater.request('PUT', path, { ...init, content: to })
}
