/**
 * The heads of rows lately asked for or written, so that a 304 reads no row.
 *
 * Bounded: when the younger half is full, the older half is dropped, and what was asked for meanwhile has moved to the
 * younger. Only committed heads may be put here; whoever cannot tell what has changed forgets.
 */
import type { Head } from '../../server/storage.ts'

const HALF = 50_000

export class Heads {
  readonly #half: number
  #young = new Map<string, Head>()
  #old = new Map<string, Head>()

  constructor(half = HALF) {
    this.#half = half
  }

  get(id: string): Head | undefined {
    const young = this.#young.get(id)
    if (young !== undefined) return young
    const old = this.#old.get(id)
    if (old !== undefined) this.set(old)
    return old
  }

  set(head: Head): void {
    if (this.#young.size >= this.#half) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(head.id, head)
  }

  delete(id: string): void {
    this.#young.delete(id)
    this.#old.delete(id)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }
}
