/**
 * Actions and hooks of a collection, typed by the stage at which they are asked.
 *
 * An item rule sees the item and no content; `when` sees the item alone; `perform` sees both. What
 * `perform` returns must be among the outcomes it declares.
 */
import type { ProblemError } from '../../rules/index.ts'
import type { Schema } from './declaration.ts'
import type { OutputOf } from './field.ts'
import type { Item, Members } from './item.ts'
import type { Caller, Eventually, Exchange } from '../operation.ts'
import type { Result, ResultKind } from './outcome.ts'
import type { Transaction } from '../storage.ts'

/** Names a guard: one of these, or a role of the API, which is checked when the API is put together. */
export type Guard = 'anyone' | 'signedIn' | 'self' | 'owner' | (string & {})

/** What a rule for one item is asked with: after it was loaded, before any content is read. */
export interface Judged<I> {
  readonly caller: Caller | undefined
  readonly item: I
  readonly method: string
}

/** Any one guard that holds is enough. */
export type RuleFor<I> = Guard | ItemRuleFor<I> | readonly (Guard | ItemRuleFor<I>)[]
type ItemRuleFor<I> = (x: Judged<I>) => boolean

/** Lists and creation have no item: guards only. In a list `owner` is a filter. */
export type RuleWithoutItem = Guard | readonly Guard[]

export interface ActionOptions<F, I, D, O extends readonly ResultKind[]> {
  /** The content it takes; without, it takes none. */
  readonly input?: Schema
  /** What `created(…)`, `done(…)` and `accepted({ content })` answer with; what is changed is the item. */
  readonly output?: Schema
  /** What `perform` may return. */
  readonly outcomes: O
  readonly allow: RuleFor<Item<F>>
  /** Why the item's present state forbids it, if it does: one error for each reason (RFC 9110 §15.5.10). */
  readonly when?: (item: Item<F>) => readonly ProblemError[] | undefined
  /** Runs in a transaction. `changed({ … })` and `deleted()` tell the engine what to write. */
  readonly perform: (
    x: Acting<F, I>,
    tx: Transaction,
  ) => Eventually<Result<O[number], Partial<Members<F>>, ContentFor<D>, ContentFor<D>>>
}

/** What an action is performed with. */
export interface Acting<F, I = undefined> {
  readonly caller: Caller | undefined
  readonly item: Item<F>
  readonly input: I extends Schema ? OutputOf<I> : undefined
  readonly exchange: Exchange
}

/** Content that fits the schema, if there is one. */
export type ContentFor<D> = D extends Schema ? OutputOf<D> : unknown

/** Before a write: `before` hooks may return members to write along. */
export interface BeforeHooks<F> {
  readonly create?: BeforeHook<F, Hooked<undefined, Members<F>>>
  readonly update?: BeforeHook<F, Hooked<Item<F>, Members<F>>>
  readonly delete?: AfterHook<Hooked<Item<F>, undefined>>
}

/** After a write, in its transaction: what is thrown undoes it. */
export interface AfterHooks<F> {
  readonly create?: AfterHook<Hooked<Item<F>, Members<F>>>
  readonly update?: AfterHook<Hooked<Item<F>, Members<F>>>
  readonly delete?: AfterHook<Hooked<Item<F>, undefined>>
}

interface Hooked<I, C> {
  readonly caller: Caller | undefined
  /** As stored: before the write, or after it. */
  readonly item: I
  /** All members as they are to be, or now are. */
  readonly input: C
  readonly exchange: Exchange
}

type BeforeHook<F, X> = (x: X, tx: Transaction) => Eventually<Partial<Members<F>> | void>
type AfterHook<X> = (x: X, tx: Transaction) => Eventually<void>
