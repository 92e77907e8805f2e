/**
 * The contract of an API, worked out from its declaration: every operation with what it takes, what
 * it answers with, and its facts. Nothing here exists at run time.
 */
import type { AccountOperations } from '../account/types.ts'
import type { ContentFor } from './action-options.ts'
import type { ActionShape, CollectionShape } from './collection.ts'
import type { Schema } from './declaration.ts'
import type {
  ActionFacts,
  AllowOf,
  ApiFacts,
  ApiShape,
  CreateFacts,
  GuardsIn,
  HasPassword,
  ListFacts,
  ModifyFacts,
  ReadFacts,
  RemoveFacts,
  ReplaceFacts,
  RestrictedIn,
  ShapeOf,
} from './fact-types.ts'
import type { InputOf, OutputOf } from './field.ts'
import type { Flat, NewItem, Patch, Replacement, Sent } from './item.ts'
import type { ResourceFacts, ResourceShapeOf } from './resource-fact-types.ts'
import type { ResourceVerb } from './resource-facts.ts'
import type { MethodShape, ResourceShape, Variables } from './resource.ts'

/**
 * All operations of an API, by method and path: those of its collections, resources and accounts.
 * As one object, whose keys are worked out once.
 */
export type Operations<X, Z extends ApiShape> = Flat<OperationsIn<X, Z, ApiFacts<X, Z>, RestrictedIn<X>>>

type OperationsIn<X, Z extends ApiShape, F, Restricted> = CollectionOperations<X, Z, F, Restricted> &
  ActionOperations<X, Z, F, Restricted> &
  ResourceOperations<X, Z, F> &
  AccountOperations<X, Z, F>

/** A page of a list, with links to those beside it. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string
  readonly prev?: string
  /** If it was asked for. */
  readonly count?: number
}

/** What a list can be asked for. `after` and `before` are cursors, from the links of a page. */
export type ListQuery<S extends CollectionShape> = {
  readonly limit?: number
  readonly after?: string
  readonly before?: string
  readonly count?: boolean
  readonly sort?: S['list'] extends { readonly sort: readonly (infer O)[] } ? O : '-createdAt'
} & {
  readonly [K in Filters<S> & keyof S['fields']]?: Exclude<OutputOf<S['fields'][K]>, undefined>
}

/** Names of the collections in which somebody may do this. */
export type AllowedIn<X, V extends string> = {
  [K in keyof X & string]: [GuardsIn<AllowOf<ShapeOf<X[K]>, V>>] extends [never] ? never : K
}[keyof X & string]

type CollectionOperations<X, Z extends ApiShape, F, Restricted> = {
  readonly [K in AllowedIn<X, 'list'> as `GET /${K}`]: ListOperation<ShapeOf<X[K]>, F>
} & {
  readonly [K in AllowedIn<X, 'read'> as `GET /${K}/{id}`]: ReadOperation<ShapeOf<X[K]>, F>
} & {
  readonly [K in AllowedIn<X, 'create'> as `POST /${K}`]: CreateOperation<ShapeOf<X[K]>, Z, K, F>
} & {
  readonly [K in AllowedIn<X, 'update'> as `PUT /${K}/{id}`]: ReplaceOperation<ShapeOf<X[K]>, Z, K, F>
} & {
  readonly [K in AllowedIn<X, 'update'> as `PATCH /${K}/{id}`]: ModifyOperation<ShapeOf<X[K]>, Z, K, F>
} & {
  readonly [K in AllowedIn<X, 'delete'> as `DELETE /${K}/{id}`]: RemoveOperation<ShapeOf<X[K]>, Restricted, K, F>
}

interface ListOperation<S extends CollectionShape, F> extends Bare {
  readonly method: 'GET'
  readonly in: undefined
  readonly facts: F | ListFacts<S>
  readonly query: ListQuery<S>
  readonly out: { readonly reads: Page<Sent<S['fields']>> }
}

interface ReadOperation<S extends CollectionShape, F> extends OfItem {
  readonly method: 'GET'
  readonly in: undefined
  readonly facts: F | ReadFacts<S>
  readonly out: { readonly reads: Sent<S['fields']> }
}

interface CreateOperation<S extends CollectionShape, Z extends ApiShape, K, F> extends Bare {
  readonly method: 'POST'
  readonly facts: F | CreateFacts<S, Z, K>
  readonly in: NewItem<S['fields']> & Credentials<Z, K>
  readonly out: { readonly created: Sent<S['fields']> }
}

interface ReplaceOperation<S extends CollectionShape, Z extends ApiShape, K, F> extends OfItem {
  readonly method: 'PUT'
  readonly facts: F | ReplaceFacts<S, Z, K>
  readonly in: Replacement<S['fields']> & Credentials<Z, K>
  readonly out: { readonly replies: Sent<S['fields']>; readonly created: Sent<S['fields']> }
}

