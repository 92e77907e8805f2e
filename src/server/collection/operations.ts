/** A collection, compiled into operations. What no rule allows does not exist, and is answered 405. */
import { actionOperation } from './action-operation.ts'
import { compileCollection } from './context.ts'
import { createOperation } from './create.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import { isAllowed } from '../declare/rule.ts'
import { listOperation } from './list.ts'
import type { Operation, Surroundings } from '../operation.ts'
import { readOperation } from './read.ts'
import { removeOperation } from './remove.ts'
import { modifyOperation, replaceOperation } from './replace.ts'

export function collectionOperations(
  api: ApiDeclaration,
  name: string,
  { store }: Pick<Surroundings, 'store'>,
): Operation[] {
  const collection = compileCollection(api, name, store)
  const { actions, allow } = collection.declaration
  return [
    ...(isAllowed(allow.list) ? [listOperation(collection)] : []),
    ...(isAllowed(allow.create) ? [createOperation(collection)] : []),
    ...(isAllowed(allow.read) ? [readOperation(collection)] : []),
    ...(isAllowed(allow.update) ? [replaceOperation(collection), modifyOperation(collection)] : []),
    ...(isAllowed(allow.delete) ? [removeOperation(collection)] : []),
    ...Object.entries(actions)
      .filter(([, action]) => isAllowed(action.allow))
      .map(([action, declared]) => actionOperation(collection, action, declared)),
  ]
}
