/**
 * What a schema says of itself: its JSON Schema, the column it needs, whether it takes absence.
 *
 * Schemas are foreign (Standard Schema), so nothing is read from their insides: the JSON Schema is
 * asked for, and the rest is found out by validating `undefined` and `null`.
 */
import type { StandardJSONSchemaV1 } from '@standard-schema/spec'
import type { Schema } from './declaration.ts'
import { choicesOf, definitionsOf } from './json-shape.ts'
import type { ColumnType } from '../storage.ts'

type Side = 'input' | 'output'
type JsonSchema = Readonly<Record<string, unknown>>

/**
 * The JSON Schema (draft 2020-12, as OpenAPI 3.1 has it) of what is sent (`input`) or answered
 * (`output`); undefined where the library offers none or the schema cannot be said in JSON Schema,
 * as with a transformation.
 */
export function jsonSchema(schema: Schema, side: Side): JsonSchema | undefined {
  if (!describesItself(schema)) return undefined
  try {
    const { $schema: _, ...rest } = schema['~standard'].jsonSchema[side]({ target: 'draft-2020-12' })
    return withoutAbsence(schema, selfContained(rest))
  } catch {
    return undefined
  }
}

/** A schema that refers to its own root would refer to another one, once it is a member of an item's. */
function selfContained(schema: JsonSchema): JsonSchema {
  const text = JSON.stringify(schema)
  if (!text.includes('"$ref":"#"')) return schema
  const { $defs, ...root } = JSON.parse(text.replaceAll('"$ref":"#"', '"$ref":"#/$defs/root"')) as JsonSchema
  return { $ref: '#/$defs/root', $defs: { ...($defs as JsonSchema | undefined), root } }
}

/** Can this library describe its schemas at all (zod, ArkType; valibot once it is wrapped)? */
export function describesItself(schema: Schema): schema is Schema & StandardJSONSchemaV1 {
  return isSchema(schema) && 'jsonSchema' in schema['~standard']
}

/** Does it validate at all? Plain JavaScript can pass anything for a schema. */
export function isSchema(value: unknown): value is Schema {
  const standard: unknown = Object(value)['~standard']
  return typeof standard === 'object' && standard !== null && 'validate' in standard
}

/** Does the schema take this value, as far as it can tell at once? */
export function takes(schema: Schema, value: unknown): boolean {
  return validated(schema, value) !== undefined
}

/** Does no JSON value fit, because what it takes is a Date or a BigInt? A schema that coerces takes others as well. */
export function takesNoJson(schema: Schema): boolean {
  return UNSENT.some((value) => takes(schema, value)) && !SENT.some((value) => takes(schema, value))
}

const UNSENT: readonly unknown[] = [new Date(0), new Date(4e12), 0n, 1n]
const SENT: readonly unknown[] = [true, 0, 1, '', '1', '1970-01-01', '1970-01-01T00:00:00Z', 'a@b.example', [], {}]

/** How values are stored. What has no JSON Schema, or more than one scalar type, is stored as JSON. */
export function columnType(schema: Schema): ColumnType {
  const types = scalars(jsonSchema(schema, 'output') ?? {})
  const [type] = types
  if (types.size === 2 && types.has('real') && types.has('integer')) return 'real'
  return types.size === 1 && type !== undefined ? type : 'json'
}

/** May the member be absent from an item? A member with a default may be left out, but is never absent. */
export function isOptional(schema: Schema): boolean {
  const result = validated(schema, undefined)
  return result !== undefined && result.value === undefined
}

/** May the member be null? */
export function isNullable(schema: Schema): boolean {
  return validated(schema, null)?.value === null
}

/** What becomes of a member that is left out on create; undefined where it is refused or stays absent. */
export function defaultOf(schema: Schema): unknown {
  return validated(schema, undefined)?.value
}

/**
 * JSON Schema has no word for absence, so `string | undefined` comes as a choice with a branch that
 * says nothing, and so admits anything. Where the schema does not, that branch is left out.
 */
function withoutAbsence(schema: Schema, described: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = described
  if (!Array.isArray(anyOf) || !isOptional(schema) || takes(schema, {})) return described
  const branches = anyOf.filter((branch: JsonSchema) => Object.keys(branch).length > 0)
  const [only] = branches
  return branches.length === 1 ? { ...rest, ...only } : { ...rest, anyOf: branches }
}

/** The value if the schema takes it at once. A schema that must wait, or throws, is one that does not take it. */
function validated(schema: Schema, value: unknown): { readonly value: unknown } | undefined {
  try {
    const result = schema['~standard'].validate(value)
    if (!(result instanceof Promise)) return result.issues === undefined ? { value: result.value } : undefined
    // Nobody waits for it, so nobody else would hear that it failed.
    result.catch(() => undefined)
    return undefined
  } catch {
    return undefined
  }
}

const COLUMN_OF: Readonly<Record<string, ColumnType>> = {
  string: 'text',
  integer: 'integer',
  number: 'real',
  boolean: 'boolean',
}

/** Column types of all that the JSON Schema admits but null. */
function scalars(schema: JsonSchema): ReadonlySet<ColumnType> {
  const named = choicesOf([schema], definitionsOf(schema)).flatMap((choice) =>
    choice['type'] === undefined ? typesOf(choice) : [choice['type']].flat(),
  )
  return new Set(named.filter((type) => type !== 'null').map((type) => COLUMN_OF[String(type)] ?? 'json'))
}

/** All values that are taken or answered, where the JSON Schema lists them. */
export function valuesOf(schema: JsonSchema): readonly unknown[] | undefined {
  const listed = choicesOf([schema], definitionsOf(schema)).map(({ enum: values, const: value, type }) => {
    if (Array.isArray(values)) return values
    if (value !== undefined) return [value]
    return type === 'null' ? [null] : undefined
  })
  return listed.length === 0 || listed.includes(undefined) ? undefined : listed.flat()
}

/** `enum` and `const` may stand without `type`. */
function typesOf(schema: JsonSchema): string[] {
  const values = Array.isArray(schema['enum']) ? schema['enum'] : 'const' in schema ? [schema['const']] : undefined
  if (values === undefined) return ['object']
  return values.map((value: unknown) => (value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value))
}
