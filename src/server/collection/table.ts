/**
 * A collection as a table of the storage port.
 *
 * Every list that can be asked for has an index, so no list is ever sorted or filtered by reading
 * rows it does not return.
 */
import { collectionNamed } from '../declare/collections.ts'
import type { ApiDeclaration, CollectionDeclaration } from '../declare/declaration.ts'
import { guardsOf } from '../declare/rule.ts'
import { membersOf } from './member.ts'
import type { SortKey, Table } from '../storage.ts'

/** Filters that one list may combine; each combination has its index. */
export const MOST_FILTERS = 2

/** The first sort of a list that declares none: the newest first. */
const DEFAULT_SORT = '-createdAt'

export function tableOf(api: ApiDeclaration, name: string): Table {
  const declaration = collectionNamed(api, name)
  const owner = ownerOf(declaration)
  const role = api.accounts?.in === name ? api.accounts.role : undefined
  return {
    name,
    columns: [...membersOf(declaration).values()].map(({ column }) => column),
    guards: [owner, role].filter((column) => column !== undefined),
    indexes: filterSets(declaration).flatMap((filter) =>
      distinct(sortsOf(declaration)).map((sort) => ({ filter, sort })),
    ),
  }
}

/** The member that names the owner of an item. */
export function ownerOf(declaration: CollectionDeclaration): string | undefined {
  return Object.keys(declaration.fields).find((name) => declaration.fields[name]?.owner === true)
}

/** Name as it is asked for → sort keys; the first is the default. */
export function sortsOf(declaration: CollectionDeclaration): ReadonlyMap<string, readonly SortKey[]> {
  const names = declaration.list.sort.length === 0 ? [DEFAULT_SORT] : declaration.list.sort
  return new Map(names.map((name) => [name, name.split(',').map(sortKey)]))
}

/** Does the list show each caller its own items only, unless a role shows all? */
export function listsOwnOnly(declaration: CollectionDeclaration): boolean {
  const guards = guardsOf(declaration.allow.list)
  return guards.includes('owner') && !guards.includes('anyone') && !guards.includes('signedIn')
}

function sortKey(name: string): SortKey {
  const key = name.trim()
  return key.startsWith('-') ? { column: key.slice(1), descending: true } : { column: key, descending: false }
}

/** Every set of columns that a list may be filtered by, without regard to order. */
function filterSets({ list, ...declaration }: CollectionDeclaration): string[][] {
  const chosen = subsets(list.filter, MOST_FILTERS)
  const owner = listsOwnOnly({ list, ...declaration }) ? ownerOf({ list, ...declaration }) : undefined
  const owned = owner === undefined ? [] : chosen.map((set) => (set.includes(owner) ? set : [owner, ...set]))
  const seen = new Set<string>()
  return [...chosen, ...owned].filter((set) => {
    const key = set.toSorted().join()
    return !seen.has(key) && seen.add(key) !== undefined
  })
}

function subsets(names: readonly string[], most: number): string[][] {
  const pairs = names.flatMap((name, at) => names.slice(at + 1).map((other) => [name, other]))
  return [[], ...names.map((name) => [name]), ...(most > 1 ? pairs : [])]
}

/** An index serves its reverse as well. */
function distinct(sorts: ReadonlyMap<string, readonly SortKey[]>): (readonly SortKey[])[] {
  const kept = new Map<string, readonly SortKey[]>()
  for (const sort of sorts.values()) {
    const [first] = sort
    const key = sort.map(({ column, descending }) => `${column}${descending === first?.descending}`).join()
    if (!kept.has(key)) kept.set(key, sort)
  }
  return [...kept.values()]
}
