/**
 * Members that hold the id of another item. The database keeps them true.
 *
 * References are by name, so that collections may refer to each other in any order; the names are
 * checked when the API is put together.
 */
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import type { FieldFacts } from './declaration.ts'
import type { Field } from './field.ts'
import { faultsIn } from './read-options.ts'

export type OnDelete = 'restrict' | 'cascade'

export interface ReferenceOptions<D extends OnDelete = OnDelete, O extends boolean = boolean> {
  /** What becomes of an attempt to delete the item that is referred to: refused, or this one goes with it. */
  readonly onDelete?: D
  /** May be absent. */
  readonly optional?: O
}

/** The id of an item of that collection. Without `onDelete` that item cannot be deleted before this one. */
export function ref<const C extends string, D extends OnDelete = 'restrict', O extends boolean = false>(
  collection: C,
  options?: ReferenceOptions<D, O>,
): Field<IdSchema<O>, ReferenceTraits<C, D>>
export function ref(collection: string, options: ReferenceOptions = {}): FieldFacts {
  const { onDelete = 'restrict', optional = false } = options
  return { schema: optional ? OPTIONAL_ID : ID, ref: { collection, onDelete }, ...faultsIn('reference', options) }
}

/**
 * The account the item belongs to: filled from the caller, whoever it names is the `owner`, and only
 * an admin may name another. Where anyone may create, it must be `optional`.
 */
export function owner<const C extends string, D extends OnDelete = 'restrict', O extends boolean = false>(
  collection: C,
  options?: ReferenceOptions<D, O>,
): Field<IdSchema<O>, ReferenceTraits<C, D> & { readonly owner: true }>
export function owner(collection: string, options?: ReferenceOptions): FieldFacts {
  return { ...ref(collection, options), owner: true }
}

type ReferenceTraits<C, D> = { readonly ref: C } & (D extends 'cascade'
  ? { readonly cascades: C }
  : { readonly restricts: C })

/** Ids are opaque strings. */
export type IdSchema<O extends boolean> = StringSchema<O extends true ? string | undefined : string>

type StringSchema<T> = StandardSchemaV1<T> & StandardJSONSchemaV1<T>

const describe = () => ({ type: 'string', minLength: 1 })

const ID: StringSchema<string> = {
  '~standard': {
    version: 1,
    vendor: 'tenfour',
    validate: (value) => (isId(value) ? { value } : REFUSED),
    jsonSchema: { input: describe, output: describe },
  },
}

const OPTIONAL_ID: StringSchema<string | undefined> = {
  '~standard': {
    ...ID['~standard'],
    validate: (value) => (value === undefined || isId(value) ? { value } : REFUSED),
  },
}

const REFUSED: StandardSchemaV1.FailureResult = { issues: [{ message: 'Must be the id of an item.' }] }

const isId = (value: unknown): value is string => typeof value === 'string' && value !== ''
