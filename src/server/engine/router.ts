/**
 * From a path to a resource. Unreserved characters are decoded before anything is compared, so that
 * equal URIs reach the same resource (RFC 9110 §4.2.3); the variables are decoded after.
 */
import { addRoute, createRouter, findRoute } from 'rou3'
import { decodePercent, decodeUnreserved } from '../../rules/index.ts'
import { remember } from '../../rules/remember.ts'

export interface Routed<T> {
  readonly resource: T
  readonly params: Readonly<Record<string, string>> | undefined
}

export class Router<T extends object> {
  readonly #routes = createRouter<T>()
  /** Paths that end in a slash, which the tree does not tell from those without. */
  readonly #folders = new Map<string, T>()

  /** `path` as it is declared: `/articles/{id}`. */
  add(path: string, resource: T): void {
    if (isFolder(path)) this.#folders.set(path, resource)
    else addRoute(this.#routes, '', path.replace(/\{(\w+)\}/g, ':$1'), resource)
  }

  /** `path` as it was sent, without the query. Asked once every path is added. */
  readonly find: (path: string) => Routed<T> | undefined = remember((path) => this.#find(path), MET)

  #find(path: string): Routed<T> | undefined {
    const escaped = path.includes('%')
    const normal = escaped ? decodeUnreserved(path) : path
    if (isFolder(normal)) {
      const resource = this.#folders.get(normal)
      return resource && { resource, params: undefined }
    }
    const found = findRoute(this.#routes, '', normal)
    if (found === undefined) return undefined
    return {
      resource: found.data,
      params: escaped && found.params !== undefined ? decodeAll(found.params) : found.params,
    }
  }
}

/** Paths kept in mind: the tree is asked again for others. */
const MET = 1_000

const isFolder = (path: string): boolean => path.length > 1 && path.endsWith('/')

/** What does not decode names nothing; as it stands it will not be found. */
function decodeAll(params: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodePercent(value) ?? value]))
}
