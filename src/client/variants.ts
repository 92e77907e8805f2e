/**
 * The responses that are kept for each URL: which of them answers a request, and which one takes another's place
 * (RFC 9111 §4, §4.1).
 */
import { comparable } from '../rules/freshness.ts'
import { answersRange } from '../rules/range.ts'
import type { Answer, Outgoing } from './message.ts'
import type { StoredResponse } from './stored-response.ts'

/** Where responses are kept: the variants of each URL, newest first. */
export interface ResponseStore {
  get(url: string): readonly StoredResponse[]
  set(url: string, entries: readonly StoredResponse[]): void
  delete(url: string): void
}

/** How a storage that others may see knows credentials and selecting fields; equal for what is equal. */
export type Conceal = (text: string) => string

const MOST_VARIANTS = 20

export class Variants {
  readonly conceal: Conceal
  readonly #storage: ResponseStore
  /** What is asked for now, and was not changed by a write since: whose answer may be kept. */
  readonly #asking = new Set<Outgoing>()

  constructor(storage: ResponseStore, conceal: Conceal) {
    this.#storage = storage
    this.conceal = conceal
  }

  /** The newest that the same caller got for the same fields (RFC 9111 §4, §4.1). */
  find(request: Outgoing, owner: string): StoredResponse | undefined {
    const range = request.fields.get('range')
    return this.#storage
      .get(request.url)
      .find(
        ({ owner: its, selecting, status, content: { length } }) =>
          its === owner &&
          selecting.every(([name, value]) => this.value(request, name) === value) &&
          answersRange(status, length, range),
      )
  }

  /** Of a selecting field. */
  value({ fields }: Outgoing, name: string): string | undefined {
    const value = comparable(name, fields.get(name))
    return value === undefined ? undefined : this.conceal(value)
  }

  /** While it lasts, a write can say that the answer is old: what is asked for by then is not kept. */
  ask(request: Outgoing, act: () => Promise<Answer>): Promise<Answer> {
    this.#asking.add(request)
    return act().finally(() => this.#asking.delete(request))
  }

  isAsking(url: string): boolean {
    return [...this.#asking].some((request) => request.url === url)
  }

  /** What is kept there, and what is on its way. */
  forget(url: string): void {
    this.#storage.delete(url)
    for (const request of this.#asking) if (request.url === url) this.#asking.delete(request)
  }

  /** In place of the one that the same request would have found. */
  put(request: Outgoing, entry: StoredResponse): void {
    if (!this.#asking.has(request)) return
    const { url } = request
    const selecting = JSON.stringify(entry.selecting)
    const others = this.#storage
      .get(url)
      .filter((other) => other.owner !== entry.owner || JSON.stringify(other.selecting) !== selecting)
    this.#storage.set(url, [entry, ...others].slice(0, MOST_VARIANTS))
  }
}
