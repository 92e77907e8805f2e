/**
 * What is known of rows without reading them: heads that were asked for lately, and the revision of each table; of
 * committed rows only. Good until something is committed here that changes them, or by another connection, which is looked
 * for once in a turn of the event loop.
 */
import type { Head } from '../../server/storage.ts'
import { Heads } from './heads.ts'
import { Revisions } from './revisions.ts'
import type { Change } from './transaction.ts'
import { oncePerTurn } from './turn.ts'

export class Memory {
  readonly #heads = new Heads()
  readonly #revisions = new Revisions()
  readonly #refresh: () => void
  #trusted = false
  #seen: unknown

  /** `version` is another one when another connection has committed; it throws when the file cannot be trusted. */
  constructor(version: () => unknown) {
    this.#refresh = oncePerTurn(() => {
      this.#trusted = this.#isUnchanged(version)
    })
  }

  head(table: string, id: string): Head | undefined {
    this.#refresh()
    return this.#trusted ? this.#heads.get(table, id) : undefined
  }

  revision(table: string): number | undefined {
    this.#refresh()
    return this.#trusted ? this.#revisions.of(table) : undefined
  }

  keepHead(table: string, head: Head | undefined): Head | undefined {
    if (head !== undefined) this.#heads.set(table, head)
    return head
  }

  /** What a commit did. */
  apply(changes: readonly Change[]): void {
    this.#heads.apply(changes)
    this.#revisions.apply(changes)
  }

  /** Somebody else may have changed any row. */
  forget(): void {
    this.#heads.forget()
    this.#revisions.forget()
    this.#seen = undefined
  }

  /** False when nothing can be trusted in this turn: whatever is wrong, the file itself will say. */
  #isUnchanged(version: () => unknown): boolean {
    try {
      const seen = version()
      if (seen !== this.#seen) this.forget()
      this.#seen = seen
      return true
    } catch {
      return false
    }
  }
}
