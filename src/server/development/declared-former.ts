/** The same of an address that only says where something went: no operation is behind it. */
import type { DecisionId, Source } from '../../rules/index.ts'
import type { ApiDeclaration, GoneDeclaration, MovedDeclaration } from '../declare/declaration.ts'
import { Router } from '../engine/router.ts'
import type { Declared } from './declared.ts'

export function declaredFormer(api: ApiDeclaration, path: string): Declared {
  const former = new Router<Source>()
  for (const [name, resource] of Object.entries(api.resources)) {
    if (resource.kind === 'moved' || resource.kind === 'gone')
      former.add(resource.path, { kind: 'declared', at: name, says: saidOf(resource) })
  }
  const source = former.find(path)?.resource
  const sources = source === undefined ? {} : Object.fromEntries(FORMER.map((id) => [id, source]))
  return { sources, guards: [], rules: [] }
}

const FORMER: readonly DecisionId[] = ['notMoved', 'notMovedOld', 'notMovedForNow', 'notGone']

function saidOf(resource: MovedDeclaration | GoneDeclaration): string {
  return resource.kind === 'gone' ? 'gone' : `moved to ${resource.to}`
}
