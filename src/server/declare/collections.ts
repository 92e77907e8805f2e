/** The collections among the resources of an API. */
import type { ApiDeclaration, CollectionDeclaration } from './declaration.ts'

export function collectionsOf(api: ApiDeclaration): (readonly [string, CollectionDeclaration])[] {
  return Object.entries(api.resources).flatMap(([name, resource]) =>
    resource.kind === 'collection' ? [[name, resource] as const] : [],
  )
}

export const collectionNames = (api: ApiDeclaration): string[] => collectionsOf(api).map(([name]) => name)

/** The collection of this name; throws where there is none, which no declaration that was validated leads to. */
export function collectionNamed(api: ApiDeclaration, name: string): CollectionDeclaration {
  const resource = api.resources[name]
  if (resource?.kind !== 'collection') throw new TypeError(`no collection is called ${name}`)
  return resource
}
