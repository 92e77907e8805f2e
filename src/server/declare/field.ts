/**
 * Facts about a member: builders that wrap a schema, or each other, and say one thing more.
 *
 * `unique(setBy('admin', z.string()))` is a string that no two items share and only admins set.
 * Any Standard Schema will do. A builder's second type, `Traits`, is what the types need to know.
 */
import type { FieldFacts, Schema } from './declaration.ts'
import { jsonSchema } from './json-schema.ts'
import { choicesOf, definitionsOf } from './json-shape.ts'
import { faultsIn } from './read-options.ts'

/** The facts of a member, as types. */
export interface Traits {
  readonly unique?: true
  readonly readOnly?: true
  /** Roles. */
  readonly setBy?: string
  readonly owner?: true
  readonly ref?: string
  /** The collection, if its items keep what they refer to from being deleted. */
  readonly restricts?: string
  /** The collection, if items are deleted with what they refer to. */
  readonly cascades?: string
  readonly hidden?: true
  /** Roles. */
  readonly readBy?: string
}

/** A schema with facts. */
export interface Field<S extends Schema = Schema, T = unknown> extends FieldFacts {
  readonly schema: S
  readonly '~traits'?: T
}

/** What a member is declared with. */
export type FieldLike = Schema | FieldFacts

type SchemaOf<F> = F extends Schema ? F : F extends { readonly schema: infer S extends Schema } ? S : never
export type TraitsOf<F> = F extends { readonly '~traits'?: infer T } ? NonNullable<T> : unknown

type Types<F> = NonNullable<SchemaOf<F>['~standard']['types']>
/** What may be sent, where the member is taken at all. */
export type InputOf<F> = Types<F>['input']
/** What is stored and answered. */
export type OutputOf<F> = Types<F>['output']

/**
 * May it be left out? A schema that takes anything, as one that coerces, does not say: it has to be sent, so that who is let
 * through is not refused; zod alone has a word for it (`optin`), as its objects need one.
 */
export type MayBeAbsent<F> =
  unknown extends InputOf<F>
    ? SchemaOf<F> extends { readonly _zod: { readonly optin: string } }
      ? true
      : false
    : undefined extends InputOf<F>
      ? true
      : false

/**
 * No two items have the same value; absent and null values never collide. `fold` compares without
 * case, and is the default for addresses of mail that their JSON Schema calls so (`format: email`).
 */
export function unique<F extends FieldLike>(
  field: F,
  options: { readonly fold?: boolean } = {},
): With<F, { readonly unique: true }> {
  const fold = options.fold ?? isEmail(factsOf(field).schema)
  return wrap(field, { unique: { fold }, ...faultsIn('unique', options) })
}

/** Set by the server only: by actions and `before` hooks. Sent back unchanged, it is accepted. */
export function readOnly<F extends FieldLike>(field: F): With<F, { readonly readOnly: true }> {
  return wrap(field, { readOnly: true })
}

/** Set by callers of this role, or one of these, only. Anyone else may leave it out, or as it is. */
export function setBy<const R extends string, F extends FieldLike>(
  role: R | readonly R[],
  field: F,
): With<F, { readonly setBy: R }> {
  return wrap(field, { setBy: [role].flat() })
}

/** Taken, stored and never sent. */
export function hidden<F extends FieldLike>(field: F): With<F, { readonly hidden: true }> {
  return wrap(field, { hidden: true })
}

/** Sent to callers of this role, or one of these, only. */
export function readBy<const R extends string, F extends FieldLike>(
  role: R | readonly R[],
  field: F,
): With<F, { readonly readBy: R }> {
  return wrap(field, { readBy: [role].flat() })
}

/** The facts of a member, whatever it was declared with; what is no schema either is found out later. */
export function factsOf(field: FieldLike): FieldFacts {
  return typeof field === 'object' && field !== null && 'schema' in field && !('~standard' in field)
    ? field
    : { schema: field as Schema }
}

export type With<F, T> = Field<SchemaOf<F>, TraitsOf<F> & T>

function wrap<F extends FieldLike, T>(field: F, fact: Omit<FieldFacts, 'schema'>): With<F, T> {
  const facts = factsOf(field)
  const faults = [...(facts.faults ?? []), ...(fact.faults ?? [])]
  // The wrapped schema keeps its type, and the traits are a phantom: there is nothing to check.
  return { ...facts, ...fact, ...(faults.length === 0 ? {} : { faults }) } as With<F, T>
}

function isEmail(schema: Schema): boolean {
  const said = jsonSchema(schema, 'input') ?? {}
  return choicesOf([said], definitionsOf(said)).some(({ format }) => format === 'email')
}
