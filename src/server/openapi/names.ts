/**
 * Names in the API's description. Made of method and path alone, so that they stay when other
 * operations come and go.
 */
import type { Plan } from '../../rules/index.ts'
import type { ApiDeclaration, ResourceLike } from '../declare/declaration.ts'
import type { Operation } from '../operation.ts'

/** `GET /articles/{id}` is `getArticlesById`. */
export function operationName({ method, path }: Operation): string {
  const words = path.split('/').filter((segment) => segment !== '')
  const named = words.map((segment) => (segment.startsWith('{') ? `By${pascal(segment)}` : pascal(segment)))
  return method.toLowerCase() + (named.join('') || 'Index')
}

/** The collection or resource that it belongs to; the rest is about accounts, or about the server itself. */
export function tagOf(declaration: ApiDeclaration, { path }: Operation, plan: Plan): string {
  return resourceOf(declaration, path)?.[0] ?? (plan.facts.has('accounts') ? 'accounts' : 'server')
}

/** The collection or resource that a path belongs to, with its name. */
export function resourceOf(declaration: ApiDeclaration, path: string): [name: string, ResourceLike] | undefined {
  return Object.entries(declaration.resources).find(([name, resource]) =>
    resource.kind === 'collection' ? `${path}/`.startsWith(`/${name}/`) : resource.path === path,
  )
}

/** What an address stands for: `/articles` is `Articles`, `/articles/{id}` is `ArticlesItem`. */
export function nounOf(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '')
  const named = segments.filter((segment) => !segment.startsWith('{')).map(pascal)
  return (named.join('') || 'Index') + (segments.at(-1)?.startsWith('{') === true ? 'Item' : '')
}

/** `not found` and `not-found` are `NotFound`. */
export function pascal(text: string): string {
  const words = text.split(/[^a-z\d]+/i).filter((word) => word !== '')
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

/** The name, numbered if it is taken; takes it. */
export function claim(name: string, taken: Set<string>): string {
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name}${number}`
  taken.add(free)
  return free
}
