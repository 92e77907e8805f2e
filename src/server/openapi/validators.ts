/** The validators that a response of the API's description carries (RFC 9110 §8.8), and where it leads to. */
import type { Plan, StatusRow } from '../../rules/index.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import { resourceOf } from './names.ts'
import type { Operation } from '../operation.ts'
import { prefers } from './parameters.ts'

/** A field, and whether every such response has it. */
export type CarriedField = readonly [name: string, sure: boolean]

export function validatorFields(
  declaration: ApiDeclaration,
  operation: Operation,
  plan: Plan,
  row: StatusRow,
): readonly CarriedField[] {
  const fields = fieldsOfItem(declaration, operation, plan)
  // A date adds nothing to an entity tag (RFC 9110 §15.4.5).
  if (row.asIn200 !== undefined) return fields.filter(([name, sure]) => !sure || name === fields[0]?.[0])
  // What PUT stores may differ from what was sent, so its answer has none (RFC 9110 §9.3.4).
  return row.class === 'success' && row.content === 'usual' && plan.method !== 'PUT' ? fields : []
}

/** On a page of a list there may be ways to others. */
export function linkFields(
  declaration: ApiDeclaration,
  { path }: Operation,
  { method }: Plan,
  row: StatusRow,
): readonly CarriedField[] {
  const [name, resource] = resourceOf(declaration, path) ?? []
  const lists = resource?.kind === 'collection' && path === `/${name}` && method === 'GET'
  return lists && row.class === 'success' ? [['Link', false]] : []
}

/** On a write that shows the item there is its address (RFC 9110 §8.7); not where the client prefers no content, nor with what an author says. */
export function locationFields(
  declaration: ApiDeclaration,
  { path }: Operation,
  plan: Plan,
  row: StatusRow,
): readonly CarriedField[] {
  const shows = resourceOf(declaration, path)?.[1]?.kind === 'collection' && prefers(plan)
  return shows && row.class === 'success' && row.content === 'usual' ? [['Content-Location', false]] : []
}

function fieldsOfItem(declaration: ApiDeclaration, { path }: Operation, { facts, method }: Plan): CarriedField[] {
  const [name, resource] = resourceOf(declaration, path) ?? []
  if (resource?.kind === 'resource') {
    return resource.validators.map((validator) => [validator === 'etag' ? 'ETag' : 'Last-Modified', false])
  }
  // What is created in a collection is an item of it, though nothing was selected before.
  const creates = resource?.kind === 'collection' && path === `/${name}` && facts.has('created')
  const sure = method === 'GET'
  const fields: CarriedField[] = []
  if (facts.has('selects') || creates) fields.push(['ETag', sure])
  if (facts.has('modified') || creates) fields.push(['Last-Modified', sure])
  return fields
}
