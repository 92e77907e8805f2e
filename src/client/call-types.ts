/**
 * From what describes an API to the calls it can be asked: a server's declaration, the `paths` of an
 * OpenAPI document as a type, or nothing.
 *
 * Each call looks up its own operation, so that a large API costs no more than what is used of it.
 */
import type {
  ContentOf,
  OperationsOf,
  OperationType,
  Seen,
  StatusCode,
  StatusesWith,
  StatusWith,
} from '../rules/index.ts'
import type { CallType } from './reply-types.ts'

export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Paths that have the method. */
export type PathsOf<A, M extends Verb> = '~operations' extends keyof A
  ? keyof OperationsOf<A> extends infer K
    ? K extends `${M} ${infer P}`
      ? P
      : never
    : never
  : // One of several methods will do.
    M extends Verb
    ? { [P in keyof A]: A[P] extends { readonly [V in Lowercase<M>]: object } ? P : never }[keyof A] & string
    : never

/** The call of a method on a path. */
export type CallAt<A, M extends Verb, P> = '~operations' extends keyof A
  ? At<OperationsOf<A>, `${M} ${P & string}`> extends infer O extends OperationType
    ? Declared<O>
    : never
  : At<At<A, P>, Lowercase<M>> extends infer D
    ? Described<D, ParametersOf<At<A, P>>>
    : never

/** Looked up, not intersected with all names there are: that would cost as much as there are. */
type At<T, K> = K extends keyof T ? T[K] : never

/** An alias, not an interface: whoever exports a reply has it written out, and need not be able to name it. */
type Declared<O extends OperationType> = {
  readonly params: O['params']
  readonly query: O['query']
  readonly in: O['in']
  readonly content: { readonly [S in StatusesSeen<O> & SuccessCode]: Content<O, S> }
  readonly fails: Exclude<StatusesSeen<O>, SuccessCode>
}

type SuccessCode = StatusWith<{ class: 'success' }>

/**
 * What an Idempotency-Key can collide with, only those meet who send one, and then by a mistake of their own. A condition
 * where there is no version is such a mistake too: what it brings (`StatusesOf`) is left out.
 */
type StatusesSeen<O extends OperationType> =
  StatusesWith<O['method'], Exclude<O['facts'], 'keyed'>> extends infer S extends StatusCode ? Seen<S> : never

/** Of what is found elsewhere nothing is declared. */
type Content<O extends OperationType, S extends StatusCode> = Known<ContentOf<O, S>>
type Known<T> = [T] extends [never] ? unknown : T

interface Described<D, Shared> {
  readonly params: Of<ParametersOf<D>, 'path'> & Of<Shared, 'path'>
  readonly query: Of<ParametersOf<D>, 'query'> & Of<Shared, 'query'>
  readonly in: D extends { readonly requestBody: infer B }
    ? JsonOf<B>
    : D extends { readonly requestBody?: infer B }
      ? JsonOf<NonNullable<B>> | undefined
      : undefined
  readonly content: {
    readonly [S in Seen<keyof ResponsesOf<D> & number> & SuccessCode]: Known<JsonOf<At<ResponsesOf<D>, S>>>
  }
  readonly fails: Exclude<Seen<keyof ResponsesOf<D> & number>, SuccessCode>
}

type ResponsesOf<D> = D extends { readonly responses: infer R } ? R : object
type ParametersOf<D> = D extends { readonly parameters: infer P } ? P : object
/** None is written `path?: never`, too. */
type Of<P, K extends string> = P extends { readonly [N in K]?: infer V }
  ? [NonNullable<V>] extends [never]
    ? object
    : NonNullable<V>
  : object

/** The JSON among the media types. */
type JsonOf<B> = B extends { readonly content: infer C }
  ? { [T in keyof C]: T extends `${string}json` ? C[T] : never }[keyof C]
  : undefined

/** What a caller has to say. */
export type Init<C extends CallType> = InitOptions &
  (object extends C['query'] ? { readonly query?: C['query'] } : { readonly query: C['query'] }) &
  (keyof C['params'] extends never ? unknown : { readonly params: C['params'] }) &
  (C['in'] extends undefined
    ? unknown
    : undefined extends C['in']
      ? { readonly content?: C['in'] }
      : { readonly content: C['in'] })

/** The argument may be left out where nothing has to be said. */
export type InitArguments<C extends CallType> = object extends Init<C> ? [init?: Init<C>] : [init: Init<C>]

export interface InitOptions {
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly signal?: AbortSignal | undefined
  /** Makes POST and PATCH repeatable: true for a key of the client's making (Idempotency-Key §2.2). */
  readonly idempotencyKey?: true | string
  /** False: not even what is idempotent is sent twice. */
  readonly repeat?: boolean
}

/** Of an API that nothing is known about. */
export interface LooseInit extends InitOptions {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: object
  readonly content?: unknown
}
