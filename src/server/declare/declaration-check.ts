/**
 * What must be right between the parts of an API, as types: guards, roles, references, addresses.
 *
 * A resource with a fault has the fault's text for its type, so the compiler's message says what is
 * wrong and what would do. `validate/declaration.ts` says the same of what types cannot see.
 */
import type { CollectionShape } from './collection.ts'
import type { AllowOf, FieldsOf, GuardsIn, ShapeOf } from './fact-types.ts'
import type { OutputOf } from './field.ts'
import type { Having, Said } from './item.ts'
import type { ActionKey, AllowedIn } from './operation-types.ts'
import type { ResourceShapeOf } from './resource-fact-types.ts'
import type { Variables } from './resource-options.ts'
import type { ResourceShape } from './resource.ts'

/** `unknown` for a resource that is right, the text of its fault for one that is not. */
export type Checked<X, A> = {
  readonly [K in keyof X]: FaultOf<X, A, K> extends infer Fault ? ([Fault] extends [never] ? unknown : Fault) : never
}

type FaultOf<X, A, K extends keyof X> = X[K] extends { readonly kind: 'collection' }
  ? CollectionFault<X, A, K & string, ShapeOf<X[K]>>
  : X[K] extends { readonly kind: 'resource' }
    ? ResourceFault<X, A, ResourceShapeOf<X[K]>>
    : X[K] extends { readonly kind: 'moved'; readonly path: infer From; readonly to: infer To extends string }
      ? AddressFault<X, From, To>
      : never

type CollectionFault<X, A, K extends string, S extends CollectionShape> =
  | GuardFault<Used<S, 'read' | 'update' | 'delete'> | ActionGuards<S>, Guards<X, A, K>>
  | GuardFault<Used<S, 'list'>, Exclude<Guards<X, A, K>, 'self'>>
  | GuardFault<Used<S, 'create'>, Exclude<Guards<X, A, K>, 'self' | 'owner'>>
  | RoleFault<Said<S['fields'], 'setBy' | 'readBy'>, RolesOf<X, A>>
  | CollectionNameFault<Said<S['fields'], 'ref'>, CollectionsOf<X>>
  | OwnerFault<OwnersOf<S['fields']>, AccountsOf<A>>

type ResourceFault<X, A, R extends ResourceShape> = GuardFault<
  Extract<GuardsIn<R['allow'][keyof R['allow']]>, string>,
  Exclude<Guards<X, A, never>, 'self' | 'owner'>
>

type GuardFault<Named, Known extends string> = [Exclude<Named, Known>] extends [never]
  ? never
  : `"${Exclude<Named, Known> & string}" is no guard here: use ${GuardList<Known>}`

type RoleFault<Named, Known extends string> = [Exclude<Named, Known>] extends [never]
  ? never
  : [Known] extends [never]
    ? `"${Named & string}" is no role: the API has no accounts`
    : `"${Exclude<Named, Known> & string}" is no role: use ${Listed<Known>}`

type CollectionNameFault<Named, Known extends string> = [Exclude<Named, Known>] extends [never]
  ? never
  : `"${Exclude<Named, Known> & string}" is no collection: use ${Listed<Known>}`

type OwnerFault<Named, Accounts> = [Named] extends [Accounts]
  ? never
  : [Accounts] extends [never]
    ? 'an owner is an account: the API has no accounts'
    : `an owner is an account: write owner('${Accounts & string}')`

type AddressFault<X, From, To extends string> = To extends `${string}://${string}`
  ? never
  : [Exclude<Variables<To>, Variables<From>>] extends [never]
    ? Unnamed<To> extends Unnamed<PathsOf<X>>
      ? never
      : `"${To}" is no path of this API`
    : `"{${Exclude<Variables<To>, Variables<From>>}}" is no variable of the former path`

/** A path whatever its variables are called. */
type Unnamed<P> = P extends `${infer Start}{${string}}${infer Rest}` ? `${Start}{}${Unnamed<Rest>}` : P

/** Guards that mean something in this collection. */
type Guards<X, A, K> =
  | 'anyone'
  | ([AccountsOf<A>] extends [never] ? never : 'signedIn' | RolesOf<X, A>)
  | (K extends keyof X ? ([Having<FieldsOf<X[K]>, 'owner'>] extends [never] ? never : 'owner') : never)
  | (K extends AccountsOf<A> ? 'self' : never)

/** What the role of an account can be. */
type RolesOf<X, A> = A extends { readonly in: infer K extends keyof X; readonly role: infer M }
  ? Extract<OutputOf<FieldsOf<X[K]>[M & keyof FieldsOf<X[K]>]>, string>
  : never

type AccountsOf<A> = A extends { readonly in: infer K } ? K : never

type CollectionsOf<X> = { [K in keyof X & string]: X[K] extends { readonly kind: 'collection' } ? K : never }[keyof X &
  string]

type OwnersOf<F> = Said<Pick<F, Having<F, 'owner'>>, 'ref'>

/** Named guards of these verbs. */
type Used<S extends CollectionShape, V extends string> = V extends unknown
  ? Extract<GuardsIn<AllowOf<S, V>>, string>
  : never

type ActionGuards<S extends CollectionShape> = {
  [K in keyof S['actions']]: Extract<GuardsIn<S['actions'][K]['allow']>, string>
}[keyof S['actions']]

/** Paths that are served, with any names for their variables. */
type PathsOf<X> =
  | `/${AllowedIn<X, 'list' | 'create'>}`
  | `/${AllowedIn<X, 'read' | 'update' | 'delete'>}/{id}`
  | PathIn<ActionKey<X>>
  | { [K in keyof X]: ResourceShapeOf<X[K]>['path'] }[keyof X]

/** Of each key by itself: where there is none there is no path. */
type PathIn<Key> = Key extends `POST ${infer P}` ? P : never

/** The guards that need no role, then the roles. */
type GuardList<G extends string> =
  `anyone${Comma<G, 'signedIn'>}${Comma<G, 'self'>}${Comma<G, 'owner'>}${OrRoles<Exclude<G, Guard>>}`
type Guard = 'anyone' | 'signedIn' | 'self' | 'owner'
type Comma<G, One extends Guard> = One extends G ? `, ${One}` : ''
type OrRoles<R extends string> = [R] extends [never] ? '' : `, ${Listed<R>}`

/** `a, b, c`, in the order the compiler keeps. */
type Listed<U extends string> = string extends U
  ? 'the name of a role'
  : LastOf<U> extends infer L extends string
    ? [Exclude<U, L>] extends [never]
      ? L
      : `${Listed<Exclude<U, L>>}, ${L}`
    : never

type LastOf<U> = (U extends unknown ? (take: () => U) => void : never) extends (take: infer I) => void
  ? I extends () => infer L
    ? L
    : never
  : never
