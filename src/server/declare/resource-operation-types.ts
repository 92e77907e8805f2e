/** The same of what is no collection: an operation for each method of a resource that somebody may use. */
import type { Schema } from './declaration.ts'
import type { ApiShape, GuardsIn } from './fact-types.ts'
import type { InputOf, MayBeAbsent } from './field.ts'
import type { Answers, Bare } from './operation-types.ts'
import type { ResourceFacts, ResourceShapeOf } from './resource-fact-types.ts'
import type { ResourceVerb } from './resource-facts.ts'
import type { Variables } from './resource-options.ts'
import type { MethodShape, ResourceShape } from './resource.ts'

export type ResourceOperations<X, Z extends ApiShape, F> = {
  readonly [P in ResourceKey<X> as P[2]]: ResourceOperation<ResourceShapeOf<X[P[0] & keyof X]>, P[1], Z, F>
}

/** Name, verb and key of each method that somebody may use. */
type ResourceKey<X> = {
  [K in keyof X]: ResourceShapeOf<X[K]> extends infer R extends ResourceShape
    ? { [V in VerbsOf<R>]: [K, V, `${Uppercase<V>} ${R['path']}`] }[VerbsOf<R>]
    : never
}[keyof X]

type VerbsOf<R extends ResourceShape> = {
  [V in ResourceVerb & keyof R['allow']]: [GuardsIn<R['allow'][V]>] extends [never]
    ? never
    : V extends 'get' | keyof R['methods']
      ? V
      : never
}[ResourceVerb & keyof R['allow']]

interface ResourceOperation<R extends ResourceShape, V extends ResourceVerb, Z extends ApiShape, F> extends Bare {
  readonly method: Uppercase<V>
  readonly facts: F | ResourceFacts<R, V, Z>
  readonly params: { readonly [N in Variables<R['path']>]: string | number }
  readonly query: {
    readonly [Q in keyof R['query'] as MayBeAbsent<R['query'][Q]> extends true ? never : Q]: InputOf<R['query'][Q]>
  } & {
    readonly [Q in keyof R['query'] as MayBeAbsent<R['query'][Q]> extends true ? Q : never]?: InputOf<R['query'][Q]>
  }
  readonly in: ResourceMethod<R, V>['input'] extends infer I extends Schema ? InputOf<I> : undefined
  readonly out: V extends 'get'
    ? { readonly reads: R['output'] }
    : Answers<ResourceMethod<R, V>, R['output'], R['output']>
}

type ResourceMethod<R extends ResourceShape, V> = V extends keyof R['methods']
  ? Extract<R['methods'][V], MethodShape>
  : { readonly input: unknown; readonly output: unknown; readonly outcomes: never }
