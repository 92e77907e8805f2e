/** Whether a list can be asked for as declared: each filter and sort becomes an index. */
import type { CollectionDeclaration } from '../declaration.ts'
import type { Fault } from '../declaration-error.ts'
import { isAllowed } from '../rule.ts'
import { columnType } from '../json-schema.ts'
import { instead } from '../nearest.ts'

export function* validateList(name: string, { allow, fields, list }: CollectionDeclaration): Iterable<Fault> {
  if (!isAllowed(allow.list)) {
    if (list.filter.length > 0)
      yield { where: `${name}.list`, what: 'nobody may list', instead: 'Say who may in allow.list, or leave list out' }
    return
  }
  const listable = Object.keys(fields).filter((member) => isListable(fields[member]))
  for (const member of list.filter) {
    const where = `${name}.list.filter`
    if (PARAMETERS.has(member))
      yield {
        where,
        what: `"${member}" means something else in the query of a list`,
        instead: 'Give the member another name',
      }
    else yield* validateMember(where, member, fields, listable)
  }
  if (list.sort.length === 0)
    yield { where: `${name}.list.sort`, what: 'is empty', instead: "Leave it out for '-createdAt'" }
  for (const key of list.sort) {
    const member = key.replace(/^-/, '')
    if (!TIMES.has(member)) yield* validateMember(`${name}.list.sort`, member, fields, [...listable, ...TIMES])
  }
  const { limit, most } = list
  if (!(Number.isSafeInteger(limit) && Number.isSafeInteger(most) && limit >= 1 && limit <= most))
    yield {
      where: `${name}.list`,
      what: 'limit and most are no whole numbers, or limit is above most',
      instead: 'Write 1 <= limit <= most',
    }
}

/** What a list can be asked for besides. */
const PARAMETERS: ReadonlySet<string> = new Set(['limit', 'after', 'before', 'sort', 'count'])
const TIMES: ReadonlySet<string> = new Set(['createdAt', 'updatedAt'])

function* validateMember(
  where: string,
  member: string,
  fields: CollectionDeclaration['fields'],
  listable: readonly string[],
): Iterable<Fault> {
  if (listable.includes(member)) return
  const facts = fields[member]
  const what =
    facts === undefined
      ? `"${member}" is no member`
      : facts.hidden === true || facts.readBy !== undefined
        ? `"${member}" is not for everybody to see, and an order or a filter would tell`
        : `"${member}" is no text, number or boolean`
  yield { where, what, instead: instead(member, listable) }
}

function isListable(facts: CollectionDeclaration['fields'][string] | undefined): boolean {
  if (facts === undefined || facts.hidden === true || facts.readBy !== undefined) return false
  return facts.ref !== undefined || columnType(facts.schema) !== 'json'
}
