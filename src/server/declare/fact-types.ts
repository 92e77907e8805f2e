/**
 * Which facts hold of which operation, as types: `facts.ts` rule by rule, so that the statuses of an
 * operation are known before anything runs. A test compares the two.
 */
import type { CHOICE, Choices } from '../../rules/index.ts'
import type { ActionShape, CollectionShape } from './collection.ts'
import type { Schema } from './declaration.ts'
import type { FACT_OF } from './outcome-facts.ts'
import type { Having, Said } from './item.ts'
import type { ResultKind } from './outcome.ts'

/** What the types know of an API's options. */
export interface ApiShape {
  readonly accounts: { readonly in: string; readonly role: string; readonly login: string } | undefined
  readonly auth: 'password' | 'apiKeys'
  readonly validation: Choices['validation']
  readonly unavailable: Choices['unavailable']
  readonly cors: boolean
}

/** What the types know of a collection. */
export type ShapeOf<R> = R extends { readonly kind: 'collection'; readonly '~collection'?: infer S }
  ? Extract<NonNullable<S>, CollectionShape>
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
  | (typeof CHOICE.unavailable)[Z['unavailable']][number]
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
  | ReadGuardFacts<GuardsIn<AllowOf<S, 'read'>>, S['hide']>

export type CreateFacts<S extends CollectionShape, Z extends ApiShape, K> =
  | 'performs'
  | 'created'
  | 'writes'
  | 'keyed'
  | GuardFacts<GuardsIn<AllowOf<S, 'create'>>, false>
  | ContentFacts<S, Z>
  | If<HasRestrictedMembers<S>, 'members'>
  | If<HasPassword<Z, K>, 'passwords'>

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
  | 'keyed'
  | GuardFacts<GuardsIn<A['allow']>, S['hide']>
  | If<Is<A['input'], Schema>, InputFacts<Z>>
  | (unknown extends A['when'] ? never : 'state')
  | OutcomeFacts<A['outcomes'], Z>
  | ('changed' extends A['outcomes']
      ?
          | 'stale'
          | If<HasUnique<S>, 'conflict'>
          | If<TurnsOutWrong<S>, Is<A['input'], Schema> extends true ? InvalidFact<Z> : 'conflict'>
      : never)
  | ('deleted' extends A['outcomes'] ? 'stale' | If<Is<K, Restricted>, 'conflict'> : never)

/** Names of the collections whose items another item can keep from being deleted. */
export type RestrictedIn<X> = WithCascades<X, { [K in keyof X]: Said<FieldsOf<X[K]>, 'restricts'> }[keyof X]>

/** What would be deleted along is kept, so what it refers to is kept. */
type WithCascades<X, Names> = [Exclude<CascadingTo<X, Names>, Names>] extends [never]
  ? Names
  : WithCascades<X, Names | CascadingTo<X, Names>>
type CascadingTo<X, Names> = { [K in keyof X]: K extends Names ? Said<FieldsOf<X[K]>, 'cascades'> : never }[keyof X]

/** The guards of a rule, any one of which is enough. */
export type GuardsIn<R> = R extends readonly (infer G)[] ? G : R

/** The rule of a verb, or never. */
export type AllowOf<S extends CollectionShape, V extends string> = V extends keyof S['allow'] ? S['allow'][V] : never

type ItemFacts = 'item' | 'selects' | 'modified'

export type GuardFacts<G, Hide> = 'anyone' extends G ? never : CallerFacts<G> | JudgingFacts<G, Hide>

export type ReadGuardFacts<G, Hide> =
  'hide' extends GuardFacts<G, Hide> ? Exclude<GuardFacts<G, Hide>, 'itemRule' | 'anonymousItem'> : GuardFacts<G, Hide>

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
  | If<HasPassword<Z, K>, 'members' | 'passwords'>
  | If<Is<S['concurrency'], 'required'>, 'conditionRequired'>

type ContentFacts<S extends CollectionShape, Z extends ApiShape> =
  | InputFacts<Z>
  | If<HasUnique<S>, 'conflict'>
  | If<TurnsOutWrong<S>, InvalidFact<Z>>

export type InputFacts<Z extends ApiShape> = 'content' | (typeof CHOICE.validation)[Z['validation']]['judged']
type InvalidFact<Z extends ApiShape> = (typeof CHOICE.validation)[Z['validation']]['used']

export type OutcomeFacts<K extends ResultKind, Z extends ApiShape> =
  | (typeof FACT_OF)[Exclude<K, 'invalid'>]
  | ('invalid' extends K ? InvalidFact<Z> : never)

type HasUnique<S extends CollectionShape> = Some<Having<S['fields'], 'unique'>>
type TurnsOutWrong<S extends CollectionShape> = S['checked'] extends true ? true : Some<Having<S['fields'], 'ref'>>
type HasRestrictedMembers<S extends CollectionShape> = Some<Having<S['fields'], 'setBy' | 'owner'>>

/** Does the account take a password? */
export type HasPassword<Z extends ApiShape, K> = Z['accounts'] extends { readonly in: K }
  ? Is<'password', Z['auth']>
  : false

type KindOf<R> = R extends { readonly kind: infer K } ? K : never

export type Is<A, B> = [A] extends [B] ? true : false
type Some<N> = [N] extends [never] ? false : true
export type If<C, F> = C extends true ? F : never
