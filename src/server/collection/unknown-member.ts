/**
 * Members that nobody declared, at any depth, and that a schema would drop without a word.
 *
 * Most libraries do so unless they are told otherwise, and who mistypes an optional member must learn it. What a
 * schema keeps it knows, whatever it says of itself: `z.looseObject`, `z.record`, and ArkType by itself.
 */
import type { ProblemError } from '../../rules/index.ts'
import { INPUT_ERROR, MOST_ERRORS } from './input-error.ts'
import { isObject } from './json-value.ts'

/** `shape`: the JSON Schema of what is taken; without one, nothing is found. `kept`: what the schema made of `sent`. */
export function unknownMembers(
  shape: object | undefined,
  sent: unknown,
  kept: unknown,
  under: readonly string[] = [],
): ProblemError[] {
  const errors: ProblemError[] = []
  if (shape !== undefined) look([shape], sent, kept, under, errors)
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
    for (const [at, item] of sent.entries()) {
      const items = branches.map(({ prefixItems, items: rest }) =>
        Array.isArray(prefixItems) ? prefixItems[at] : rest,
      )
      look(items, item, kept[at], [...path, String(at)], errors)
    }
  } else if (isObject(sent) && isObject(kept)) {
    const objects = branches.filter(mayBeObject)
    if (objects.length === 0 || !objects.every(namesItsMembers)) return
    for (const [name, value] of Object.entries(sent)) {
      const members = objects.flatMap(({ properties }) => (Object.hasOwn(properties, name) ? [properties[name]] : []))
      if (members.length > 0) look(members, value, kept[name], [...path, name], errors)
      else if (!Object.hasOwn(kept, name) && errors.length < MOST_ERRORS)
        errors.push(INPUT_ERROR.unknown(...path, name))
    }
  }
}

type Shape = Readonly<Record<string, unknown>>
type Named = Shape & { readonly properties: Shape }

function branchesOf(shape: unknown): Shape[] {
  if (!isObject(shape)) return [{}]
  const { anyOf, oneOf, allOf } = shape
  const choices = [anyOf, oneOf, allOf].filter(Array.isArray)
  return choices.length === 0 || isObject(shape['properties']) ? [shape] : choices.flat().flatMap(branchesOf)
}

function mayBeObject({ type, enum: values, const: value }: Shape): boolean {
  return type === undefined ? values === undefined && value === undefined : [type].flat().includes('object')
}

/** Does it say which members there are, and of no others what they are like? */
function namesItsMembers(shape: Shape): shape is Named {
  const { properties, additionalProperties = false, patternProperties } = shape
  return isObject(properties) && additionalProperties === false && patternProperties === undefined
}
