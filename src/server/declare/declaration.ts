/**
 * A declaration as it is stored: what the typed builders (`collection`, `resource`, `defineApi`)
 * put together, with the types the author sees taken off. The compiler and the API's description
 * read this and nothing else.
 */
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Choices, ProblemError } from '../../rules/index.ts'
import type { Caller, Eventually, Exchange, Transaction } from '../operation.ts'
import type { Fault } from './declaration-error.ts'
import type { ApiLimits } from './limits.ts'
import type { Load, LoadKind, Result, ResultKind } from './outcome.ts'

export type Schema = StandardSchemaV1

/** What the author wrote, by a function that cannot refuse it on its own: everything wrong is said at once. */
interface Written {
  /** What is wrong with how it is written; where, from here on. */
  readonly faults?: readonly Fault[]
}

/** A member of an item: its schema and the facts about it. */
export interface FieldFacts extends Written {
  readonly schema: Schema
  /** `fold`: compared without case. */
  readonly unique?: { readonly fold: boolean }
  /** Set by the server only. */
  readonly readOnly?: true
  /** Set by these roles only. */
  readonly setBy?: readonly string[]
  /** Filled from the caller; who it names is the owner of the item. */
  readonly owner?: true
  readonly ref?: { readonly collection: string; readonly onDelete: 'restrict' | 'cascade' }
  /** Never sent. */
  readonly hidden?: true
  /** Sent to these roles only. */
  readonly readBy?: readonly string[]
}

/** `anyone`, `signedIn`, `self`, `owner`, or the name of a role. */
type GuardName = string
export type ItemRule = (x: {
  readonly caller: Caller | undefined
  readonly item: unknown
  readonly method: string
}) => boolean
export type Rule = GuardName | ItemRule | readonly (GuardName | ItemRule)[]

/**
 * What else can be done to an item. `perform` returns an outcome and leaves the writing of its own
 * item to the engine: the members in `changed({ … })` that differ are written, `deleted()` deletes,
 * both with the version that was judged, so that an action loses no update either.
 */
export interface Action {
  readonly input?: Schema
  /** What `created(…)`, `done(…)` and `accepted({ content })` answer with; what is changed is the item. */
  readonly output?: Schema
  readonly allow: Rule
  /** What `perform` may return; the operation gives exactly the statuses of these. */
  readonly outcomes: readonly ResultKind[]
  /** Why the item's present state forbids it. */
  readonly when?: (item: unknown) => readonly ProblemError[] | undefined
  readonly perform: (x: ActionExchange, tx: Transaction) => Eventually<Result>
}

/** What hooks and actions are given. */
interface ActionExchange {
  readonly caller: Caller | undefined
  /** The stored item as its owner would see it, `id`, `createdAt`, `updatedAt` included; undefined before it is created. After a write: as it is now. */
  readonly item: unknown
  /** To an action: its checked content. To a hook: all members as they are to be, or now are; undefined where the item is deleted. */
  readonly input: unknown
  readonly exchange: Exchange
}

/** Runs in the write's transaction. The members that a `before` hook returns are written along, also read-only ones. */
type Hook = (x: ActionExchange, tx: Transaction) => Eventually<Readonly<Record<string, unknown>> | void>

export interface CollectionDeclaration extends Written {
  readonly kind: 'collection'
  readonly fields: Readonly<Record<string, FieldFacts>>
  readonly allow: {
    readonly list?: Rule
    readonly read?: Rule
    readonly create?: Rule
    readonly update?: Rule
    readonly delete?: Rule
  }
  readonly list: {
    readonly filter: readonly string[]
    readonly sort: readonly string[]
    readonly limit: number
    readonly most: number
  }
  readonly check:
    | ((after: Record<string, unknown>, before?: Record<string, unknown>) => readonly ProblemError[] | undefined)
    | undefined
  readonly before: { readonly create?: Hook; readonly update?: Hook; readonly delete?: Hook }
  readonly after: { readonly create?: Hook; readonly update?: Hook; readonly delete?: Hook }
  readonly actions: Readonly<Record<string, Action>>
  readonly hide: boolean
  readonly concurrency: 'optional' | 'required'
  readonly putCreates: boolean
}

