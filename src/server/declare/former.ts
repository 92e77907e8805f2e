/** What an address that only says where something went is about. */
import type { Fact } from '../../rules/index.ts'
import type { GoneDeclaration, MovedDeclaration } from './declaration.ts'

export function formerFact(resource: MovedDeclaration | GoneDeclaration): Fact {
  return resource.kind === 'gone' ? 'gone' : MOVED[resource.how]
}

const MOVED = { permanent: 'moved', old: 'movedOld', forNow: 'movedForNow' } as const satisfies Record<string, Fact>
