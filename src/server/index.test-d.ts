/** Nothing that is exported is `any`, nor takes or gives it. */
import type * as exported from './index.ts'

type IsAny<T> = 0 extends 1 & T ? true : false
type Parts<T> = T extends (...taken: infer P) => infer R ? P[number] | R : T

type Anys = {
  [K in keyof typeof exported]: true extends IsAny<(typeof exported)[K]> | IsAny<Parts<(typeof exported)[K]>>
    ? K
    : never
}[keyof typeof exported]

const anys: Anys[] = []
anys satisfies never[]

const guard: [IsAny<Parts<() => ReturnType<typeof JSON.parse>>>, IsAny<unknown>] = [true, false]
export { guard }
