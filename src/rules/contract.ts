/**
 * The contract between the faces: what an operation takes, gives and may answer, as types alone.
 *
 * A server's declaration carries it, an OpenAPI document can be mapped to it, and a client reads it;
 * none names another. The statuses are those of the rows of the graph whose facts an operation has:
 * flat rows, filtered; a type that walked the edges would be too deep to check.
 */
import type { Fact } from './decision.ts'
import type { Decisions } from './decisions.ts'
import type { Method } from './method.ts'
import type { Bodyless, StatusCode } from './status.ts'

export interface OperationType {
  readonly method: Method
  /** What is declared of it, facts of the API included. */
  readonly facts: Fact
  /** The path's variables. */
  readonly params: object
  readonly query: object
  /** Content taken; undefined: none. */
  readonly in: unknown
  /** Content answered with, by the fact that brings the answer: `{ reads: Article }`. */
  readonly out: { readonly [F in Fact]?: unknown }
}

/** `{ 'GET /articles/{id}': … }` */
export type Contract = Readonly<Record<string, OperationType>>

/** Whatever carries a contract, as a phantom. */
export interface Carrier<C = unknown> {
  readonly '~operations'?: C
}

/** The operations of what carries a contract. */
export type OperationsOf<A> = A extends Carrier<infer C> ? NonNullable<C> : never

/** One operation: `OperationOf<typeof newsroom, 'GET /articles/{id}'>`. */
export type OperationOf<A, K extends keyof OperationsOf<A>> = Extract<OperationsOf<A>[K], OperationType>

/**
 * The statuses an operation can give, exactly, but for those of the connection (`ConnectionStatus`).
 * A name that is no operation of the API does not compile.
 */
export type StatusOf<A, K extends keyof OperationsOf<A>> = StatusesOf<OperationOf<A, K>>

/**
 * The same of an operation's type. A condition can be false wherever it is sent, also of what is not represented: the
 * status is the same (RFC 9110 §13.1.1).
 */
export type StatusesOf<O extends OperationType> = O extends unknown
  ? StatusesWith<O['method'], O['facts'] | 'represented'>
  : never

/** The same of a method and facts. */
export type StatusesWith<M extends Method, F extends Fact> = Uppercase<F> extends infer U ? Given<Rows, M, U> : never

/** The statuses of the connection and of a server that is full: any request can be answered so. */
export type ConnectionStatus = Extract<RowAt<Decisions[WireId]>, Row>['gives']

/** The content that comes with a status: that of the operation if it succeeded, none where there is none. */
export type ContentOf<O extends OperationType, S extends StatusCode> = S extends Bodyless
  ? undefined
  : O['out'][BroughtBy[S] & keyof O['out']]

/** For each status the facts that bring its content: looked up by every operation, made once. */
type BroughtBy = { [S in StatusCode]: { [F in Fact]: S extends Brings[F] ? F : never }[Fact] }

/**
 * Facts are in capitals here. The compiler knows a union by what it was put together from, and would filter the rows
 * anew for each collection; a union of names that were all changed is the same type, whoever declared it, as soon as
 * it is looked at (`infer`).
 */
interface Row {
  readonly methods: Method
  readonly needs: Uppercase<Fact>
  readonly gives: StatusCode
}

type Given<R, M, F> = R extends Row
  ? M extends R['methods']
    ? [R['needs']] extends [F]
      ? R['gives']
      : never
    : never
  : never

/** Statuses of the rows that are asked because of a fact, other than refusals. */
type Brings = { [F in Fact]: Bringing<Rows, Uppercase<F>> }
type Bringing<R, F> = R extends Row ? (F extends R['needs'] ? R['gives'] : never) : never

type WireId = { [K in keyof Decisions]: Decisions[K] extends { phase: 'wire' } ? K : never }[keyof Decisions]

/** One row for each question that has a status among its edges. */
type Rows = { [K in Exclude<keyof Decisions, WireId>]: RowAt<Decisions[K]> }[Exclude<keyof Decisions, WireId>]

type RowAt<N> = [Statuses<N>] extends [never]
  ? never
  : {
      readonly methods: N extends { methods: readonly (infer M)[] } ? M : Method
      readonly needs: N extends { needs: readonly (infer F extends Fact)[] } ? Uppercase<F> : never
      readonly gives: Statuses<N>
    }

type Statuses<N> = Extract<
  | (N extends { answers: { yes: infer Y; no: infer X } } ? Y | X : never)
  | (N extends { next: infer T } ? T : never)
  | (N extends { gives: infer G } ? G : never)
  | (N extends { absent: infer A } ? A : never),
  StatusCode
>
