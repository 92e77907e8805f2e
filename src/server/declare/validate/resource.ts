/** Whether a resource can be served: its variables, its methods and what may come of them. */
import type { ApiDeclaration, ResourceDeclaration } from '../declaration.ts'
import type { Fault } from '../declaration-error.ts'
import { guardsOf, isAllowed } from '../rule.ts'
import { validateRule } from './rule.ts'

export function* validateResource(api: ApiDeclaration, name: string, resource: ResourceDeclaration): Iterable<Fault> {
  const { path, params, load, loads, validators, allow, get } = resource
  for (const variable of Object.keys(params))
    if (!path.includes(`{${variable}}`))
      yield { where: `${name}.params.${variable}`, what: `${path} has no such variable`, instead: 'Leave it out' }
  if (load === undefined && validators.length > 0)
    yield {
      where: `${name}.validators`,
      what: 'without load there is no item to tell from another',
      instead: 'Declare load',
    }
  if (load !== undefined && !loads.includes('found'))
    yield { where: `${name}.loads`, what: 'load can never find anything', instead: "Name 'found' among them" }
  for (const [verb, rule] of Object.entries(allow)) {
    const where = `${name}.allow.${verb}`
    if (guardsOf(rule).length > 0 && !has(resource, verb as Verb))
      yield { where, what: `there is no ${verb}`, instead: verb === 'get' ? 'Declare get or load' : `Declare ${verb}` }
    yield* validateRule(api, rule, { where, item: load !== undefined, owner: false, self: false })
  }
  if (typeof get === 'function' && !isAllowed(allow.get)) yield nobody(name, 'get')
  for (const verb of ['put', 'patch', 'post', 'delete'] as const) {
    const method = resource[verb]
    if (method === undefined) continue
    if (!isAllowed(allow[verb])) yield nobody(name, verb)
    if (method.outcomes.length === 0)
      yield {
        where: `${name}.${verb}`,
        what: 'nothing can come of it',
        instead: "Name its outcomes: outcomes: ['done']",
      }
  }
}

type Verb = 'get' | 'put' | 'patch' | 'post' | 'delete'

const has = (resource: ResourceDeclaration, verb: Verb) => resource[verb] !== undefined && resource[verb] !== false

const nobody = (name: string, verb: Verb): Fault => ({
  where: `${name}.${verb}`,
  what: 'nobody may use it',
  instead: `Say who may: allow: { ${verb}: 'signedIn' }`,
})
