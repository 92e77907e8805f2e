/** The shapes of content taken and answered, as JSON Schema (draft 2020-12): for the API's description. */
import type { Collection } from './context.ts'
import { jsonSchema } from '../declare/json-schema.ts'
import type { Member } from './member.ts'
import type { Mode } from './read-input.ts'

type Shape = Readonly<Record<string, unknown>>

/** An item as it is answered. Members that only some roles see may be missing. */
export function itemShape(members: ReadonlyMap<string, Member>): Shape {
  const visible = [...members.values()].filter(({ facts }) => facts.hidden !== true)
  return {
    type: 'object',
    properties: {
      id: ID,
      ...Object.fromEntries(visible.map(({ name, facts }) => [name, outputOf(facts.schema, facts.readOnly === true)])),
      createdAt: TIME,
      updatedAt: TIME,
    },
    required: [
      'id',
      ...visible.filter(({ optional, facts }) => !optional && facts.readBy === undefined).map(({ name }) => name),
      'createdAt',
      'updatedAt',
    ],
    additionalProperties: false,
  }
}

/** A page of items. */
export function listShape(members: ReadonlyMap<string, Member>): Shape {
  return {
    type: 'object',
    properties: {
      items: { type: 'array', items: itemShape(members) },
      next: LINK,
      prev: LINK,
      count: { type: 'integer', minimum: 0 },
    },
    required: ['items'],
    additionalProperties: false,
  }
}

/** Content as each way of writing takes it. Members that the server makes may be sent back as they were read. */
export function inputShape({ members, password, view }: Collection, mode: Mode): Shape {
  const taken = [...members.values()].filter(({ facts }) => facts.readOnly !== true || mode !== 'create')
  const properties = taken.map((member): [string, unknown] => [member.name, inputOf(member, mode)])
  const required = taken
    .filter(({ name, facts, initial, optional }) => {
      const mayBeLeftOut = optional || initial !== undefined || facts.readOnly === true || facts.owner === true
      return (
        mode !== 'modify' && !mayBeLeftOut && (mode === 'create' || (facts.setBy === undefined && view.shows(0, name)))
      )
    })
    .map(({ name }) => name)
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(properties),
      ...(password === undefined ? {} : { [password.name]: password.schema }),
      ...(mode === 'create' ? {} : { id: ID, createdAt: TIME, updatedAt: TIME }),
    },
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  }
}

const ID = { type: 'string', readOnly: true }
const TIME = { type: 'string', format: 'date-time', readOnly: true }
const LINK = { type: 'string', format: 'uri-reference' }

function outputOf(schema: Member['facts']['schema'], readOnly: boolean): Shape {
  const shape = jsonSchema(schema, 'output') ?? {}
  return readOnly ? { ...shape, readOnly } : shape
}

/** In a merge patch, null takes an optional member away (RFC 7396 §2). */
function inputOf({ facts, nullable, optional }: Member, mode: Mode): Shape {
  if (facts.readOnly === true) return outputOf(facts.schema, true)
  const shape = jsonSchema(facts.schema, 'input') ?? {}
  return mode === 'modify' && optional && !nullable ? { anyOf: [shape, { type: 'null' }] } : shape
}
