/**
 * Answers of the author's functions that cannot be waited for: a rule, `check`, `when`, the schema of a parameter.
 *
 * The types say so. Where they are not asked, a promise must not pass for yes, nor for "nothing is wrong".
 */
import type { ProblemError } from '../../rules/index.ts'

/** The answer, if it is there; `what` is who was asked, for the author. */
export function atOnce<T>(answer: T | Promise<unknown>, what: string): T {
  if (!(answer instanceof Promise)) return answer
  // Nobody waits for what becomes of it.
  answer.catch(() => undefined)
  throw new TypeError(`${what} must answer at once, not with a promise`)
}

/** Yes or no, and nothing that merely looks like it. */
export function decided(answer: unknown, what: string): boolean {
  const given = atOnce(answer, what)
  if (typeof given !== 'boolean') throw new TypeError(`${what} must return true or false`)
  return given
}

/** What is wrong; nothing where nothing is returned. */
export function errorsOf(answer: unknown, what: string): readonly ProblemError[] {
  const given = atOnce(answer, what)
  if (given === undefined) return []
  if (!Array.isArray(given)) throw new TypeError(`${what} must return an array of errors, or undefined`)
  return given as readonly ProblemError[]
}
