/** POST to a collection: a new item. Uniqueness is the database's to decide; nothing is looked up before. */
import { type Collection } from './context.ts'
import { andThen } from '../eventually.ts'
import { collectionFacts } from '../declare/facts.ts'
import { runBefore, runAfter } from './hook.ts'
import { inputOf } from './input.ts'
import type { Eventually, Exchange, Operation, Outcome, Transaction } from '../operation.ts'
import { readInput } from './read-input.ts'
import { inputShape, itemShape } from './shape.ts'
import type { Row, Value } from '../storage.ts'
import {
  checked,
  created,
  mayHash,
  preparePassword,
  refused,
  withReferences,
  withValidators,
  writePassword,
} from './write.ts'

export function createOperation(collection: Collection): Operation {
  const { api, guards, members, name } = collection
  return {
    method: 'POST',
    path: `/${name}`,
    summary: `Create an item of ${name}`,
    facts: collectionFacts(api, name, 'create'),
    takes: ['application/json'],
    offers: ['application/json'],
    query: [],
    shapes: { input: inputShape(collection, 'create'), output: itemShape(members) },
    classAllows: (caller) => guards.create.allowsNew(caller),
    explain: (x) => guards.create.explain(x.caller),
    read: (x, json) => withReferences(collection, readInput(collection, 'create', json, x.caller, undefined), x.caller),
    mayHash: (x) => mayHash(collection, x),
    prepare: (x) => preparePassword(collection, x),
    performIn: (x, tx) =>
      insert(collection, x, tx, undefined, (row) => created(collection, row, withValidators(collection, row, x))),
  }
}

/** Inserts what was read; `id` where the client has chosen it, and then a taken id means that the target changed meanwhile. */
export function insert(
  collection: Collection,
  x: Exchange,
  tx: Transaction,
  id: string | undefined,
  done: (row: Row) => Outcome,
): Eventually<Outcome> {
  return andThen(runBefore(collection, 'create', undefined, inputOf(x).values, x, tx), (values) => {
    const wrong = checked(collection, values, undefined)
    if (wrong !== undefined) return wrong
    assertComplete(collection, values)
    return andThen(tx.insert(collection.name, values, id), (inserted): Eventually<Outcome> => {
      if (inserted.kind === 'conflict' && inserted.columns.includes('id')) return { kind: 'stale' }
      if (inserted.kind !== 'done') return refused(collection, inserted, inputOf(x).values, values, tx)
      return andThen(writePassword(collection, x, tx, inserted.row.id), () =>
        andThen(runAfter(collection, 'create', inserted.row, x, tx), done),
      )
    })
  })
}

/** A member that only the server sets, and that it did not set, is the server's fault. */
function assertComplete({ members, name }: Collection, values: Readonly<Record<string, Value>>): void {
  for (const { column } of members.values()) {
    if (column.required && values[column.name] === undefined)
      throw new TypeError(`${name}.${column.name} is required and has no value: set it in before.create`)
  }
}
