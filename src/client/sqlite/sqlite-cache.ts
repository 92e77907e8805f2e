/**
 * A private cache in a SQLite file (RFC 9111), for Node: it outlives the process, and several processes may share it.
 *
 * A cache is never a reason to fail: a file that cannot be used is an empty cache, and that is said once. From the
 * first fault on nothing is read any more, since what could not be deleted there could be wrong.
 */
import { createHmac } from 'node:crypto'
import { cacheOver, type StoredResponse, type ResponseStore } from '../cache.ts'
import type { PrivateCache } from '../reaction-options.ts'
import { ResponseFile } from './response-file.ts'

export interface SqliteCacheOptions {
  /** Its path. Made where there is none, for nobody but its owner to read: responses are in it as they came. */
  readonly file: string
  /** Octets of content at most, all together: 64 MiB. One response may have a quarter of it. */
  readonly size?: number
  /** Told at most once: why the file cannot be used. Without it the process warns. */
  readonly onFault?: (fault: Error) => void
}

export interface SqliteCache extends PrivateCache {
  /** Afterwards it is an empty cache. */
  close(): void
}

/** `createClient(base, { cache: sqliteCache({ file: 'cache.db' }) })`. */
export function sqliteCache({ file, size = 64 * 1024 * 1024, onFault = warn }: SqliteCacheOptions): SqliteCache {
  const storage = new SqliteStore(onFault, () => new ResponseFile(file, size))
  // Whose a response is, and what selected it, may be secrets: the file tells them apart, and knows none.
  const conceal = (text: string): string => createHmac('sha256', storage.salt).update(text).digest('base64')
  const cache = cacheOver(storage, size / 4, conceal)
  return { answer: (...of) => cache.answer(...of), close: () => storage.close() }
}

class SqliteStore implements ResponseStore {
  readonly #onFault: (fault: Error) => void
  #file: ResponseFile | undefined
  readonly salt: string

  constructor(onFault: (fault: Error) => void, open: () => ResponseFile) {
    this.#onFault = onFault
    this.#file = this.#try(open)
    this.salt = this.#file?.salt ?? ''
  }

  get(url: string): readonly StoredResponse[] {
    return this.#try(() => this.#file?.read(url)) ?? []
  }

  set(url: string, entries: readonly StoredResponse[]): void {
    this.#try(() => this.#file?.write(url, entries))
  }

  delete(url: string): void {
    this.#try(() => this.#file?.write(url, []))
  }

  close(): void {
    this.#file?.close()
    this.#file = undefined
  }

  #try<T>(act: () => T): T | undefined {
    try {
      return act()
    } catch (error) {
      this.close()
      this.#onFault(new Error(`no cache in a file: ${String(error)}`, { cause: error }))
      return undefined
    }
  }
}

const warn = (fault: Error): void => process.emitWarning(fault)
