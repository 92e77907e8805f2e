/** A collection, compiled: what its operations share. */
import { passwordMember, type PasswordMember } from '../account/member.ts'
import { collectionNamed, collectionsOf } from '../declare/collections.ts'
import type { ApiDeclaration, CollectionDeclaration } from '../declare/declaration.ts'
import { compileGuard, type Guard, type Target } from './guard.ts'
import { ItemView } from './item-view.ts'
import { type Member, membersOf } from './member.ts'
import type { Caller, Exchange, Store } from '../operation.ts'
import { RepresentationCache } from './representation-cache.ts'
import type { Row } from '../storage.ts'
import { ownerOf } from './table.ts'

export interface Collection {
  readonly api: ApiDeclaration
  /** Also the name of its table. */
  readonly name: string
  readonly declaration: CollectionDeclaration
  readonly store: Store
  readonly members: ReadonlyMap<string, Member>
  readonly owner: string | undefined
  readonly view: ItemView
  readonly cache: RepresentationCache
  /** By member: it refers to items that may be hidden, so is this one known to the caller? */
  readonly mayKnow: ReadonlyMap<string, (caller: Caller | undefined, row: Row) => boolean>
  /** Where the items are accounts that sign in with a password. */
  readonly password: PasswordMember | undefined
  readonly guards: {
    readonly list: Guard
    readonly read: Guard
    readonly create: Guard
    readonly update: Guard
    readonly delete: Guard
  }
}

/** Representations kept by all collections of an API together. */
const CACHE_ENTRIES = 10_000
const CACHE_OCTETS = 64 * 1024 * 1024

export function compileCollection(api: ApiDeclaration, name: string, store: Store): Collection {
  const declaration = collectionNamed(api, name)
  const members = membersOf(declaration)
  const owner = ownerOf(declaration)
  const view = new ItemView(name, members)
  const guard = (rule: 'list' | 'read' | 'create' | 'update' | 'delete') =>
    compileGuard(declaration.allow[rule], owner, (row) => view.item(row))
  const share = collectionsOf(api).length
  return {
    api,
    name,
    declaration,
    store,
    members,
    owner,
    view,
    cache: new RepresentationCache(CACHE_ENTRIES / share, CACHE_OCTETS / share),
    mayKnow: new Map(
      [...members.values()].flatMap(({ name: member, facts: { ref, owner: isOwner } }) =>
        // An owner is the caller, or whom an admin names.
        ref === undefined || isOwner === true || !collectionNamed(api, ref.collection).hide
          ? []
          : [[member, knowing(api, ref.collection)] as const],
      ),
    ),
    password: api.accounts?.in === name ? passwordMember(api) : undefined,
    guards: {
      list: guard('list'),
      read: guard('read'),
      create: guard('create'),
      update: guard('update'),
      delete: guard('delete'),
    },
  }
}

/** Whoever may do anything to an item, or finds it in a list, knows that it exists. */
function knowing(api: ApiDeclaration, name: string): (caller: Caller | undefined, row: Row) => boolean {
  const declaration = collectionNamed(api, name)
  const view = new ItemView(name, membersOf(declaration))
  const { list, read, update, delete: remove } = declaration.allow
  const rules = [list, read, update, remove, ...Object.values(declaration.actions).map(({ allow }) => allow)]
  const guards = rules.map((rule) => compileGuard(rule, ownerOf(declaration), (row) => view.item(row)))
  return (caller, row) => guards.some((guard) => guard.allows(caller, targetOf(row), 'GET'))
}

/** The template of an item's path. */
export function addressPath({ name }: Collection): string {
  return `/${name}/{id}`
}

/** The path of an item: ids are opaque, so they are escaped. */
export function addressOf(collection: Collection, id: string): string {
  return `/${collection.name}/${encodeURIComponent(id)}`
}

export function targetOf(row: Row): Target {
  return { id: row.id, version: row.version, createdAt: row.createdAt, guards: row.values, row }
}

/** What the operations of this collection found by loading. */
export function targetIn(x: Exchange): Target | undefined {
  return x.loaded?.kind === 'found' ? (x.loaded.item as Target) : undefined
}
