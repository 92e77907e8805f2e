/**
 * Which facts hold of which operation, as types: `facts.ts` rule by rule, so that the statuses of an
 * operation are known before anything runs. A test compares the two.
 */
import type { ActionShape, CollectionShape } from './collection.ts'
import type { Schema } from './declaration.ts'
import type { FACT_OF } from './facts.ts'
import type { Having, Said } from './item.ts'
import type { ResultKind } from './outcome.ts'
import type { ResourceShape } from './resource.ts'

/** What the types know of an API's options. */
export interface ApiShape {
  readonly accounts: { readonly in: string; readonly role: string; readonly login: string } | undefined
  readonly auth: 'password' | 'apiKeys'
  readonly validation: 400 | 422
  readonly unavailable: 503 | 500
  readonly cors: boolean
}

/** What the types know of a collection. */
export type ShapeOf<R> = R extends { readonly kind: 'collection'; readonly '~collection'?: infer S }
  ? Extract<NonNullable<S>, CollectionShape>
  : never

/** What the types know of a resource. */
export type ResourceShapeOf<R> = R extends { readonly kind: 'resource'; readonly '~resource'?: infer S }
  ? Extract<NonNullable<S>, ResourceShape>
  : never

/** The members of a collection; none of anything else. */
export type FieldsOf<R> = R extends {
  readonly kind: 'collection'
  readonly '~collection'?: { readonly fields: infer F }
}
  ? F
  : unknown

export type ApiFacts<X, Z extends ApiShape> =
  | ([Z['accounts']] extends [undefined] ? never : 'accounts')
  | ('collection' extends KindOf<X[keyof X]> ? 'store' : never)
  | If<Is<Z['unavailable'], 503>, 'unavailable'>
  | If<Z['cors'], 'cors'>

export type ListFacts<S extends CollectionShape> =
  | 'item'
  | 'selects'
  | 'negotiated'
  | 'reads'
  | ListGuardFacts<GuardsIn<AllowOf<S, 'list'>>>

export type ReadFacts<S extends CollectionShape> =
  | ItemFacts
  | 'mustExist'
  | 'negotiated'
  | 'reads'
  | GuardFacts<GuardsIn<AllowOf<S, 'read'>>, S['hide']>

export type CreateFacts<S extends CollectionShape, Z extends ApiShape> =
  | 'performs'
  | 'created'
  | 'writes'
  | 'keyed'
  | GuardFacts<GuardsIn<AllowOf<S, 'create'>>, false>
  | ContentFacts<S, Z>
  | If<HasRestrictedMembers<S>, 'members'>

export type ReplaceFacts<S extends CollectionShape, Z extends ApiShape, K> =
  | WriteFacts<S, Z, K>
  | (S['putCreates'] extends true ? 'created' : 'mustExist')

export type ModifyFacts<S extends CollectionShape, Z extends ApiShape, K> = WriteFacts<S, Z, K> | 'mustExist'

export type RemoveFacts<S extends CollectionShape, Restricted, K> =
  | ItemFacts
  | 'mustExist'
  | 'performs'
  | 'deleted'
  | 'stale'
  | 'writes'
  | GuardFacts<GuardsIn<AllowOf<S, 'delete'>>, S['hide']>
  | If<Is<K, Restricted>, 'conflict'>
  | If<Is<S['concurrency'], 'required'>, 'conditionRequired'>

export type ActionFacts<S extends CollectionShape, A extends ActionShape, Z extends ApiShape, Restricted, K> =
  | ItemFacts
  | 'mustExist'
  | 'performs'
  | 'writes'
  | GuardFacts<GuardsIn<A['allow']>, S['hide']>
  | If<Is<A['input'], Schema>, 'keyed' | InputFacts<Z>>
  | (unknown extends A['when'] ? never : 'state')
  | OutcomeFacts<A['outcomes'], Z>
  | ('changed' extends A['outcomes']
      ? 'stale' | If<HasUnique<S>, 'conflict'> | If<TurnsOutWrong<S>, InvalidFact<Z>>
      : never)
  | ('deleted' extends A['outcomes'] ? 'stale' | If<Is<K, Restricted>, 'conflict'> : never)

export type ResourceFacts<R extends ResourceShape, V extends ResourceVerb, Z extends ApiShape> =
  | ([keyof R['params']] extends [never] ? never : 'params')
  | GuardFacts<GuardsIn<R['allow'][V & keyof R['allow']]>, R['hide']>
  | If<R['loaded'], 'item' | MustExist<R, V> | FactOfLoad[R['loads']]>
  | ValidatorFacts<R, V>
  | (V extends 'get' ? 'negotiated' | 'reads' : 'performs' | 'writes')
  | If<Is<TakenBy<R, V>, Schema>, InputFacts<Z> | If<Is<V, 'post'>, 'keyed'>>
  | OutcomeFacts<OutcomesOf<R, V>, Z>
  | If<R['upstream'], 'upstream'>

