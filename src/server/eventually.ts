/** Going on at once with what is there at once. */
import type { Eventually } from './storage.ts'

export function andThen<T, U>(value: Eventually<T>, next: (value: T) => Eventually<U>): Eventually<U> {
  if (value instanceof Promise) return value.then(next)
  // The queries of many database libraries are promises to the types, and objects of their own when they run.
  return isThenable(value) ? Promise.resolve(value).then(next) : next(value as T)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
