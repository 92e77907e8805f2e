/** Going on at once with what is there at once. */
import type { Eventually } from './storage.ts'

export function andThen<T, U>(value: Eventually<T>, next: (value: T) => Eventually<U>): Eventually<U> {
  return value instanceof Promise ? value.then(next) : next(value)
}
