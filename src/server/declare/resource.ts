/**
 * A resource that is no collection: a path of your own, and functions that answer for it.
 *
 * Write `load` first: what it finds is the type of `item` in everything below it. What each method
 * may return is declared, so that its statuses are known before anything runs.
 */
import type { RuleFor } from './action-options.ts'
import type { ResourceDeclaration, Schema } from './declaration.ts'
import type { OutputOf } from './field.ts'
import { read } from './read-options.ts'
import type { Eventually } from '../operation.ts'
import type { LoadKind, ResultKind, Validator } from './outcome.ts'
import type {
  Content,
  Fitting,
  LoadOf,
  MethodOptions,
  Outcomes,
  ParamSchemas,
  Puts,
  QuerySchemas,
  ResourceContent,
  ResourceHead,
  ResourceTarget,
} from './resource-options.ts'
import { isAllowed } from './rule.ts'

/** Declares what is under a path: `/rooms/{room}/seats/{seat}`. */
export function resource<
  const P extends string,
  const V extends ParamSchemas<P> = {},
  const Q extends QuerySchemas = {},
  const L extends readonly LoadKind[] = ['found', 'missing'],
  const W extends readonly Validator[] = [],
  T = undefined,
  const A = unknown,
  D extends Schema | undefined = undefined,
  G = T,
  PutIn = undefined,
  PutOut = undefined,
  const Put extends Outcomes = never,
  PatchIn = undefined,
  PatchOut = undefined,
  const Patch extends Outcomes = never,
  PostIn = undefined,
  PostOut = undefined,
  const Post extends Outcomes = never,
  DeleteOut = undefined,
  const Delete extends Outcomes = never,
  H extends boolean = false,
  N extends 'optional' | 'required' = 'optional',
  U extends boolean = false,
>(
  path: P,
  options: {
    /** Schemas of variables of the path. A value that does not fit is answered as if there were nothing there. */
    readonly params?: V
    /** Query parameters by name; any other is refused, and so is one left out that its schema needs. */
    readonly query?: Q
    /** What `load` may return: `found` and `missing` unless you say otherwise. */
    readonly loads?: L
    /** What `found(…)` gives along, so that requests can be conditional (RFC 9110 §13). */
    readonly validators?: W
    readonly load?: (x: ResourceHead<P, V, Q>) => Eventually<LoadOf<T, L[number], W[number]>>
    /** Who may use which method; a method that nobody may use does not exist. */
    readonly allow: A & { readonly [K in Verb]?: RuleFor<NoInfer<T>> } & {
      readonly [K in Exclude<keyof A, Verb>]: never
    }
    /** What GET answers with, and what was created or changed. */
    readonly output?: D
    /** Makes the representation; without, it is what `load` found. False: there is no GET. */
    readonly get?: false | ((x: ResourceTarget<P, V, Q, T>) => Eventually<G & Fitting<D> & Content<G>>)
    readonly put?: MethodOptions<ResourceContent<P, V, Q, Puts<T, Put>, PutIn>, PutIn, PutOut, Put, Fitting<D>>
    readonly patch?: MethodOptions<ResourceContent<P, V, Q, T, PatchIn>, PatchIn, PatchOut, Patch, Fitting<D>>
    readonly post?: MethodOptions<ResourceContent<P, V, Q, T, PostIn>, PostIn, PostOut, Post, Fitting<D>>
    readonly delete?: MethodOptions<ResourceContent<P, V, Q, T, undefined>, undefined, DeleteOut, Delete, Fitting<D>>
    /** Who may not GET the item is answered as if there were none. */
    readonly hide?: H
    /** `required`: PUT, PATCH and DELETE must say which version they mean (RFC 6585 §3). */
    readonly concurrency?: N
    /** It asks another server: `BadUpstream` and `UpstreamTimeout` may be thrown. */
    readonly upstream?: U
  },
): Resource<{
  readonly path: P
  readonly params: V
  readonly query: Q
  readonly loads: L[number]
  readonly validators: W[number]
  readonly allow: A
  readonly output: D extends Schema ? OutputOf<D> : G
  readonly methods: Present<{
    readonly put: MethodOf<PutIn, PutOut, Put>
    readonly patch: MethodOf<PatchIn, PatchOut, Patch>
    readonly post: MethodOf<PostIn, PostOut, Post>
    readonly delete: MethodOf<undefined, DeleteOut, Delete>
  }>
  readonly loaded: [T] extends [undefined] ? false : true
  readonly hide: H
  readonly concurrency: N
  readonly upstream: U
}>
export function resource(path: string, typed: object): ResourceDeclaration {
  // From here on the types that the author sees are taken off: callbacks take what they are given.
  const { options, ...faulty } = read<UntypedOptions>('resource', typed)
  const { allow, load } = options
  return {
    kind: 'resource',
    path,
    params: options.params ?? {},
    query: options.query ?? {},
    load,
    loads: load === undefined ? [] : (options.loads ?? ['found', 'missing']),
    validators: options.validators ?? [],
    allow,
    output: options.output,
    // What is found can be shown, to whoever may see it.
    get: options.get ?? (load !== undefined && isAllowed(allow.get)),
    put: options.put,
    patch: options.patch,
    post: options.post,
    delete: options.delete,
    hide: options.hide ?? false,
    concurrency: options.concurrency ?? 'optional',
    upstream: options.upstream ?? false,
    ...faulty,
  }
}

/** What the types know of a resource. */
export interface ResourceShape {
  readonly path: string
  readonly params: object
  readonly query: object
  readonly loads: LoadKind
  readonly validators: Validator
  readonly allow: object
  readonly output: unknown
  readonly methods: { readonly [K in WriteVerb]?: MethodShape }
  readonly loaded: boolean
  readonly hide: boolean
  readonly concurrency: 'optional' | 'required'
  readonly upstream: boolean
}

export interface MethodShape {
  /** A schema, or anything else for none. */
  readonly input: unknown
  /** Likewise. */
  readonly output: unknown
  readonly outcomes: ResultKind
}

export interface Resource<S = ResourceShape> extends ResourceDeclaration {
  readonly '~resource'?: S
}

type WriteVerb = 'put' | 'patch' | 'post' | 'delete'
type Verb = 'get' | WriteVerb

type MethodOf<I, D, O extends Outcomes> = [O] extends [never]
  ? never
  : { readonly input: I; readonly output: D; readonly outcomes: O[number] }

type Present<M> = { readonly [K in keyof M as [M[K]] extends [never] ? never : K]: M[K] }

type UntypedOptions = Pick<ResourceDeclaration, 'allow'> & {
  readonly [K in Exclude<keyof ResourceDeclaration, 'kind' | 'path' | 'allow'>]?: ResourceDeclaration[K]
}