/** Names of the collections whose items another item can keep from being deleted. */
export type RestrictedIn<X> = WithCascades<X, { [K in keyof X]: Said<FieldsOf<X[K]>, 'restricts'> }[keyof X]>

/** What would be deleted along is kept, so what it refers to is kept. */
type WithCascades<X, Names> = [Exclude<CascadingTo<X, Names>, Names>] extends [never]
  ? Names
  : WithCascades<X, Names | CascadingTo<X, Names>>
type CascadingTo<X, Names> = { [K in keyof X]: K extends Names ? Said<FieldsOf<X[K]>, 'cascades'> : never }[keyof X]

export type ResourceVerb = 'get' | 'put' | 'patch' | 'delete' | 'post'

/** The guards of a rule, any one of which is enough. */
export type GuardsIn<R> = R extends readonly (infer G)[] ? G : R

/** The rule of a verb, or never. */
export type AllowOf<S extends CollectionShape, V extends string> = V extends keyof S['allow'] ? S['allow'][V] : never

type ItemFacts = 'item' | 'selects' | 'modified'

type GuardFacts<G, Hide> = 'anyone' extends G ? never : CallerFacts<G> | JudgingFacts<G, Hide>

type CallerFacts<G> =
  Is<G, never> extends true ? 'guarded' : Is<Extract<G, string>, never> extends true ? 'anonymousItem' : 'guarded'

type JudgingFacts<G, Hide> = 'signedIn' extends G
  ? never
  : LooksAtItem<G> extends true
    ? 'itemRule' | If<Hide, 'hide'>
    : 'roles'

type LooksAtItem<G> = 'owner' extends G ? true : Is<Exclude<G, string>, never> extends true ? false : true

type ListGuardFacts<G> = 'anyone' extends G
  ? never
  : 'guarded' | ('signedIn' extends G ? never : 'owner' extends G ? never : 'roles')

type WriteFacts<S extends CollectionShape, Z extends ApiShape, K> =
  | ItemFacts
  | 'performs'
  | 'replies'
  | 'stale'
  | 'writes'
  | GuardFacts<GuardsIn<AllowOf<S, 'update'>>, S['hide']>
  | ContentFacts<S, Z>
  | If<HasRestrictedMembers<S>, 'members'>
  | If<HasPassword<Z, K>, 'members'>
  | If<Is<S['concurrency'], 'required'>, 'conditionRequired'>

type ContentFacts<S extends CollectionShape, Z extends ApiShape> =
  | InputFacts<Z>
  | If<HasUnique<S>, 'conflict'>
  | If<TurnsOutWrong<S>, InvalidFact<Z>>

type InputFacts<Z extends ApiShape> = 'content' | (Is<Z['validation'], 422> extends true ? 'schema422' : 'schema')
type InvalidFact<Z extends ApiShape> = Is<Z['validation'], 422> extends true ? 'invalid422' : 'invalid'

type OutcomeFacts<K extends ResultKind, Z extends ApiShape> =
  | (typeof FACT_OF)[Exclude<K, 'invalid'>]
  | ('invalid' extends K ? InvalidFact<Z> : never)

type HasUnique<S extends CollectionShape> = Some<Having<S['fields'], 'unique'>>
type TurnsOutWrong<S extends CollectionShape> = S['checked'] extends true ? true : Some<Having<S['fields'], 'ref'>>
type HasRestrictedMembers<S extends CollectionShape> = Some<Having<S['fields'], 'setBy' | 'owner'>>

/** Does the account take a password? */
export type HasPassword<Z extends ApiShape, K> = Z['accounts'] extends { readonly in: K }
  ? Is<'password', Z['auth']>
  : false

type MustExist<R extends ResourceShape, V> = 'missing' extends R['loads']
  ? V extends 'put'
    ? 'created' extends OutcomesOf<R, V>
      ? never
      : 'mustExist'
    : 'mustExist'
  : never

interface FactOfLoad {
  found: never
  missing: never
  gone: 'goes'
  moved: 'moves'
  movedForNow: 'movesForNow'
}

type ValidatorFacts<R extends ResourceShape, V> =
  Is<R['validators'], never> extends true
    ? never
    : | 'selects'
      | ('lastModified' extends R['validators'] ? 'modified' : never)
      | (V extends 'put' | 'patch' | 'delete' ? If<Is<R['concurrency'], 'required'>, 'conditionRequired'> : never)

type TakenBy<R extends ResourceShape, V> = V extends keyof R['methods']
  ? R['methods'][V] extends { readonly input: infer I }
    ? I
    : unknown
  : unknown
type OutcomesOf<R extends ResourceShape, V> = V extends keyof R['methods']
  ? R['methods'][V] extends { readonly outcomes: infer O extends ResultKind }
    ? O
    : never
  : never

type KindOf<R> = R extends { readonly kind: infer K } ? K : never

type Is<A, B> = [A] extends [B] ? true : false
type Some<N> = [N] extends [never] ? false : true
type If<C, F> = C extends true ? F : never
