/** What the types say of each API is what `statuses.ts`, folded at run time, says. */
import type { Carrier, ConnectionStatus, OperationsOf, StatusOf } from '../../src/rules/index.ts'
import type newsroom from '../../examples/newsroom/api.ts'
import type * as drawn from './declarations.ts'
import type { STATUSES } from './statuses.ts'

type Apis = { newsroom: typeof newsroom } & typeof drawn

/** Operations of which types and run time say different things, each with what it is. */
type Differences = {
  [A in keyof Apis]: DifferencesOf<Apis[A], A extends keyof typeof STATUSES ? (typeof STATUSES)[A] : never>
}[keyof Apis]

type DifferencesOf<A extends Carrier, Folded> =
  | Exclude<keyof OperationsOf<A> & string, keyof Folded>
  | {
      [K in keyof Folded & string]: K extends keyof OperationsOf<A>
        ? Folded[K] extends readonly (infer S)[]
          ? Same<StatusOf<A, K>, S> extends true
            ? never
            : { operation: K; onlyTyped: Exclude<StatusOf<A, K>, S>; onlyFolded: Exclude<S, StatusOf<A, K>> }
          : never
        : K
    }[keyof Folded & string]

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

const differences: Differences[] = []
differences satisfies never[]

const connection: Same<ConnectionStatus, 400 | 408 | 414 | 421 | 429 | 431 | 501 | 503 | 505> = true
export { connection }
