/**
 * A private cache in memory (RFC 9111), bounded: what was used longest ago goes first.
 *
 * Everything that could make a response another one's is part of where it is kept: the URL, the credentials,
 * and the fields that Vary names.
 */
import { cacheOver, type StoredResponse, type ResponseStore } from './cache.ts'
import type { PrivateCache } from './reaction-options.ts'

export interface MemoryCacheOptions {
  /** Octets of content at most, all together: 16 MiB. One response may have a quarter of it. */
  readonly size?: number
}

export function memoryCache({ size = 16 * 1024 * 1024 }: MemoryCacheOptions = {}): PrivateCache {
  return cacheOver(new Memory(size), size / 4)
}

class Memory implements ResponseStore {
  readonly #size: number
  /** By URL, the one used last at the end. */
  readonly #entries = new Map<string, readonly StoredResponse[]>()
  #used = 0

  constructor(size: number) {
    this.#size = size
  }

  get(url: string): readonly StoredResponse[] {
    const entries = this.#entries.get(url)
    if (entries === undefined) return []
    this.#entries.delete(url)
    this.#entries.set(url, entries)
    return entries
  }

  set(url: string, entries: readonly StoredResponse[]): void {
    this.delete(url)
    this.#entries.set(url, entries)
    this.#used += weight(entries)
    for (const oldest of this.#entries.keys()) {
      if (this.#used <= this.#size) break
      this.delete(oldest)
    }
  }

  delete(url: string): void {
    this.#used -= weight(this.#entries.get(url) ?? [])
    this.#entries.delete(url)
  }
}

/** Fields take room too. */
const OVERHEAD = 1024

function weight(entries: readonly StoredResponse[]): number {
  return entries.reduce((sum, { content }) => sum + content.length + OVERHEAD, 0)
}
