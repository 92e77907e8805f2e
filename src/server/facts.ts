/**
 * Which facts hold of which operation: the one place where a declaration turns into questions.
 *
 * An operation gives exactly the statuses of its facts, so a fact too many is a status that never
 * comes, and a fact too few is a question that is never asked. `fact-types.ts` says the same in
 * types, rule by rule; a test compares the two.
 */
import type { Fact } from '../rules/index.ts'
import type { Action, ApiDeclaration, CollectionDeclaration, ResourceDeclaration, Rule } from './declaration.ts'
import type { ResultKind } from './outcome.ts'

/** What can be done with a collection and its items; PUT and PATCH share the rule `update`. */
export type Verb = 'list' | 'read' | 'create' | 'replace' | 'modify' | 'remove'
export type ResourceVerb = 'get' | 'put' | 'patch' | 'delete' | 'post'

/** Facts of every operation of the API; the engine adds them. */
export function apiFacts(api: ApiDeclaration): Fact[] {
  return [
    ...when(api.accounts !== undefined, 'accounts'),
    ...when(Object.values(api.resources).some(isCollection), 'store'),
    ...when(api.unavailable === 503, 'unavailable'),
    ...when(api.cors !== undefined, 'cors'),
  ]
}

/** Facts of one verb of the collection of this name. */
export function collectionFacts(api: ApiDeclaration, name: string, verb: Verb): Fact[] {
  const collection = collectionOf(api, name)
  const rule = ruleOf(collection, verb)
  switch (verb) {
    case 'list':
      return ['item', 'selects', 'negotiated', 'reads', ...listGuardFacts(rule)]
    case 'read':
      return [...ITEM, 'mustExist', 'negotiated', 'reads', ...guardFacts(rule, collection.hide)]
    case 'create':
      return [
        'performs',
        'created',
        'writes',
        'keyed',
        ...guardFacts(rule, false),
        ...contentFacts(api, collection),
        ...when(hasRestrictedMembers(collection), 'members'),
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
  const collection = collectionOf(api, name)
  const changes = action.outcomes.includes('changed')
  const deletes = action.outcomes.includes('deleted')
  return unique([
    ...ITEM,
    'mustExist',
    'performs',
    'writes',
    ...guardFacts(action.allow, collection.hide),
    ...inputFacts(api, action.input !== undefined),
    ...when(action.input !== undefined, 'keyed'),
    ...when(action.when !== undefined, 'state'),
    ...outcomeFacts(api, action.outcomes),
    // What an action changes or deletes is written with the version it was shown, like any other write.
    ...when(changes || deletes, 'stale'),
    ...when((changes && hasUnique(collection)) || (deletes && isRestricted(api, name)), 'conflict'),
    ...when(changes && turnsOutWrong(collection), invalidFact(api)),
  ])
}

/** Facts of one method of a resource. */
export function resourceFacts(api: ApiDeclaration, resource: ResourceDeclaration, verb: ResourceVerb): Fact[] {
  const { loads, validators, concurrency } = resource
  const { outcomes, input } = methodOf(resource, verb)
  const conditional = verb === 'put' || verb === 'patch' || verb === 'delete'
  return unique([
    ...when(Object.keys(resource.params).length > 0, 'params'),
    ...guardFacts(resource.allow[verb], resource.hide),
    ...when(resource.load !== undefined, 'item'),
    // A PUT that may create does not ask whether the item exists.
    ...when(loads.includes('missing') && !(verb === 'put' && outcomes.includes('created')), 'mustExist'),
    ...when(loads.includes('gone'), 'goes'),
    ...when(loads.includes('moved'), 'moves'),
    ...when(loads.includes('movedForNow'), 'movesForNow'),
    ...when(validators.length > 0, 'selects'),
    ...when(validators.includes('lastModified'), 'modified'),
    ...when(validators.length > 0 && conditional && concurrency === 'required', 'conditionRequired'),
    ...(verb === 'get' ? (['negotiated', 'reads'] as const) : (['performs', 'writes'] as const)),
    ...inputFacts(api, input),
    ...when(verb === 'post' && input, 'keyed'),
    ...outcomeFacts(api, outcomes),
    ...when(resource.upstream, 'upstream'),
  ])
}

/** Is there anybody who may? An operation that no rule allows does not exist. */
export function isAllowed(rule: Rule | undefined): rule is Rule {
  return rule !== undefined && guardsOf(rule).length > 0
}

/** The rule of a verb. */
export function ruleOf(collection: CollectionDeclaration, verb: Verb): Rule | undefined {
  return collection.allow[RULE_OF[verb]]
}

/** A rule as the list of guards any one of which is enough. */
export function guardsOf(rule: Rule | undefined): readonly Exclude<Rule, readonly unknown[]>[] {
  return rule === undefined ? [] : typeof rule === 'string' || typeof rule === 'function' ? [rule] : rule
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

/**
 * Guards are alternatives. `anyone` opens the operation. Else a guard that is named needs a caller,
 * so nobody is looked up for an anonymous one; and unless a guard looks at the item, the caller's
 * role and the path (`self`) decide before anything is loaded.
 */
function guardFacts(rule: Rule | undefined, hide: boolean): Fact[] {
  const guards = guardsOf(rule)
  if (guards.includes('anyone')) return []
  // A rule that names nobody is closed, not open.
  const named = guards.length === 0 || guards.some((guard) => typeof guard === 'string')
  const signedIn = guards.includes('signedIn')
  const looksAtItem = guards.some((guard) => guard === 'owner' || typeof guard === 'function')
  return [
    ...when(named, 'guarded'),
    ...when(!signedIn && !looksAtItem, 'roles'),
    ...when(!signedIn && looksAtItem, 'itemRule'),
    ...when(!named, 'anonymousItem'),
    ...when(!signedIn && looksAtItem && hide, 'hide'),
  ]
}

/** In a list `owner` is a filter, not a refusal. */
function listGuardFacts(rule: Rule | undefined): Fact[] {
  const guards = guardsOf(rule)
  if (guards.includes('anyone')) return []
  return ['guarded', ...when(!guards.includes('signedIn') && !guards.includes('owner'), 'roles')]
}

function contentFacts(api: ApiDeclaration, collection: CollectionDeclaration): Fact[] {
  return [
    ...inputFacts(api, true),
    ...when(hasUnique(collection), 'conflict'),
    ...when(turnsOutWrong(collection), invalidFact(api)),
  ]
}

function inputFacts(api: ApiDeclaration, input: boolean): Fact[] {
  return input ? ['content', api.validation === 422 ? 'schema422' : 'schema'] : []
}

/** Content that turned out wrong has the status of content that fails its schema. */
function invalidFact(api: ApiDeclaration): Fact {
  return api.validation === 422 ? 'invalid422' : 'invalid'
}

function outcomeFacts(api: ApiDeclaration, outcomes: readonly ResultKind[]): Fact[] {
  return outcomes.map((kind) => (kind === 'invalid' ? invalidFact(api) : FACT_OF[kind]))
}

/** What an outcome brings; `invalid` depends on the API. */
export const FACT_OF = {
  created: 'created',
  changed: 'replies',
  done: 'replies',
  deleted: 'deleted',
  accepted: 'accepted',
  seeOther: 'seeOther',
  stale: 'stale',
  conflict: 'conflict',
} as const satisfies Record<Exclude<ResultKind, 'invalid'>, Fact>

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
  return Object.entries(api.resources).some(
    ([from, resource]) =>
      isCollection(resource) &&
      Object.values(resource.fields).some(
        ({ ref }) =>
          ref?.collection === name &&
          (ref.onDelete === 'restrict' || (!seen.includes(from) && isRestricted(api, from, [...seen, name]))),
      ),
  )
}

const isCollection = (resource: { readonly kind: string }): resource is CollectionDeclaration =>
  resource.kind === 'collection'

function collectionOf(api: ApiDeclaration, name: string): CollectionDeclaration {
  const resource = api.resources[name]
  if (resource === undefined || !isCollection(resource)) throw new TypeError(`no collection is called ${name}`)
  return resource
}

function methodOf(
  resource: ResourceDeclaration,
  verb: ResourceVerb,
): { outcomes: readonly ResultKind[]; input: boolean } {
  const method = verb === 'get' ? undefined : resource[verb]
  return { outcomes: method?.outcomes ?? [], input: method?.input !== undefined }
}

const when = <F extends Fact>(holds: boolean, fact: F): F[] => (holds ? [fact] : [])

const unique = (facts: readonly Fact[]): Fact[] => [...new Set(facts)]
