/**
 * A collection: items of one kind, kept in the database, under `/name` and `/name/{id}`.
 *
 * `allow` says who may do what; what nobody may do does not exist. Names of roles and of other
 * collections are checked by `defineApi`, which knows them all.
 */
import type { ProblemError } from '../../rules/index.ts'
import type { ActionOptions, AfterHooks, BeforeHooks, RuleFor, RuleWithoutItem } from './action-options.ts'
import type { CollectionDeclaration } from './declaration.ts'
import { factsOf, type FieldLike, type OutputOf } from './field.ts'
import type { Having, Item, Members, ServerMade } from './item.ts'
import { read } from './read-options.ts'
import type { ResultKind } from './outcome.ts'

/** Members by name. `id`, `createdAt`, `updatedAt` are made by the server, and `password` is the account's. */
export type Fields = Readonly<Record<string, FieldLike>>

/** Who may do what; PUT and PATCH are `update`. */
export interface Allow<F> {
  readonly list?: RuleWithoutItem
  readonly read?: RuleFor<Item<F>>
  readonly create?: RuleWithoutItem
  readonly update?: RuleFor<Item<F>>
  readonly delete?: RuleFor<Item<F>>
}

/** Each combination of a filter and a sort has an index; nothing else can be asked for. */
export interface ListOptions<M extends string> {
  /** Members that can be asked for by equality: `?authorId=…`. */
  readonly filter?: readonly M[]
  /** Orders that can be asked for; a minus is descending. The first is the default; without any it is `-createdAt`. */
  readonly sort?: readonly SortOf<M | 'createdAt' | 'updatedAt'>[]
  /** Items on a page that asks for no number. 50. */
  readonly limit?: number
  /** Most items on a page. 1000. */
  readonly most?: number
}

/** What is wrong, if anything. */
type Errors = readonly ProblemError[] | undefined

export interface CollectionOptions<F, A, L, C, H, N, P> {
  readonly allow: A
  readonly list?: L
  /** What is wrong with the whole item, if anything; asked before every write, `before` only where there was one. */
  readonly check?: (after: Members<F>, before?: Members<F>) => C
  /** In the write's transaction, before it. */
  readonly before?: BeforeHooks<F>
  /** In the write's transaction, after it. */
  readonly after?: AfterHooks<F>
  /** Who may not read an item is answered as if there were none. */
  readonly hide?: H
  /** `required`: PUT, PATCH and DELETE must say which version they mean (RFC 6585 §3). */
  readonly concurrency?: N
  /** PUT creates what is not there. */
  readonly putCreates?: P
}

/** What the types know of a collection. */
export interface CollectionShape {
  readonly fields: object
  readonly allow: object
  readonly list: object
  readonly actions: Readonly<Record<string, ActionShape>>
  readonly checked: boolean
  readonly hide: boolean
  readonly concurrency: 'optional' | 'required'
  readonly putCreates: boolean
}

export interface ActionShape {
  /** A schema, or anything else for none. */
  readonly input: unknown
  /** Likewise. */
  readonly output: unknown
  readonly outcomes: ResultKind
  readonly allow: unknown
  /** `unknown` for none. */
  readonly when: unknown
}

export interface Collection<S = CollectionShape> extends CollectionDeclaration {
  readonly '~collection'?: S
}

/**
 * Declares a collection: its members, and who may do what with its items.
 *
 * @param fields Members by name, each any Standard Schema or a schema with facts.
 */
export function collection<
  const F extends Fields,
  const A extends Allow<F>,
  I,
  D,
  const R,
  W,
  const L extends ListOptions<Listable<F>> = {},
  const O extends Outcomes = {},
  C extends Errors = never,
  H extends boolean = false,
  N extends 'optional' | 'required' = 'optional',
  P extends boolean = false,
>(
  fields: F & Unreserved<F>,
  options: CollectionOptions<F, A & Only<A, keyof Allow<F>>, L & Only<L, keyof ListOptions<never>>, C, H, N, P> & {
    readonly actions?: Actions<F, I, D, O, R, W>
  },
): Collection<{
  readonly fields: F
  readonly allow: A
  readonly list: L
  readonly actions: ActionShapes<I, D, O, R, W>
  readonly checked: [C] extends [never] ? false : true
  readonly hide: H
  readonly concurrency: N
  readonly putCreates: P
}>
export function collection(fields: Fields, typed: object): CollectionDeclaration {
  // From here on the types that the author sees are taken off: callbacks take what they are given.
  const { options, ...faulty } = read<UntypedOptions>('collection', typed)
  const { allow, list = {}, check, before = {}, after = {}, actions = {} } = options
  return {
    kind: 'collection',
    fields: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, factsOf(field)])),
    allow,
    list: { filter: [], sort: ['-createdAt'], limit: 50, most: 1000, ...list },
    check,
    before,
    after,
    actions,
    hide: options.hide ?? false,
    concurrency: options.concurrency ?? 'optional',
    putCreates: options.putCreates ?? false,
    ...faulty,
  }
}

/** Names of members by which a list can be filtered and sorted: scalars that everybody sees. */
type Listable<F> = string &
  Exclude<
    { [K in keyof F]: OutputOf<F[K]> extends string | number | boolean | null | undefined ? K : never }[keyof F],
    Having<F, 'hidden' | 'readBy'>
  >

type SortOf<M extends string> = M | `-${M}`

/** A property that is none of these does not compile. */
type Only<T, K> = { readonly [X in Exclude<keyof T, K>]: never }

/** Of names that are put together while the program runs nothing is known. */
type Unreserved<F> = string extends keyof F
  ? unknown
  : { readonly [K in keyof F & (keyof ServerMade | 'password')]: `"${K}" is made by the server` }

/**
 * `POST /name/{id}/action` each. Views of one object, since each type is inferred at one place only:
 * the schemas of the content, the rule, whether there is a `when`, the outcomes.
 */
type Actions<F, I, D, O extends Outcomes, R, W> = {
  readonly [K in keyof I]: Other<'input'> & { readonly input?: I[K] }
} & {
  readonly [K in keyof D]: Other<'output'> & { readonly output?: D[K] }
} & {
  readonly [K in keyof R]: Other<'allow'> & { readonly allow: R[K] }
} & {
  readonly [K in keyof W]: Other<'when'> & { readonly when?: (item: Item<F>) => W[K] }
} & {
  readonly [K in keyof O]: ActionOptions<F, At<I, K>, At<D, K>, O[K]>
}

type Outcomes = Readonly<Record<string, readonly ResultKind[]>>
type Other<K extends keyof ActionOptions<unknown, unknown, unknown, []>> = {
  readonly [X in Exclude<keyof ActionOptions<unknown, unknown, unknown, []>, K>]?: unknown
}

/** What the types know of the actions of a collection. */
export type ActionShapes<I, D, O extends Outcomes, R, W> = {
  readonly [K in keyof O]: {
    readonly input: At<I, K>
    readonly output: At<D, K>
    readonly outcomes: O[K][number]
    readonly allow: At<R, K>
    readonly when: At<W, K>
  }
}

/** What is there, or what is inferred of nothing. */
type At<T, K> = K extends keyof T ? T[K] : unknown

type UntypedOptions = Pick<CollectionDeclaration, 'allow'> & {
  readonly [K in Exclude<keyof CollectionDeclaration, 'kind' | 'fields' | 'allow' | 'list'>]?: CollectionDeclaration[K]
} & { readonly list?: Partial<CollectionDeclaration['list']> }
