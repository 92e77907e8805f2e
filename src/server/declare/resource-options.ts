/**
 * The functions of a resource, typed by the stage at which they are asked, and what they may return.
 */
import type { ContentFor } from './action-options.ts'
import type { Schema } from './declaration.ts'
import type { OutputOf } from './field.ts'
import type { FoundItem, Load, LoadKind, Result, ResultKind, Validator } from './outcome.ts'
import type { Caller, Eventually } from '../operation.ts'

/** What is known before anything is loaded. */
export interface ResourceHead<P, V, Q> {
  readonly caller: Caller | undefined
  readonly params: { readonly [K in Variables<P>]: K extends keyof V ? OutputOf<V[K]> : string }
  readonly query: { readonly [K in keyof Q]: OutputOf<Q[K]> }
  field(name: string): string | undefined
}

/** What is known once the item is loaded. */
export interface ResourceTarget<P, V, Q, T> extends ResourceHead<P, V, Q> {
  readonly item: T
}

/** What is known once the content is read. */
export interface ResourceContent<P, V, Q, T, I> extends ResourceTarget<P, V, Q, T> {
  readonly input: I extends Schema ? OutputOf<I> : undefined
}

/** One method: what it takes, what may come of it, and how it is done. */
export interface MethodOptions<X, I, D, O extends readonly ResultKind[], S> {
  /** The content it takes; without, it takes none. */
  readonly input?: I
  /** What `done(…)` and `accepted({ content })` answer with. */
  readonly output?: D
  /** What `perform` may return. */
  readonly outcomes: O
  readonly perform: (x: X) => Eventually<Result<O[number], S, ContentFor<D>>>
}

/** What `load` may return: the kinds and the validators that are declared. */
export type LoadOf<T, L extends LoadKind, W extends Validator> =
  | (FoundItem<T> & { readonly [K in Validator]: K extends W ? NonNullable<FoundItem[K]> : undefined })
  | Extract<Exclude<Load, FoundItem>, { readonly kind: L }>

/** What is answered with must fit the schema, if there is one. */
export type Fitting<D> = D extends Schema ? OutputOf<D> : unknown

/** GET answers with the content itself, so an outcome around it would be sent along. */
export type Content<G> = [OutcomeIn<G>] extends [never]
  ? unknown
  : 'an outcome is no content: return the content itself'
type OutcomeIn<G> = G extends Load | Result
  ? [Exclude<keyof G, Members<Load | Result>>] extends [never]
    ? G
    : never
  : never
type Members<O> = O extends unknown ? keyof O : never

/** Where a PUT may create, there may be nothing yet. */
export type Puts<T, O extends Outcomes> = 'created' extends O[number] ? T | undefined : T

/** Names of the variables of a path: `/rooms/{room}` has `room`. */
export type Variables<P> = P extends `${string}{${infer V}}${infer Rest}` ? V | Variables<Rest> : never

/** Schemas of the variables of a path; those without one are strings. */
export type ParamSchemas<P> = { readonly [K in Variables<P>]?: Schema }
export type QuerySchemas = Readonly<Record<string, Schema>>

export type Outcomes = readonly ResultKind[]
