/**
 * Members that nobody declared, at any depth, and that a schema would drop without a word.
 *
 * Most libraries do so unless they are told otherwise, and who mistypes an optional member must learn it. What a
 * schema keeps it knows, whatever it says of itself: `z.looseObject`, `z.record`, and ArkType by itself.
 */
import type { ProblemError } from '../../rules/index.ts'
import { INPUT_ERROR, MOST_ERRORS } from './input-error.ts'
import { isObject } from './json-value.ts'

/** `shape`: the JSON Schema of what is taken. `kept`: what the schema made of `sent`. */
export function unknownMembers(
  shape: object,
  sent: unknown,
  kept: unknown,
  under: readonly string[] = [],
): ProblemError[] {
  const errors: ProblemError[] = []
  look([shape], sent, kept, under, errors)
  return errors
}

/** `shapes`: any of them may be what the value is taken as. */
function look(
  shapes: readonly unknown[],
  sent: unknown,
  kept: unknown,
  path: readonly string[],
  errors: ProblemError[],
): void {
  const branches = shapes.flatMap(branchesOf)
  if (Array.isArray(sent) && Array.isArray(kept)) {
    const lists = branches.filter((branch) => mayBe('array', branch))
    for (const [at, item] of sent.entries()) {
      const items = lists.map(({ prefixItems, items: rest }) => (Array.isArray(prefixItems) ? prefixItems[at] : rest))
      look(items, item, kept[at], [...path, String(at)], errors)
    }
  } else if (isObject(sent) && isObject(kept)) {
    const objects = branches.filter((branch) => mayBe('object', branch))
    for (const [name, value] of Object.entries(sent)) {
      // No name of a member: refused wherever it stands.
      if (name === '__proto__') continue
      const members = objects.flatMap((object) => memberOf(object, name))
      if (members.length > 0) look(members, value, kept[name], [...path, name], errors)
      else if (objects.length > 0 && !Object.hasOwn(kept, name) && errors.length < MOST_ERRORS)
        errors.push(INPUT_ERROR.unknown(...path, name))
    }
  }
}

type Shape = Readonly<Record<string, unknown>>

function branchesOf(shape: unknown): Shape[] {
  if (!isObject(shape)) return [ANYTHING]
  const { anyOf, oneOf, allOf } = shape
  const choices = [anyOf, oneOf, allOf].filter(Array.isArray)
  return choices.length === 0 || isObject(shape['properties']) ? [shape] : choices.flat().flatMap(branchesOf)
}

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
