/**
 * The members of a collection, compiled: what a schema says of itself is asked once, at start.
 */
import { ADMIN } from '../account/table.ts'
import type { CollectionDeclaration, FieldFacts } from '../declare/declaration.ts'
import { guardsOf } from '../declare/rule.ts'
import { columnType, defaultOf, isNullable, isOptional, jsonSchema } from '../declare/json-schema.ts'
import type { Caller } from '../operation.ts'
import type { Column } from '../storage.ts'

export interface Member {
  readonly name: string
  readonly facts: FieldFacts
  readonly column: Column
  /** May be absent from an item. */
  readonly optional: boolean
  readonly nullable: boolean
  /** What it becomes when it is left out on create; undefined where there is no such value. */
  readonly initial: unknown
  /** The JSON Schema of what is taken, where that can have members of its own. */
  readonly shape: object | undefined
}

/** Members that the server makes, of every item. */
export const SERVER_MADE = ['id', 'createdAt', 'updatedAt'] as const

/** By name, in the order of the declaration. */
export function membersOf(declaration: CollectionDeclaration): ReadonlyMap<string, Member> {
  const open = guardsOf(declaration.allow.create).includes('anyone')
  return new Map(Object.entries(declaration.fields).map(([name, facts]) => [name, member(name, facts, open)]))
}

/** May the caller give it another value than it has, or would have? Only admins give an item to another owner. */
export function maySet({ facts }: Member, caller: Caller | undefined): boolean {
  if (facts.readOnly === true) return false
  const role = caller?.role
  if (facts.owner === true && role !== ADMIN) return false
  return facts.setBy === undefined || (role !== undefined && facts.setBy.includes(role))
}

function member(name: string, facts: FieldFacts, open: boolean): Member {
  const { schema, ref, unique } = facts
  // Where nobody need sign in to create, there may be nobody to own it.
  const optional = isOptional(schema) || (facts.owner === true && open)
  const nullable = isNullable(schema)
  const initial = defaultOf(schema)
  const column: Column = {
    name,
    type: ref === undefined ? columnType(schema) : 'text',
    required: !optional && !nullable,
    ...(unique === undefined ? {} : { unique: unique.fold ? 'folded' : 'exact' }),
    ...(ref === undefined ? {} : { references: { table: ref.collection, onDelete: ref.onDelete } }),
    ...(initial === undefined ? {} : { initial }),
  }
  const shape = column.type === 'json' ? jsonSchema(schema, 'input') : undefined
  return { name, facts, column, optional, nullable, initial, shape }
}