/** What one method of a resource does. */
export interface ResourceMethod {
  readonly input?: Schema
  /** What `done(…)` and `accepted({ content })` answer with; what was created or changed is the resource's `output`. */
  readonly output?: Schema
  /** What `perform` may return; the operation gives exactly the statuses of these. */
  readonly outcomes: readonly ResultKind[]
  readonly perform: (x: ResourceExchange) => Eventually<Result>
}

export interface ResourceExchange {
  readonly caller: Caller | undefined
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  /** What `load` found; undefined before, and where a PUT creates. */
  readonly item: unknown
  readonly input: unknown
  field(name: string): string | undefined
}

export interface ResourceDeclaration extends Written {
  readonly kind: 'resource'
  readonly path: string
  readonly params: Readonly<Record<string, Schema>>
  readonly query: Readonly<Record<string, Schema>>
  readonly load: ((x: ResourceExchange) => Eventually<Load>) | undefined
  /** What `load` may return. */
  readonly loads: readonly LoadKind[]
  /** What `found(…)` gives along; without any there are no conditional requests. */
  readonly validators: readonly ('etag' | 'lastModified')[]
  readonly allow: Readonly<Partial<Record<'get' | 'put' | 'patch' | 'delete' | 'post', Rule>>>
  readonly hide: boolean
  readonly concurrency: 'optional' | 'required'
  /** What it answers with, for the API's description. */
  readonly output: Schema | undefined
  /** Does it ask another server, so that 502 and 504 can come? */
  readonly upstream: boolean
  /** Without `get`, GET answers what `load` found; false: there is no GET. */
  readonly get: ((x: ResourceExchange) => Eventually<unknown>) | boolean
  readonly put: ResourceMethod | undefined
  readonly patch: ResourceMethod | undefined
  readonly delete: ResourceMethod | undefined
  readonly post: ResourceMethod | undefined
}

export interface MovedDeclaration extends Written {
  readonly kind: 'moved'
  readonly path: string
  /** A path with the same variables. */
  readonly to: string
  /** 308 keeps the method; `old` is 301 for user agents that know no 308; `forNow` is 307. */
  readonly how: 'permanent' | 'old' | 'forNow'
}

export interface GoneDeclaration extends Written {
  readonly kind: 'gone'
  readonly path: string
}

export type ResourceLike = CollectionDeclaration | ResourceDeclaration | MovedDeclaration | GoneDeclaration

export interface ApiDeclaration {
  readonly resources: Readonly<Record<string, ResourceLike>>
  readonly title: string
  readonly version: string
  readonly accounts: { readonly in: string; readonly role: string; readonly login: string } | undefined
  /** Ways to prove who one is; empty without accounts. */
  readonly auth: { readonly password: boolean; readonly apiKeys: boolean }
  readonly realm: string
  readonly seed: Readonly<Record<string, readonly SeedItem[]>>
  /** What a content that fails its schema is answered with. */
  readonly validation: Choices['validation']
  /** What a database known to be unreachable is answered with. */
  readonly unavailable: Choices['unavailable']
  readonly origins: readonly string[] | undefined
  readonly cors: { readonly origins: readonly string[] | '*' } | undefined
  readonly limits: ApiLimits
}

/** An item to begin with; `key` and `password` become its credentials. Both are re-applied at each start. */
export interface SeedItem {
  readonly values: Readonly<Record<string, unknown>>
  readonly key?: string | undefined
  readonly password?: string | undefined
}

/** What can be served: anything that carries a declaration. */
export interface Declared {
  readonly declaration: ApiDeclaration
}
