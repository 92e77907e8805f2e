/** Whether rules name guards that there are, and mean something where they stand. */
import type { ApiDeclaration, FieldFacts, Rule } from '../declaration.ts'
import type { Fault } from '../declaration-error.ts'
import { guardsOf } from '../rule.ts'
import { isNullable, isOptional, jsonSchema, takes, valuesOf } from '../json-schema.ts'
import { instead } from '../nearest.ts'

/** What a rule may name where it stands. */
export interface Place {
  readonly where: string
  /** There is an item that functions can be asked about. */
  readonly item: boolean
  readonly owner: boolean
  readonly self: boolean
}

export function* validateRule(api: ApiDeclaration, rule: Rule | undefined, place: Place): Iterable<Fault> {
  const { where } = place
  for (const guard of guardsOf(rule)) {
    if (typeof guard === 'function') {
      if (!place.item)
        yield {
          where,
          what: 'a function needs an item, and here is none yet',
          instead: `Use ${guardsAt(api, place).join(', ')}`,
        }
    } else if (guard !== 'anyone' && api.accounts === undefined) {
      yield {
        where,
        what: `"${guard}" needs accounts`,
        instead: "Declare them (accounts: { in: 'users', … }), or write 'anyone'",
      }
    } else if (!isGuard(api, guard, place)) {
      yield { where, what: `"${guard}" is no guard here`, instead: instead(guard, guardsAt(api, place)) }
    }
  }
}

/** Is there a role of this name: does the schema of the role member take it? Where that is none, it is told once. */
export function isRole(api: ApiDeclaration, name: string): boolean {
  const schema = roleFacts(api)?.schema
  return schema === undefined || takes(schema, name)
}

/** The names of roles, where the schema lists them. */
export function rolesOf(api: ApiDeclaration): readonly string[] {
  const schema = roleFacts(api)?.schema
  const names = valuesOf((schema && jsonSchema(schema, 'output')) ?? {}) ?? []
  return names.filter((role) => typeof role === 'string')
}

/** The role of whoever is signed in is one of these; undefined among them: there are others, or there may be none. */
export function rolesOfCallers(api: ApiDeclaration): readonly (string | undefined)[] {
  const schema = roleFacts(api)?.schema
  const listed = rolesOf(api)
  return schema === undefined || listed.length === 0 || isOptional(schema) || isNullable(schema) ? [undefined] : listed
}

function isGuard(api: ApiDeclaration, guard: string, { owner, self }: Place): boolean {
  switch (guard) {
    case 'anyone':
    case 'signedIn':
      return true
    case 'owner':
      return owner
    case 'self':
      return self
    default:
      return isRole(api, guard)
  }
}

function guardsAt(api: ApiDeclaration, { owner, self }: Place): readonly string[] {
  const known = api.accounts === undefined ? [] : ['signedIn', ...(self ? ['self'] : []), ...(owner ? ['owner'] : [])]
  return ['anyone', ...known, ...rolesOf(api)]
}

function roleFacts(api: ApiDeclaration): FieldFacts | undefined {
  const collection = api.resources[api.accounts?.in ?? '']
  return collection?.kind === 'collection' ? collection.fields[api.accounts?.role ?? ''] : undefined
}
