/**
 * Forms: what an option may look like, for whoever has no compiler to say so.
 *
 * A form looks at what was written and yields what is wrong with it. Whether the names in it mean
 * anything is no matter of form, and is asked afterwards. Absent is right, unless it is `required`.
 */
import { isObject } from '../../rules/merge-patch.ts'
import type { Fault } from './declaration-error.ts'
import { instead } from './nearest.ts'

export type Form = (value: unknown, where: string) => Iterable<Fault>
export type Forms = Readonly<Record<string, Form>>

/** An object with these options and no others; `of` is what has them. */
export function options(of: string, forms: Forms): Form {
  const known = Object.keys(forms)
  return function* (value, where) {
    if (value === undefined) return
    yield* members(forms)(value, where)
    for (const name of Object.keys(Object(value)))
      if (!known.includes(name))
        yield {
          where: under(where, name),
          what: `unknown option "${name}" of ${of}`,
          instead: instead(name, known),
        }
  }
}

/** An object that has these, if it has them, and may have others. */
export function members(forms: Forms): Form {
  return function* (value, where) {
    if (value === undefined) return
    if (!isObject(value)) yield { where, what: 'is no object', instead: `Write { ${Object.keys(forms).join(', ')} }` }
    else for (const [name, form] of Object.entries(forms)) yield* form(value[name], under(where, name))
  }
}

/** An object whose values are all of one form, under any names. */
export function each(form: Form): Form {
  return function* (value, where) {
    if (value === undefined) return
    if (!isObject(value)) yield { where, what: 'is no object', instead: 'Write { name: … }' }
    else for (const [name, one] of Object.entries(value)) yield* required(form)(one, under(where, name))
  }
}

export function list(form: Form): Form {
  return function* (value, where) {
    if (value === undefined) return
    if (!Array.isArray(value)) yield { where, what: 'is no list', instead: 'Write it in brackets: [ … ]' }
    else for (const [at, one] of value.entries()) yield* required(form)(one, `${where}[${at}]`)
  }
}

export function required(form: Form): Form {
  return function* (value, where) {
    if (value === undefined) yield { where, what: 'is missing', instead: 'Write it, it has no default' }
    else yield* form(value, where)
  }
}

/** One of these; `of` is what they are. */
export function choice(of: string, known: readonly (string | number)[]): Form {
  return function* (value, where) {
    if (value === undefined || known.some((one) => one === value)) return
    // Numbers that differ in a figure were not mistyped.
    const name = typeof value === 'string' ? value : ''
    yield { where, what: `unknown ${of} "${String(value)}"`, instead: instead(name, known.map(String)) }
  }
}

/** Anything that passes. */
export function passing(fits: (given: unknown) => boolean, what: string, advice: string): Form {
  return function* (given, where) {
    if (given !== undefined && !fits(given)) yield { where, what, instead: advice }
  }
}

export const text = passing((given) => typeof given === 'string', 'is no text', 'Write it in quotes')
export const number = passing((given) => typeof given === 'number', 'is no number', 'Leave it out for the default')
export const flag = passing((given) => typeof given === 'boolean', 'is neither true nor false', 'Write one of them')
export const callback = passing((given) => typeof given === 'function', 'is no function', 'Write one: (x) => …')

/** Where something is: `users` and `allow.read` make `users.allow.read`. */
const under = (where: string, name: string): string => (where === '' ? name : name === '' ? where : `${where}.${name}`)

/** What is wrong in a part of the declaration, as seen from the whole. */
export const faultsUnder = (where: string, faults: readonly Fault[] = []): Fault[] =>
  faults.map((fault) => ({ ...fault, where: under(where, fault.where) }))
