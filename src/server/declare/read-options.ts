/** What an author has given as options, held to the tables of `options.ts`. */
import type { Fault } from './declaration-error.ts'
import { type Form, options } from './form.ts'
import { OPTIONS } from './options.ts'

/** The options, none if nothing is given; where their form is wrong, none but the one that must be there, for it is never served. */
export function read<T extends { readonly allow: object }>(kind: 'collection' | 'resource', given: object = {}) {
  const faulty = faultsIn(kind, given)
  return { options: (faulty.faults === undefined ? given : { allow: {} }) as T, ...faulty }
}

/** What is wrong with the form of these options, where anything is. */
export function faultsIn(kind: keyof typeof FORM, given: unknown): { readonly faults?: readonly Fault[] } {
  const faults = [...FORM[kind](given, '')]
  return faults.length === 0 ? {} : { faults }
}

const FORM = {
  api: options('an API', OPTIONS.api),
  collection: options('a collection', OPTIONS.collection),
  resource: options('a resource', OPTIONS.resource),
  moved: options('moved', OPTIONS.moved),
  unique: options('unique', OPTIONS.unique),
  reference: options('a reference', OPTIONS.reference),
} satisfies Readonly<Record<string, Form>>
