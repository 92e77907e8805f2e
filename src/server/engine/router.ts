/**
 * From a path to a resource. Unreserved characters are decoded before anything is compared, so that
 * equal URIs reach the same resource (RFC 9110 §4.2.3); the variables are decoded after.
 */
import { Memoirist } from 'memoirist'
import { decodePercent, decodeUnreserved } from '../../rules/index.ts'

export interface Routed<T> {
  readonly resource: T
  readonly params: Readonly<Record<string, string>>
}

export class Router<T extends object> {
  readonly #tree = new Memoirist<T>()

  /** `path` as it is declared: `/articles/{id}`. */
  add(path: string, resource: T): void {
    this.#tree.add(ROOT, path.replace(/\{(\w+)\}/g, ':$1'), resource)
  }

  /** `path` as it was sent, without the query. */
  find(path: string): Routed<T> | undefined {
    const escaped = path.includes('%')
    const found = this.#tree.find(ROOT, escaped ? decodeUnreserved(path) : path)
    if (found === null) return undefined
    return { resource: found.store, params: escaped ? decodeAll(found.params) : found.params }
  }
}

/** One tree for all methods: whether a resource has one is asked in the walk. */
const ROOT = ''

/** What does not decode names nothing; as it stands it will not be found. */
function decodeAll(params: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodePercent(value) ?? value]))
}
