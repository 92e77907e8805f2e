/**
 * A constraint that nearly everything meets, and whose effect is that what is written keeps its
 * type: `{ state: 'published' }` is of that state, not of some text, and `[1, 2]` is a pair.
 *
 * For a literal is widened unless the type it stands in has room for a scalar type's parameter.
 * Unlike `const`, it makes nothing readonly.
 */
export type Literal<T, V> = V | { [K in keyof T]: Literal<T[K], V> }

export type Scalar = string | number | boolean | bigint | null | undefined
