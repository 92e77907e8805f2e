/**
 * From a target to what is meant by it: the plan of an operation, and what else its resource can be asked for.
 */
import type { Compiled, Resource } from './compile.ts'
import type { Destination, Head } from './head.ts'
import type { Incoming } from './incoming.ts'
import { Router } from './router.ts'

export class Routes {
  readonly #compiled: Compiled
  readonly #router = new Router<Resource>()

  constructor(compiled: Compiled) {
    this.#compiled = compiled
    for (const resource of compiled.resources) this.#router.add(resource.path, resource)
  }

  /** Where a request is headed. */
  destination({ broken, method, target }: Incoming): Destination {
    const path = target.startsWith('/') ? pathOf(target) : pathOf(`/${ABSOLUTE.exec(target)?.[3] ?? ''}`)
    if (target === '*') return { ...this.#compiled.asterisk, path: target, params: undefined }
    const routed = broken === undefined ? this.#router.find(path) : undefined
    if (routed === undefined)
      return { plan: this.#compiled.unrouted, operation: undefined, path, params: undefined, allow: '' }
    const { resource, params } = routed
    const planned = resource.destinations.get(method)
    return { plan: planned?.plan ?? resource.other, operation: planned?.operation, path, params, allow: resource.allow }
  }

  /** Where the origins are declared, no other authority is answered for; without TLS, no https target (RFC 9110 §7.4). */
  answersFor(incoming: Incoming): boolean {
    const { target } = incoming
    const absolute = target.startsWith('/') ? null : ABSOLUTE.exec(target)
    if (absolute !== null && absolute[1]?.toLowerCase() !== (incoming.secure ? 'https' : 'http')) return false
    const { origins } = this.#compiled.declaration
    if (origins === undefined || incoming.broken !== undefined) return true
    const authority = (absolute?.[2] ?? incoming.field('host') ?? '').toLowerCase()
    return origins.some((origin) => origin.replace(/^https?:\/\//, '').toLowerCase() === authority)
  }

  /** Media types that the resource under a path takes with a method. */
  takenBy(method: string, path: string): readonly string[] {
    return this.#router.find(path)?.resource.destinations.get(method)?.operation?.takes ?? []
  }

  /** Where a declared move leads, the query included. */
  newAddress({ params, path, target }: Head): string | undefined {
    const to = this.#router.find(path)?.resource.to
    const query = target.indexOf('?')
    return to === undefined ? undefined : fill(to, params) + (query < 0 ? '' : target.slice(query))
  }
}

const ABSOLUTE = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)\/?(.*)$/i

function pathOf(target: string): string {
  const query = target.indexOf('?')
  return query < 0 ? target : target.slice(0, query)
}

/** Puts the variables into a template of a path. */
function fill(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}
