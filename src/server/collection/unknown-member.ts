/**
 * Members that nobody declared, at any depth, and that a schema would drop without a word.
 *
 * Most libraries do so unless they are told otherwise, and who mistypes an optional member must learn it. What a
 * schema keeps it knows, whatever it says of itself: `z.looseObject`, `z.record`, and ArkType by itself.
 */
import type { ProblemError } from '../../rules/index.ts'
import { isObject } from '../../rules/merge-patch.ts'
import { INPUT_ERROR, MOST_ERRORS } from './input-error.ts'

/** `shape`: the JSON Schema of what is taken. `kept`: what the schema made of `sent`. */
export function unknownMembers(
  shape: object,
  sent: unknown,
  kept: unknown,
  under: readonly string[] = [],
): ProblemError[] {
  const { $defs } = shape as Shape
  const search: Search = { definitions: isObject($defs) ? $defs : {}, errors: [] }
  look([shape], sent, kept, under, search)
  return search.errors
}

interface Search {
  /** What `$ref` leads to: schemas that refer to themselves, or that have a name. */
  readonly definitions: Shape
  readonly errors: ProblemError[]
}

/** `shapes`: any of them may be what the value is taken as. */
function look(shapes: readonly unknown[], sent: unknown, kept: unknown, path: readonly string[], search: Search): void {
  const branches = [...branchesOf(shapes, search.definitions)]
  if (Array.isArray(sent) && Array.isArray(kept)) {
    const lists = branches.filter((branch) => mayBe('array', branch))
    for (const [at, item] of sent.entries()) {
      const items = lists.map(({ prefixItems, items: rest }) => (Array.isArray(prefixItems) ? prefixItems[at] : rest))
      look(items, item, kept[at], [...path, String(at)], search)
    }
  } else if (isObject(sent) && isObject(kept)) {
    const objects = branches.filter((branch) => mayBe('object', branch))
    for (const [name, value] of Object.entries(sent)) {
      // No name of a member: refused wherever it stands.
      if (name === '__proto__') continue
      const members = objects.flatMap((object) => memberOf(object, name))
      if (members.length > 0) look(members, value, kept[name], [...path, name], search)
      else if (objects.length > 0 && !Object.hasOwn(kept, name) && search.errors.length < MOST_ERRORS)
        search.errors.push(INPUT_ERROR.unknown(...path, name))
    }
  }
}

type Shape = Readonly<Record<string, unknown>>

/**
 * Each once, however many ways lead to it: a schema that refers to itself in two places would have twice as many at every
 * level of what was sent, and one that refers to nothing but itself no end.
 */
function branchesOf(
  shapes: readonly unknown[],
  definitions: Shape,
  found = new Set<Shape>(),
  seen = new Set(),
): Set<Shape> {
  for (const shape of shapes) {
    if (seen.has(shape)) continue
    seen.add(shape)
    const { $ref, anyOf, oneOf, allOf, properties } = isObject(shape) ? shape : ANYTHING
    const choices = [anyOf, oneOf, allOf].filter(Array.isArray)
    if (typeof $ref === 'string') branchesOf([definitions[$ref.replace(DEFINITIONS, '')]], definitions, found, seen)
    else if (choices.length > 0 && !isObject(properties)) branchesOf(choices.flat(), definitions, found, seen)
    else found.add(isObject(shape) ? shape : ANYTHING)
  }
  return found
}

const DEFINITIONS = /^#\/\$defs\//

function mayBe(kind: 'array' | 'object', { type, enum: values, const: value }: Shape): boolean {
  return type === undefined ? values === undefined && value === undefined : [type].flat().includes(kind)
}

/** What the member is like; nothing where the shape says which members there are, and not this one. */
function memberOf({ properties, patternProperties, additionalProperties }: Shape, name: string): unknown[] {
  if (isObject(properties) && Object.hasOwn(properties, name)) return [properties[name]]
  if (patternProperties !== undefined) return [ANYTHING]
  const others = additionalProperties ?? (properties === undefined ? ANYTHING : false)
  return others === false ? [] : [others]
}

const ANYTHING: Shape = {}
