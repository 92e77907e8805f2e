/**
 * From a target to what is meant by it: the plan of an operation, and what else its resource can be asked for.
 */
import { type Authority, parseHost, parseTarget } from '../../rules/index.ts'
import { isAuthorityOf, type Origin, parseOrigin } from '../../rules/origin.ts'
import { escapeQuery } from '../../rules/percent.ts'
import { remember } from '../../rules/remember.ts'
import type { Compiled, Resource } from './compile.ts'
import type { Destination, Head } from './head.ts'
import type { Incoming } from './incoming.ts'
import { Router } from './router.ts'

export class Routes {
  readonly #compiled: Compiled
  readonly #router = new Router<Resource>()
  /** Undefined where none are declared. */
  readonly #origins: readonly Origin[] | undefined
  readonly #isOurHost = remember((host) => this.#isOurs(parseHost(host)))

  constructor(compiled: Compiled) {
    this.#compiled = compiled
    this.#origins = compiled.declaration.origins?.flatMap((origin) => parseOrigin(origin) ?? [])
    for (const resource of compiled.resources) this.#router.add(resource.path, resource)
  }

  /** Where a request is headed. */
  destination({ broken, method, target }: Incoming): Destination {
    if (target === '*') return { ...this.#compiled.asterisk, path: target, params: undefined }
    const path = pathOf(target)
    const routed = broken === undefined ? this.#router.find(path) : undefined
    if (routed === undefined)
      return { plan: this.#compiled.unrouted, operation: undefined, path, params: undefined, allow: '' }
    const { resource, params } = routed
    const planned = resource.destinations.get(method)
    return { plan: planned?.plan ?? resource.other, operation: planned?.operation, path, params, allow: resource.allow }
  }

  /** Where the origins are declared, no other authority is answered for; without TLS, no https target (RFC 9110 §7.4). */
  answersFor(incoming: Incoming): boolean {
    const target = incoming.target.startsWith('/') ? undefined : parseTarget(incoming.target)
    if (target?.form === 'absolute')
      return target.scheme === (incoming.secure ? 'https' : 'http') && this.#isOurs(target)
    return this.#origins === undefined || this.#isOurHost(incoming.field('host') ?? '')
  }

  #isOurs(authority: Authority | undefined): boolean {
    return this.#origins?.some((origin) => isAuthorityOf(origin, authority)) ?? true
  }

  /** Media types that the resource under a path takes with a method. */
  takenBy(method: string, path: string): readonly string[] {
    return this.#router.find(path)?.resource.destinations.get(method)?.operation?.takes ?? []
  }

  /** Where a declared move leads, the query included. */
  newAddress({ params, path, target }: Head): string | undefined {
    const to = this.#router.find(path)?.resource.to
    const query = target.indexOf('?')
    return to === undefined ? undefined : fill(to, params) + (query < 0 ? '' : escapeQuery(target.slice(query)))
  }
}

function pathOf(target: string): string {
  if (!target.startsWith('/')) return pathOfAbsolute(target)
  const query = target.indexOf('?')
  return query < 0 ? target : target.slice(0, query)
}

/** What is broken, or has no path, goes by the root: it is refused before anybody looks there. */
function pathOfAbsolute(target: string): string {
  const parsed = parseTarget(target)
  return parsed?.form === 'absolute' ? parsed.path : '/'
}

/** Puts the variables into a template of a path. */
function fill(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}
