/** The collections among the resources of an API. */
import type { ApiDeclaration, CollectionDeclaration } from '../declaration.ts'

export function collectionsOf(api: ApiDeclaration): (readonly [string, CollectionDeclaration])[] {
  return Object.entries(api.resources).flatMap(([name, resource]) =>
    resource.kind === 'collection' ? [[name, resource] as const] : [],
  )
}

export const collectionNames = (api: ApiDeclaration): string[] => collectionsOf(api).map(([name]) => name)
