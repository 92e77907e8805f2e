/**
 * Which facts hold of which operation: the one place where a declaration turns into questions.
 *
 * An operation gives exactly the statuses of its facts, so a fact too many is a status that never
 * comes, and a fact too few is a question that is never asked. `fact-types.ts` says the same in
 * types, rule by rule; a test compares the two.
 */
import { CHOICE, type Fact } from '../../rules/index.ts'
import { collectionNamed, collectionsOf } from './collections.ts'
import type { Action, ApiDeclaration, CollectionDeclaration, Rule } from './declaration.ts'
import { inputFacts, invalidFact, outcomeFacts, unique, when } from './outcome-facts.ts'
import { guardFacts, listGuardFacts, readGuardFacts } from './rule.ts'

/** What can be done with a collection and its items; PUT and PATCH share the rule `update`. */
export type Verb = 'list' | 'read' | 'create' | 'replace' | 'modify' | 'remove'

/** Facts of every operation of the API; the engine adds them. */
export function apiFacts(api: ApiDeclaration): Fact[] {
  return [
    ...when(api.accounts !== undefined, 'accounts'),
    ...when(collectionsOf(api).length > 0, 'store'),
    ...CHOICE.unavailable[api.unavailable],
    ...when(api.cors !== undefined, 'cors'),
  ]
}

/** Facts of one verb of the collection of this name. */
export function collectionFacts(api: ApiDeclaration, name: string, verb: Verb): Fact[] {
  const collection = collectionNamed(api, name)
  const rule = ruleOf(collection, verb)
  switch (verb) {
    case 'list':
      return ['item', 'selects', 'negotiated', 'reads', ...listGuardFacts(rule)]
    case 'read':
      return [...ITEM, 'mustExist', 'negotiated', 'reads', ...readGuardFacts(rule, collection.hide)]
    case 'create':
      return [
        'performs',
        'created',
        'writes',
        'keyed',
        ...guardFacts(rule, false),
        ...contentFacts(api, collection),
        ...when(hasRestrictedMembers(collection), 'members'),
        ...when(hasPassword(api, name), 'passwords'),
      ]
    case 'replace':
    case 'modify':
      return [
        ...ITEM,
        'performs',
        'replies',
        'stale',
        'writes',
        ...(verb === 'replace' && collection.putCreates ? (['created'] as const) : (['mustExist'] as const)),
        ...guardFacts(rule, collection.hide),
        ...contentFacts(api, collection),
        ...when(hasRestrictedMembers(collection) || hasPassword(api, name), 'members'),
        ...when(hasPassword(api, name), 'passwords'),
        ...when(collection.concurrency === 'required', 'conditionRequired'),
      ]
    case 'remove':
      return [
        ...ITEM,
        'mustExist',
        'performs',
        'deleted',
        'stale',
        'writes',
        ...guardFacts(rule, collection.hide),
        ...when(isRestricted(api, name), 'conflict'),
        ...when(collection.concurrency === 'required', 'conditionRequired'),
      ]
  }
}

/** Facts of an action on the items of the collection of this name. */
export function actionFacts(api: ApiDeclaration, name: string, action: Action): Fact[] {
  const collection = collectionNamed(api, name)
  const changes = action.outcomes.includes('changed')
  const deletes = action.outcomes.includes('deleted')
  return unique([
    ...ITEM,
    'mustExist',
    'performs',
    'writes',
    'keyed',
    ...guardFacts(action.allow, collection.hide),
    ...inputFacts(api, action.input !== undefined),
    ...when(action.when !== undefined, 'state'),
    ...outcomeFacts(api, action.outcomes),
    // What an action changes or deletes is written with the version it was shown, like any other write.
    ...when(changes || deletes, 'stale'),
    ...when((changes && hasUnique(collection)) || (deletes && isRestricted(api, name)), 'conflict'),
    ...when(changes && turnsOutWrong(collection), action.input === undefined ? 'conflict' : invalidFact(api)),
  ])
}

function ruleOf(collection: CollectionDeclaration, verb: Verb): Rule | undefined {
  return collection.allow[RULE_OF[verb]]
}

const RULE_OF = {
  list: 'list',
  read: 'read',
  create: 'create',
  replace: 'update',
  modify: 'update',
  remove: 'delete',
} as const

/** An item of a collection has an ETag and a time, so it can be asked for conditionally. */
const ITEM = ['item', 'selects', 'modified'] as const satisfies readonly Fact[]

function contentFacts(api: ApiDeclaration, collection: CollectionDeclaration): Fact[] {
  return [
    ...inputFacts(api, true),
    ...when(hasUnique(collection), 'conflict'),
    ...when(turnsOutWrong(collection), invalidFact(api)),
  ]
}

const hasUnique = (collection: CollectionDeclaration) =>
  Object.values(collection.fields).some((field) => field.unique !== undefined)

/**
 * What only the write can tell: that a reference dangles (an owner too: the account may be deleted
 * meanwhile), or what `check` says of the whole item.
 */
const turnsOutWrong = (collection: CollectionDeclaration) =>
  collection.check !== undefined || Object.values(collection.fields).some((field) => field.ref !== undefined)

const hasRestrictedMembers = (collection: CollectionDeclaration) =>
  Object.values(collection.fields).some((field) => field.setBy !== undefined || field.owner === true)

/** A password may be changed by the account itself and by admins, whoever else may change the account. */
const hasPassword = (api: ApiDeclaration, name: string) => api.auth.password && api.accounts?.in === name

/** Does another item stand in the way of a deletion: one that refers to it, or to what would be deleted with it? */
function isRestricted(api: ApiDeclaration, name: string, seen: readonly string[] = []): boolean {
  return collectionsOf(api).some(([from, { fields }]) =>
    Object.values(fields).some(
      ({ ref }) =>
        ref?.collection === name &&
        (ref.onDelete === 'restrict' || (!seen.includes(from) && isRestricted(api, from, [...seen, name]))),
    ),
  )
}
