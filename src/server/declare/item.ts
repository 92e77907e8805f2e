/**
 * Items as types: what is stored, sent, and taken, from the members of a collection.
 *
 * Optional is absent, nullable is null (never both). In what is taken a property may also be given
 * as undefined, since JSON leaves it out.
 */
import type { InputOf, MayBeAbsent, OutputOf, TraitsOf } from './field.ts'

/** Made by the server, of every item. Times are RFC 3339, in UTC. */
export interface ServerMade {
  readonly id: string
  readonly createdAt: string
  readonly updatedAt: string
}

/** All members of an item: what rules, hooks and actions see. */
export type Item<F> = Flat<ServerMade & Members<F>>

/** The declared members of an item. */
export type Members<F> = Stored<F, keyof F>

/** An item as it is sent. Members that only some roles see may be missing. */
export type Sent<F> = Flat<
  ServerMade & Stored<F, Exclude<keyof F, Having<F, 'hidden' | 'readBy'>>> & Partial<Stored<F, VisibleToSome<F>>>
>

/** What is taken to create an item; its owner is filled in. */
export type NewItem<F> = Flat<Taken<F, Exclude<keyof F, Having<F, 'readOnly'>>>>

/** What is taken to replace an item. What was read may be sent back, also what only the server sets. */
export type Replacement<F> = Flat<
  Taken<F, Exclude<keyof F, Having<F, 'readOnly'>>> &
    Partial<ServerMade> & { readonly [K in Having<F, 'readOnly'>]?: OutputOf<F[K]> | undefined }
>

/** A merge patch (RFC 7396): null takes an optional member away. */
export type Patch<F> = Flat<
  Partial<ServerMade> & {
    readonly [K in keyof F]?: InputOf<F[K]> | (undefined extends OutputOf<F[K]> ? null : never) | undefined
  }
>

/** Names of members that have any of these facts. */
export type Having<F, T extends string> = {
  [K in keyof F]: Extract<keyof TraitsOf<F[K]>, T> extends never ? never : K
}[keyof F]

/** What a member's fact says, over all members: the roles of `setBy`, the collections of `ref`. */
export type Said<F, T extends string> = {
  [K in keyof F]: T extends unknown ? (TraitsOf<F[K]> extends { readonly [X in T]: infer V } ? V : never) : never
}[keyof F]

/** As one object, so that a hint shows members in place of how they came about. */
export type Flat<T> = { [K in keyof T]: T[K] }

type VisibleToSome<F> = Exclude<Having<F, 'readBy'>, Having<F, 'hidden'>>

type Stored<F, N extends keyof F> = {
  readonly [K in N as undefined extends OutputOf<F[K]> ? never : K]: OutputOf<F[K]>
} & {
  readonly [K in N as undefined extends OutputOf<F[K]> ? K : never]?: Exclude<OutputOf<F[K]>, undefined>
}

type Taken<F, N extends keyof F> = {
  readonly [K in N as MayLeaveOut<F[K]> extends true ? never : K]: InputOf<F[K]>
} & {
  readonly [K in N as MayLeaveOut<F[K]> extends true ? K : never]?: InputOf<F[K]> | undefined
}

type MayLeaveOut<F> = TraitsOf<F> extends { readonly owner: true } ? true : MayBeAbsent<F>
