/**
 * Representations kept by id and variant, bounded in number and size.
 *
 * An entry is used only for the version or the revision it was made of, so nothing stale is ever sent
 * and nothing need be thrown out on a write. Two generations: when the younger is full the older is dropped,
 * and what is used moves to the younger. So a hit costs one look-up, and no list is kept in order.
 */
import type { Found, Representation } from '../operation.ts'

export interface Kept {
  readonly version: number
  /** Of the table, when this was last seen to be so. */
  revision: number | undefined
  readonly representation: Representation
  /** What a load of this version settles with, made once. */
  readonly found: Found
}

export class RepresentationCache {
  readonly #entries: number
  readonly #octets: number
  #young = new Map<string, Kept>()
  #old = new Map<string, Kept>()
  #size = 0

  /** At most so many entries and octets of content, both generations together. */
  constructor(entries: number, octets: number) {
    this.#entries = entries / 2
    this.#octets = octets / 2
  }

  get(id: string, variant: number): Kept | undefined {
    const key = keyOf(id, variant)
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.#keep(key, old)
    return old
  }

  set(id: string, variant: number, kept: Kept): void {
    const key = keyOf(id, variant)
    const known = this.#young.get(key) ?? this.#old.get(key)
    if (known === undefined || known.version <= kept.version) this.#keep(key, kept)
  }

  #keep(key: string, kept: Kept): void {
    const { length } = kept.representation
    if (length > this.#octets) return
    if (this.#young.size >= this.#entries || this.#size + length > this.#octets) {
      this.#old = this.#young
      this.#young = new Map()
      this.#size = 0
    }
    this.#size += length - (this.#young.get(key)?.representation.length ?? 0)
    this.#young.set(key, kept)
  }
}

/** Most callers are of variant 0, and an id needs no copy then. */
function keyOf(id: string, variant: number): string {
  return variant === 0 ? id : `${variant}\0${id}`
}
