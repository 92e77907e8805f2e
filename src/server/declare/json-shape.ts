/** What a JSON Schema says of a value and of what is inside: any of its branches may be what the value is taken as. */
import { isObject } from '../../rules/merge-patch.ts'

export type Shape = Readonly<Record<string, unknown>>

/** What `$ref` leads to: schemas that refer to themselves, or that have a name. */
export function definitionsOf(shape: object): Shape {
  const { $defs } = shape as Shape
  return isObject($defs) ? $defs : {}
}

/** The branches of a value that is a list, or an object with members. */
export function branchesOf(value: object, shapes: readonly unknown[], definitions: Shape): Shape[] {
  const kind = Array.isArray(value) ? 'array' : 'object'
  const branches = choicesOf(shapes, definitions).filter((branch) => mayBe(kind, branch))
  const told = branches.filter((branch) => isTold(value, branch))
  // Where a schema makes up what tells them apart, none does.
  return told.length === 0 ? branches : told
}

/** All that shapes come to, where a name or a choice stands for others. */
export function choicesOf(shapes: readonly unknown[], definitions: Shape): Shape[] {
  const found = new Set<Shape>()
  spread(shapes, definitions, found, new Set())
  return [...found]
}

/** What a member, or an item of a list, is like; nothing where the branch says which there are, and not this one. */
export function inside(
  { prefixItems, items, properties, patternProperties, additionalProperties }: Shape,
  value: object,
  key: PropertyKey,
): unknown[] {
  if (Array.isArray(value)) return [Array.isArray(prefixItems) ? prefixItems[Number(key)] : items]
  if (isObject(properties) && Object.hasOwn(properties, key)) return [properties[String(key)]]
  if (patternProperties !== undefined) return [ANYTHING]
  const others = additionalProperties ?? (properties === undefined ? ANYTHING : false)
  return others === false ? [] : [others]
}

/**
 * Each once, however many ways lead to it: a schema that refers to itself in two places would have twice as many at every
 * level of what was sent, and one that refers to nothing but itself no end.
 */
function spread(shapes: readonly unknown[], definitions: Shape, found: Set<Shape>, seen: Set<unknown>): void {
  for (const shape of shapes) {
    if (seen.has(shape)) continue
    seen.add(shape)
    const branch = isObject(shape) ? shape : ANYTHING
    const { $ref, anyOf, oneOf, allOf, properties } = branch
    const choices = [anyOf, oneOf, allOf].filter(Array.isArray)
    if (typeof $ref === 'string') spread([definitions[$ref.replace(DEFINITIONS, '')]], definitions, found, seen)
    else if (choices.length > 0 && !isObject(properties)) spread(choices.flat(), definitions, found, seen)
    else found.add(branch)
  }
}

const DEFINITIONS = /^#\/\$defs\//

function mayBe(kind: 'array' | 'object', { type, enum: values, const: value }: Shape): boolean {
  return type === undefined ? values === undefined && value === undefined : [type].flat().includes(kind)
}

/** Has each member whose values are listed one of these? One of several forms is told from the others so. */
function isTold(value: object, { properties }: Shape): boolean {
  if (!isObject(properties)) return true
  return Object.entries(value).every(([name, sent]) => {
    const member = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (!isObject(member)) return true
    const { const: one, enum: listed = one === undefined ? undefined : [one] } = member
    return !Array.isArray(listed) || listed.includes(sent)
  })
}

const ANYTHING: Shape = {}
