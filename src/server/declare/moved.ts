/**
 * Former addresses: declared for a path, or answered by a `load`.
 *
 * With a path to be served the function declares; without, it is an outcome of `load`.
 */
import type { GoneDeclaration, MovedDeclaration } from './declaration.ts'
import { faultsIn } from './read-options.ts'
import { type Gone, type Moved, outcome } from './outcome.ts'

export interface MovedPath<From extends string = string, To extends string = string> extends MovedDeclaration {
  readonly path: From
  readonly to: To
}

export interface MoveOptions {
  /** `permanent` is 308 and the default; `old` is 301, `forNow` 307. */
  readonly as?: MovedDeclaration['how']
}

/**
 * Declares that what was under `from` is now under `to`, a path with the same variables (or an
 * address elsewhere). `permanent`, the default, is for good and keeps the method; `old` is for user
 * agents that know no such thing (RFC 9110 §15.4.2); `forNow` is a detour (§15.4.8).
 */
export function moved<const From extends string, const To extends string>(
  from: From,
  to: To,
  options?: MoveOptions,
): MovedPath<From, To>
/** An outcome of `load`: the item is under `to`, for good unless `permanent` is false. */
export function moved(to: string, options?: { readonly permanent?: true }): Moved<'moved'>
export function moved(to: string, options: { readonly permanent: false }): Moved<'movedForNow'>
export function moved(
  first: string,
  second?: string | { readonly permanent?: boolean },
  options: MoveOptions = {},
): MovedPath | Moved<'moved' | 'movedForNow'> {
  if (typeof second === 'string')
    return { kind: 'moved', path: first, to: second, how: options.as ?? 'permanent', ...faultsIn('moved', options) }
  return outcome({ kind: second?.permanent === false ? 'movedForNow' : 'moved', to: first })
}

/** Declares that what was under this path is gone for good (RFC 9110 §15.5.11). */
export function gone(path: string): GoneDeclaration
/** An outcome of `load`: there was an item, and there will be none again. */
export function gone(): Gone
export function gone(path?: string): GoneDeclaration | Gone {
  return path === undefined ? outcome({ kind: 'gone' }) : { kind: 'gone', path }
}
