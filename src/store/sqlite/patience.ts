/** Waiting for a lock without blocking: ask, and ask again later. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Eventually } from '../../server/storage.ts'
import { faultOf } from './fault.ts'

/** How long a lock held by another process is waited for. */
export const LOCK_MS = 2_000

const PAUSES_MS = [1, 2, 5, 10, 20, 50] as const

/** Rejects with what the last attempt threw, once `patience` (milliseconds) is over. */
export async function patiently<T>(attempt: () => Eventually<T>, patience = LOCK_MS): Promise<T> {
  const until = performance.now() + patience
  for (let attempts = 0; ; attempts += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (faultOf(error) !== 'busy' || performance.now() > until) throw error
    }
    await pause(attempts)
  }
}

/** Longer after each attempt, up to 50 ms: short enough that a lock let go of is soon taken. */
export async function pause(attempts: number): Promise<void> {
  await sleep(PAUSES_MS[attempts] ?? PAUSES_MS.at(-1))
}
