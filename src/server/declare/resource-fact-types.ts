/** Which facts hold of the methods of a resource, as types: `resource-facts.ts` rule by rule. */
import type { Schema } from './declaration.ts'
import type { ApiShape, GuardFacts, GuardsIn, If, InputFacts, Is, OutcomeFacts, ReadGuardFacts } from './fact-types.ts'
import type { ResultKind } from './outcome.ts'
import type { ResourceVerb } from './resource-facts.ts'
import type { ResourceShape } from './resource.ts'

/** What the types know of a resource. */
export type ResourceShapeOf<R> = R extends { readonly kind: 'resource'; readonly '~resource'?: infer S }
  ? Extract<NonNullable<S>, ResourceShape>
  : never

export type ResourceFacts<R extends ResourceShape, V extends ResourceVerb, Z extends ApiShape> =
  | ([keyof R['params']] extends [never] ? never : 'params')
  | (V extends 'get' ? ReadGuardFacts<Guards<R, V>, R['hide']> : GuardFacts<Guards<R, V>, R['hide']>)
  | If<R['loaded'], 'item' | MustExist<R, V> | FactOfLoad[R['loads']]>
  | ValidatorFacts<R, V>
  | (V extends 'get' ? 'negotiated' | 'reads' : 'performs' | 'writes')
  | If<Is<TakenBy<R, V>, Schema>, InputFacts<Z>>
  | If<Is<V, 'post'>, 'keyed'>
  | OutcomeFacts<OutcomesOf<R, V>, Z>
  | If<R['upstream'], 'upstream'>

type Guards<R extends ResourceShape, V> = GuardsIn<R['allow'][V & keyof R['allow']]>

type MustExist<R extends ResourceShape, V> = 'missing' extends R['loads']
  ? V extends 'put'
    ? 'created' extends OutcomesOf<R, V>
      ? never
      : 'mustExist'
    : 'mustExist'
  : never

interface FactOfLoad {
  found: never
  missing: never
  gone: 'goes'
  moved: 'moves'
  movedForNow: 'movesForNow'
}

type ValidatorFacts<R extends ResourceShape, V> =
  Is<R['validators'], never> extends true
    ? never
    :
        | ('etag' extends R['validators'] ? 'selects' : never)
        | ('lastModified' extends R['validators'] ? 'modified' : never)
        | (V extends 'put' | 'patch' | 'delete' ? If<Is<R['concurrency'], 'required'>, 'conditionRequired'> : never)

type TakenBy<R extends ResourceShape, V> = V extends keyof R['methods']
  ? R['methods'][V] extends { readonly input: infer I }
    ? I
    : unknown
  : unknown
type OutcomesOf<R extends ResourceShape, V> = V extends keyof R['methods']
  ? R['methods'][V] extends { readonly outcomes: infer O extends ResultKind }
    ? O
    : never
  : never
