/**
 * Members that nobody declared, at any depth, and that a schema would drop without a word.
 *
 * Most libraries do so unless they are told otherwise, and who mistypes an optional member must learn it. What a
 * schema keeps it knows, whatever it says of itself: `z.looseObject`, `z.record`, and ArkType by itself.
 */
import type { ProblemError } from '../../rules/index.ts'
import { isObject } from '../../rules/merge-patch.ts'
import { INPUT_ERROR, MOST_ERRORS } from './input-error.ts'
import { branchesOf, definitionsOf, inside, type Shape } from '../declare/json-shape.ts'

/** `shape`: the JSON Schema of what is taken. `kept`: what the schema made of `sent`. */
export function unknownMembers(
  shape: object,
  sent: unknown,
  kept: unknown,
  under: readonly string[] = [],
): ProblemError[] {
  const search: Search = { definitions: definitionsOf(shape), errors: [] }
  look([shape], sent, kept, under, search)
  return search.errors
}

interface Search {
  readonly definitions: Shape
  readonly errors: ProblemError[]
}

/** `shapes`: any of them may be what the value is taken as. */
function look(shapes: readonly unknown[], sent: unknown, kept: unknown, path: readonly string[], search: Search): void {
  if (Array.isArray(sent) && Array.isArray(kept)) {
    const lists = branchesOf(sent, shapes, search.definitions)
    for (const [at, item] of sent.entries()) {
      const items = lists.flatMap((list) => inside(list, sent, at))
      look(items, item, kept[at], [...path, String(at)], search)
    }
  } else if (isObject(sent) && isObject(kept)) {
    const objects = branchesOf(sent, shapes, search.definitions)
    for (const [name, value] of Object.entries(sent)) {
      // No name of a member: refused wherever it stands.
      if (name === '__proto__') continue
      const members = objects.flatMap((object) => inside(object, sent, name))
      if (members.length > 0) look(members, value, kept[name], [...path, name], search)
      else if (objects.length > 0 && !Object.hasOwn(kept, name) && search.errors.length < MOST_ERRORS)
        search.errors.push(INPUT_ERROR.unknown(...path, name))
    }
  }
}