interface ModifyOperation<S extends CollectionShape, Z extends ApiShape, K, F> extends OfItem {
  readonly method: 'PATCH'
  readonly facts: F | ModifyFacts<S, Z, K>
  readonly in: Patch<S['fields']> & Credentials<Z, K>
  readonly out: { readonly replies: Sent<S['fields']> }
}

interface RemoveOperation<S extends CollectionShape, Restricted, K, F> extends OfItem {
  readonly method: 'DELETE'
  readonly in: undefined
  readonly facts: F | RemoveFacts<S, Restricted, K>
}

type ActionOperations<X, Z extends ApiShape, F, Restricted> = {
  readonly [P in ActionKey<X>]: P extends `POST /${infer K}/{id}/${infer A}`
    ? ActionOperation<ShapeOf<X[K & keyof X]>, ActionAt<X, K, A>, Z, Restricted, K, F>
    : never
}

/** Actions, by their operations. */
export type ActionKey<X> = {
  [K in keyof X & string]: [ShapeOf<X[K]>] extends [never]
    ? never
    : `POST /${K}/{id}/${keyof ShapeOf<X[K]>['actions'] & string}`
}[keyof X & string]

type ActionAt<X, K, A> = ShapeOf<X[K & keyof X]>['actions'][A & string]

interface ActionOperation<
  S extends CollectionShape,
  A extends ActionShape,
  Z extends ApiShape,
  Restricted,
  K,
  F,
> extends OfItem {
  readonly method: 'POST'
  readonly facts: F | ActionFacts<S, A, Z, Restricted, K>
  readonly in: A['input'] extends Schema ? InputOf<A['input']> : undefined
  readonly out: Answers<A, Sent<S['fields']>, ContentFor<A['output']>>
}

type ResourceOperations<X, Z extends ApiShape, F> = {
  readonly [P in ResourceKey<X> as P[2]]: ResourceOperation<ResourceShapeOf<X[P[0] & keyof X]>, P[1], Z, F>
}

/** Name, verb and key of each method that somebody may use. */
type ResourceKey<X> = {
  [K in keyof X]: ResourceShapeOf<X[K]> extends infer R extends ResourceShape
    ? { [V in VerbsOf<R>]: [K, V, `${Uppercase<V>} ${R['path']}`] }[VerbsOf<R>]
    : never
}[keyof X]

type VerbsOf<R extends ResourceShape> = {
  [V in ResourceVerb & keyof R['allow']]: [GuardsIn<R['allow'][V]>] extends [never]
    ? never
    : V extends 'get' | keyof R['methods']
      ? V
      : never
}[ResourceVerb & keyof R['allow']]

interface ResourceOperation<R extends ResourceShape, V extends ResourceVerb, Z extends ApiShape, F> extends Bare {
  readonly method: Uppercase<V>
  readonly facts: F | ResourceFacts<R, V, Z>
  readonly params: { readonly [N in Variables<R['path']>]: string | number }
  readonly query: {
    readonly [Q in keyof R['query'] as undefined extends InputOf<R['query'][Q]> ? never : Q]: InputOf<R['query'][Q]>
  } & {
    readonly [Q in keyof R['query'] as undefined extends InputOf<R['query'][Q]> ? Q : never]?: InputOf<R['query'][Q]>
  }
  readonly in: ResourceMethod<R, V>['input'] extends infer I extends Schema ? InputOf<I> : undefined
  readonly out: V extends 'get'
    ? { readonly reads: R['output'] }
    : Answers<ResourceMethod<R, V>, R['output'], R['output']>
}

type ResourceMethod<R extends ResourceShape, V> = V extends keyof R['methods']
  ? Extract<R['methods'][V], MethodShape>
  : { readonly input: unknown; readonly output: unknown; readonly outcomes: never }

/** Content by the fact that brings it: the item `T` where it was changed, `N` where something was created, else what is declared. */
interface Answers<M extends { readonly output: unknown; readonly outcomes: string }, T, N> {
  readonly created: N
  readonly replies:
    | ('changed' extends M['outcomes'] ? T : never)
    | ('done' extends M['outcomes'] ? ContentFor<M['output']> : never)
  readonly accepted: ContentFor<M['output']>
}

interface Bare {
  readonly params: object
  readonly query: object
  /** `undefined` for none. */
  readonly in: unknown
  readonly out: object
}

interface OfItem extends Bare {
  readonly params: { readonly id: string }
}

/** A password may be sent with an account. */
type Credentials<Z extends ApiShape, K> =
  HasPassword<Z, K> extends true ? { readonly password?: string | undefined } : unknown

type Filters<S extends CollectionShape> = S['list'] extends { readonly filter: readonly (infer M)[] } ? M : never
