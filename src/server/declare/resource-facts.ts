/** Which facts hold of the methods of a resource: what it loads, takes and answers is declared. */
import type { Fact } from '../../rules/index.ts'
import type { ApiDeclaration, ResourceDeclaration } from './declaration.ts'
import { inputFacts, outcomeFacts, unique, when } from './outcome-facts.ts'
import type { ResultKind } from './outcome.ts'
import { guardFacts, readGuardFacts } from './rule.ts'

export type ResourceVerb = 'get' | 'put' | 'patch' | 'delete' | 'post'

/** Facts of one method of a resource. */
export function resourceFacts(api: ApiDeclaration, resource: ResourceDeclaration, verb: ResourceVerb): Fact[] {
  const { loads, validators, concurrency } = resource
  const { outcomes, input } = methodOf(resource, verb)
  const conditional = verb === 'put' || verb === 'patch' || verb === 'delete'
  return unique([
    ...when(Object.keys(resource.params).length > 0, 'params'),
    ...(verb === 'get' ? readGuardFacts : guardFacts)(resource.allow[verb], resource.hide),
    ...when(resource.load !== undefined, 'item'),
    // A PUT that may create does not ask whether the item exists.
    ...when(loads.includes('missing') && !(verb === 'put' && outcomes.includes('created')), 'mustExist'),
    ...when(loads.includes('gone'), 'goes'),
    ...when(loads.includes('moved'), 'moves'),
    ...when(loads.includes('movedForNow'), 'movesForNow'),
    ...when(validators.includes('etag'), 'selects'),
    ...when(validators.includes('lastModified'), 'modified'),
    ...when(validators.length > 0 && conditional && concurrency === 'required', 'conditionRequired'),
    ...(verb === 'get' ? (['negotiated', 'reads'] as const) : (['performs', 'writes'] as const)),
    ...inputFacts(api, input),
    ...when(verb === 'post', 'keyed'),
    ...outcomeFacts(api, outcomes),
    ...when(resource.upstream, 'upstream'),
  ])
}

function methodOf(
  resource: ResourceDeclaration,
  verb: ResourceVerb,
): { outcomes: readonly ResultKind[]; input: boolean } {
  const method = verb === 'get' ? undefined : resource[verb]
  return { outcomes: method?.outcomes ?? [], input: method?.input !== undefined }
}
