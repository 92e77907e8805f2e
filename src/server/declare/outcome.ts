/**
 * What a handler answers: what it found, what came of it. Facts, never a status.
 *
 * Content is plain here; the engine makes the representation, and the graph decides the status.
 */
import { formatEntityTag, type ProblemError } from '../../rules/index.ts'
import type { Literal, Scalar } from './literal.ts'

/** There is an item. With `etag` or `lastModified` it can be asked for conditionally (RFC 9110 §13). */
export interface FoundItem<T = unknown> {
  readonly kind: 'found'
  readonly item: T
  /** The entity tag as it is sent, quotes included (RFC 9110 §8.8.3). */
  readonly etag?: string | undefined
  /** Milliseconds since the epoch. */
  readonly lastModified?: number | undefined
}

export interface Missing {
  readonly kind: 'missing'
}

/** There was an item, and there will be none again. */
export interface Gone {
  readonly kind: 'gone'
}

/** The item is under another address: for good (`moved`), or at present (`movedForNow`). */
export interface Moved<K extends 'moved' | 'movedForNow'> {
  readonly kind: K
  readonly to: string
}

/** What `load` returns. */
export type Load<T = unknown> = FoundItem<T> | Missing | Gone | Moved<'moved'> | Moved<'movedForNow'>
export type LoadKind = Load['kind']

export interface Created<T = unknown> {
  readonly kind: 'created'
  readonly item: T
  /** The address of what was created; without it, the target's own (RFC 9110 §15.3.2). */
  readonly location?: string | undefined
}

export interface Changed<T = unknown> {
  readonly kind: 'changed'
  readonly item: T
}

export interface Deleted {
  readonly kind: 'deleted'
}

export interface Done<T = unknown> {
  readonly kind: 'done'
  /** Undefined: there is nothing to send. */
  readonly content?: T | undefined
}

export interface Accepted<T = unknown> {
  readonly kind: 'accepted'
  /** Where to ask how far it is (RFC 9110 §15.3.3). */
  readonly monitor?: string | undefined
  readonly content?: T | undefined
}

export interface SeeOther {
  readonly kind: 'seeOther'
  readonly location: string
}

/** What was to be changed is no longer what was judged. The engine starts again from load. */
export interface Stale {
  readonly kind: 'stale'
}

export interface Refused<K extends 'conflict' | 'invalid' = 'conflict' | 'invalid'> {
  readonly kind: K
  readonly errors: readonly ProblemError[]
}

/** What `perform` returns, by kind: `T` is the item as it is now, `C` other content, `N` what was created. */
interface Results<T, C, N> {
  readonly created: Created<N>
  readonly changed: Changed<T>
  readonly deleted: Deleted
  readonly done: Done<C>
  readonly accepted: Accepted<C>
  readonly seeOther: SeeOther
  readonly stale: Stale
  readonly conflict: Refused<'conflict'>
  readonly invalid: Refused<'invalid'>
}
export type ResultKind = keyof Results<unknown, unknown, unknown>

/** What `perform` returns, of these kinds. */
export type Result<K extends ResultKind = ResultKind, T = unknown, C = unknown, N = T> = Results<T, C, N>[K]

/** What is made by the functions below and by no other: content may look like an outcome and be none. */
const made = new WeakSet<object>()

export function outcome<T extends object>(parts: T): T {
  made.add(parts)
  return parts
}

export function isOutcome(value: unknown): value is Load | Result {
  return typeof value === 'object' && value !== null && made.has(value)
}

/**
 * There is an item. `etag` is what the tag says, without quotes (a version, say), and may repeat
 * only where the content does; `lastModified` is in milliseconds since the epoch. A resource names
 * in `validators` those that it gives.
 */
export function found<T>(item: T): FoundItem<T> & Unvalidated
export function found<T, V extends Validators>(item: T, validators: V): FoundItem<T> & Given<V>
export function found<T>(item: T, { etag, lastModified }: Validators = {}): FoundItem<T> {
  return outcome({
    kind: 'found',
    item,
    ...(etag === undefined ? {} : { etag: formatEntityTag({ weak: false, opaque: etag }) }),
    ...(lastModified === undefined ? {} : { lastModified }),
  })
}

/** What tells one version of an item from another (RFC 9110 §8.8). */
export type Validator = 'etag' | 'lastModified'

interface Validators {
  readonly etag?: string
  readonly lastModified?: number
}

/** Which validators are there, so that a resource that declares others does not compile. */
type Given<V> = { readonly [K in Validator]: K extends keyof V ? V[K] : undefined }
type Unvalidated = Given<unknown>

export const missing = (): Missing => outcome({ kind: 'missing' })

interface Placed {
  readonly location?: string
}

/** The item was created. Without `location` the target is its address, as with PUT. */
export function created<T extends Literal<T, V>, V extends Scalar = Scalar>(item: T, options?: Placed): Created<T>
export function created<T>(item: T, options?: Placed): Created<T>
export function created<T>(item: T, options: Placed = {}): Created<T> {
  return outcome({ kind: 'created', item, ...options })
}

/**
 * The item was changed, and this is what it is now. From an action of a collection: these members
 * are to be written, with the version that was judged.
 */
export function changed<T extends Literal<T, V>, V extends Scalar = Scalar>(item: T): Changed<T>
export function changed<T>(item: T): Changed<T>
export function changed<T>(item: T): Changed<T> {
  return outcome({ kind: 'changed', item })
}

/** The item was deleted. From an action of a collection: it is to be deleted. */
export const deleted = (): Deleted => outcome({ kind: 'deleted' })

/** It is done, and this is the answer, if there is one. */
export function done(): Done<never>
export function done<T extends Literal<T, V>, V extends Scalar = Scalar>(content: T): Done<T>
export function done<T>(content: T): Done<T>
export function done<T>(content?: T): Done<T> {
  return outcome(content === undefined ? { kind: 'done' } : { kind: 'done', content })
}

interface Begun<T> {
  readonly monitor?: string
  readonly content: T
}

/** It was begun and will be done later; `monitor` is where to ask about it. */
export function accepted(options?: { readonly monitor?: string }): Accepted<never>
export function accepted<T extends Literal<T, V>, V extends Scalar = Scalar>(options: Begun<T>): Accepted<T>
export function accepted<T>(options: Begun<T>): Accepted<T>
export function accepted<T>(options: Partial<Begun<T>> = {}): Accepted<T> {
  return outcome({ kind: 'accepted', ...options })
}

/** It is done, and the result is to be looked at there, with GET. */
export const seeOther = (location: string): SeeOther => outcome({ kind: 'seeOther', location })

/** The item changed meanwhile: judge the request again. */
export const stale = (): Stale => outcome({ kind: 'stale' })

/** The present state stands against it; one error for each reason. */
export const conflict = (errors: readonly ProblemError[]): Refused<'conflict'> => outcome({ kind: 'conflict', errors })

/** The content turned out wrong when it was used; one error for each member. */
export const invalid = (errors: readonly ProblemError[]): Refused<'invalid'> => outcome({ kind: 'invalid', errors })
