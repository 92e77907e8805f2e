/** The same of a collection: its rules, its members, its actions and its hooks. */
import { type DecisionId, either, type Source, type Sources } from '../../rules/index.ts'
import type { Action, ApiDeclaration, CollectionDeclaration, FieldFacts } from '../declare/declaration.ts'
import type { Operation } from '../operation.ts'
import { type Concerns, functionAt, type Locate, type Part, PERFORMED } from './declared-part.ts'

/** Undefined where the operation is none of this collection's. */
export function collectionSources(
  api: ApiDeclaration,
  name: string,
  collection: CollectionDeclaration,
  operation: Operation,
  locate: Locate,
  concerns: Concerns,
): Part | undefined {
  const item = `/${name}/{id}`
  const { path, method } = operation
  const action = path.startsWith(`${item}/`) ? path.slice(item.length + 1) : undefined
  const declared = action === undefined ? undefined : collection.actions[action]
  if (declared !== undefined) return actionPart(`${name}.actions.${action}`, declared, locate)
  const rule = path === `/${name}` ? OF_COLLECTION[method] : path === item ? OF_ITEM[method] : undefined
  if (rule === undefined) return undefined
  const write = rule === 'list' || rule === 'read' ? undefined : rule
  return {
    at: `${name}.allow.${rule}`,
    rule: collection.allow[rule],
    sources: {
      ...memberSources(name, collection, concerns),
      ...(write !== undefined && writeSources(name, collection, write, locate)),
      ...(write === 'delete' && { noConflict: referrers(api, name) }),
      ...(collection.concurrency === 'required' && {
        conditional: { kind: 'declared', at: `${name}.concurrency`, says: 'required' },
      }),
    },
  }
}

const OF_COLLECTION: { readonly [method in Operation['method']]?: 'list' | 'create' } = { GET: 'list', POST: 'create' }
const OF_ITEM: { readonly [method in Operation['method']]?: 'read' | 'update' | 'delete' } = {
  GET: 'read',
  PUT: 'update',
  PATCH: 'update',
  DELETE: 'delete',
}

function actionPart(at: string, action: Action, locate: Locate): Part {
  const performed = functionAt(`${at}.perform`, action.perform, locate)
  const input: Source = { kind: 'declared', at: `${at}.input` }
  return {
    at: `${at}.allow`,
    rule: action.allow,
    sources: {
      ...(action.when !== undefined && { stateAllows: functionAt(`${at}.when`, action.when, locate) }),
      contentValid: input,
      contentProcessable: input,
      ...Object.fromEntries(PERFORMED.map((id) => [id, performed])),
    },
  }
}

function memberSources(name: string, { fields, list }: CollectionDeclaration, concerns: Concerns): Sources {
  const members = Object.entries(fields)
  const listed = (id: DecisionId, holds: (facts: FieldFacts) => boolean): string =>
    members
      .filter(([member, facts]) => holds(facts) && concerns(id, member))
      .map(([member]) => `${name}.${member}`)
      .join(', ') || name
  const schema = (id: DecisionId): Source => ({ kind: 'declared', at: listed(id, () => true) })
  const setters = members.flatMap(([, { setBy = [] }]) => setBy)
  return {
    query: {
      kind: 'declared',
      at: `${name}.list`,
      says: `filter ${list.filter.join(', ') || 'nothing'}, sort ${list.sort.join(', ') || 'nothing'}`,
    },
    contentValid: schema('contentValid'),
    contentProcessable: schema('contentProcessable'),
    membersAllowed: {
      kind: 'declared',
      at: listed('membersAllowed', ({ setBy, owner }) => setBy !== undefined || owner === true),
      ...(setters.length > 0 && { says: `set by ${either([...new Set(setters)])}` }),
    },
    noConflict: { kind: 'declared', at: listed('noConflict', ({ unique }) => unique !== undefined), says: 'unique' },
  }
}

function writeSources(
  name: string,
  { before, after, check }: CollectionDeclaration,
  write: 'create' | 'update' | 'delete',
  locate: Locate,
): Sources {
  const hook =
    before[write] === undefined
      ? ([`${name}.after.${write}`, after[write]] as const)
      : ([`${name}.before.${write}`, before[write]] as const)
  const checked = check && functionAt(`${name}.check`, check, locate)
  return {
    ...(hook[1] !== undefined && { perform: functionAt(hook[0], hook[1], locate) }),
    ...(checked !== undefined && { stillValid: checked, stillProcessable: checked }),
  }
}

/** What stands in the way of a deletion. */
function referrers(api: ApiDeclaration, name: string): Source {
  const members = Object.entries(api.resources).flatMap(([from, resource]) =>
    resource.kind === 'collection'
      ? Object.entries(resource.fields)
          .filter(([, { ref }]) => ref?.collection === name && ref.onDelete === 'restrict')
          .map(([member]) => `${from}.${member}`)
      : [],
  )
  return { kind: 'declared', at: members.join(', ') || name, says: `refers to ${name}, which restricts its deletion` }
}
