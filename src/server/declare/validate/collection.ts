/** Whether a collection can be kept and served: its members, rules, lists, hooks and actions. */
import type { ApiDeclaration, CollectionDeclaration } from '../declaration.ts'
import type { Fault } from '../declaration-error.ts'
import { guardsOf, isAllowed } from '../rule.ts'
import { validateField } from './field.ts'
import { validateList } from './list.ts'
import { validateRule } from './rule.ts'

export function* validateCollection(
  api: ApiDeclaration,
  name: string,
  collection: CollectionDeclaration,
): Iterable<Fault> {
  const { fields, allow } = collection
  const owners = Object.keys(fields).filter((member) => fields[member]?.owner === true)
  if (owners.length > 1)
    yield {
      where: name,
      what: `${owners.join(' and ')} both are the owner`,
      instead: 'Keep one owner, and write ref(…) for the rest',
    }
  if (Object.keys(fields).length === 0) yield { where: name, what: 'has no members', instead: 'Declare at least one' }
  yield* sameButForCase(name, Object.keys(fields))
  for (const [member, facts] of Object.entries(fields)) yield* validateField(api, name, collection, member, facts)

  const owner = owners.length > 0
  const self = api.accounts?.in === name
  for (const [verb, rule] of Object.entries(allow)) {
    const where = `${name}.allow.${verb}`
    const list = verb === 'list'
    const item = !list && verb !== 'create'
    yield* validateRule(api, rule, { where, item, owner: owner && verb !== 'create', self: self && item })
  }
  if (collection.putCreates && !putMayCreate(collection))
    yield {
      where: `${name}.putCreates`,
      what: 'who may PUT is asked before it is known that there is nothing yet, and some of them may not create',
      instead: 'Let allow.create name everybody that allow.update names',
    }
  yield* validateList(name, collection)
  yield* validateHooks(name, collection)
  yield* validateActions(api, name, collection, { owner, self })
}

/** A rule that does not look at the item must not let in more than `create`; one that does is asked again. */
function putMayCreate({ allow }: CollectionDeclaration): boolean {
  const updaters = guardsOf(allow.update)
  const creators = guardsOf(allow.create)
  const open = updaters.includes('anyone')
  if (
    !open &&
    !updaters.includes('signedIn') &&
    updaters.some((guard) => guard === 'owner' || typeof guard === 'function')
  )
    return true
  return (
    creators.includes('anyone') ||
    (creators.includes('signedIn') && !open) ||
    updaters.every((guard) => creators.includes(guard))
  )
}

/** A database may take names that differ in case alone for the same. */
function* sameButForCase(where: string, names: readonly string[]): Iterable<Fault> {
  for (const [at, name] of names.entries()) {
    const other = names.slice(0, at).find((earlier) => earlier.toLowerCase() === name.toLowerCase())
    if (other !== undefined)
      yield { where: `${where}.${name}`, what: `differs from ${other} in case alone`, instead: 'Give one another name' }
  }
}

/** A hook for what nobody may do never runs. */
function* validateHooks(name: string, { allow, before, after, actions }: CollectionDeclaration): Iterable<Fault> {
  for (const [when, hooks] of [
    ['before', before],
    ['after', after],
  ] as const) {
    for (const verb of Object.keys(hooks)) {
      const where = `${name}.${when}.${verb}`
      const outcome = verb === 'update' ? 'changed' : verb === 'delete' ? 'deleted' : undefined
      const acted = Object.values(actions).some(({ outcomes }) => outcomes.some((kind) => kind === outcome))
      if (!acted && !isAllowed(allow[verb as 'create' | 'update' | 'delete']))
        yield {
          where,
          what: `nobody may ${verb}, so it never runs`,
          instead: `Say who may in allow.${verb}, or leave the hook out`,
        }
    }
  }
}

function* validateActions(
  api: ApiDeclaration,
  name: string,
  { actions }: CollectionDeclaration,
  guards: { readonly owner: boolean; readonly self: boolean },
): Iterable<Fault> {
  for (const [action, { allow, outcomes }] of Object.entries(actions)) {
    const where = `${name}.actions.${action}`
    if (!/^[A-Za-z][\w~.-]*$/.test(action))
      yield {
        where,
        what: 'its name cannot be part of a path',
        instead: 'Use letters, digits and dashes, a letter first',
      }
    if (!isAllowed(allow)) yield { where, what: 'nobody may use it', instead: "Say who may: allow: 'signedIn'" }
    if (outcomes.length === 0)
      yield { where, what: 'nothing can come of it', instead: "Name its outcomes: outcomes: ['changed']" }
    yield* validateRule(api, allow, { where: `${where}.allow`, item: true, ...guards })
  }
}
