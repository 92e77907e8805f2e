/**
 * PUT and PATCH of an item: the row that was judged is the row that is changed, or nothing is.
 *
 * Both write only the columns that differ, with the version that was loaded; when another write came
 * first the outcome is `stale`, and the engine judges again.
 */
import { addressPath, type Collection } from './context.ts'
import { andThen } from '../eventually.ts'
import { collectionFacts } from '../declare/facts.ts'
import { insert } from './create.ts'
import { runAfter, runBefore } from './hook.ts'
import { INPUT_ERROR } from './input-error.ts'
import { inputOf } from './input.ts'
import { itemGuard, loadedRow, loadRow } from './item-operation.ts'
import type { Eventually, Exchange, Operation, Outcome, Reading, Transaction } from '../operation.ts'
import { readInput } from './read-input.ts'
import { inputShape, itemShape } from './shape.ts'
import type { Row, Value } from '../storage.ts'
import {
  checked,
  created,
  mayHash,
  preparePassword,
  updateRow,
  withoutValidators,
  withReferences,
  withValidators,
  writePassword,
} from './write.ts'

export function replaceOperation(collection: Collection): Operation {
  const { api, name } = collection
  return {
    ...writes(collection, 'replace'),
    method: 'PUT',
    summary: `Replace an item of ${name}`,
    facts: collectionFacts(api, name, 'replace'),
    takes: ['application/json'],
    shapes: { input: inputShape(collection, 'replace'), output: itemShape(collection.members) },
    performIn: (x, tx) => {
      const row = loadedRow(x)
      if (row !== undefined)
        return update(collection, row, inputOf(x).values, x, tx, (now) => ({
          kind: 'changed',
          content: withoutValidators(collection, now, x),
        }))
      return insert(collection, x, tx, x.params['id'] ?? '', (now) =>
        created(collection, now, withoutValidators(collection, now, x)),
      )
    },
  }
}

export function modifyOperation(collection: Collection): Operation {
  const { api, name } = collection
  return {
    ...writes(collection, 'modify'),
    method: 'PATCH',
    summary: `Change members of an item of ${name}`,
    facts: collectionFacts(api, name, 'modify'),
    takes: ['application/merge-patch+json', 'application/json'],
    shapes: { input: inputShape(collection, 'modify'), output: itemShape(collection.members) },
    performIn: (x, tx) => {
      const row = loadedRow(x)
      if (row === undefined) return { kind: 'stale' }
      return update(collection, row, inputOf(x).values, x, tx, (now) => ({
        kind: 'changed',
        content: withValidators(collection, now, x),
      }))
    },
  }
}

type Shared = Omit<Operation, 'method' | 'summary' | 'facts' | 'takes' | 'shapes'>

function writes(collection: Collection, mode: 'replace' | 'modify'): Shared {
  const { declaration, guards } = collection
  return {
    path: addressPath(collection),
    offers: ['application/json'],
    query: [],
    ...itemGuard(collection, guards.update, declaration.hide),
    load: (x) => loadRow(collection, x),
    read: (x, json) => {
      const row = loadedRow(x)
      const id = x.params['id'] ?? ''
      const reading = withReferences(collection, readInput(collection, mode, json, x.caller, row, id), x.caller)
      return row === undefined && !CLIENT_ID.test(id) ? andThen(reading, refuseId) : reading
    },
    mayHash: (x) => mayHash(collection, x),
    prepare: (x) => preparePassword(collection, x),
  }
}

/** What a client may call an item that it creates with PUT: nothing that needs an escape in a path (RFC 3986 §2.3), and no dot segment (§3.3). */
const CLIENT_ID = /^(?!\.\.?$)[\w.~-]{1,128}$/

function refuseId(reading: Reading): Reading {
  return { ...reading, errors: [INPUT_ERROR.badId(), ...reading.errors] }
}

/** Writes `changes`, also what is stored like that already, and what else a hook makes differ from the row that was judged. */
export function update(
  collection: Collection,
  before: Row,
  changes: Readonly<Record<string, Value>>,
  x: Exchange,
  tx: Transaction,
  done: (row: Row) => Outcome,
): Eventually<Outcome> {
  const wanted = { ...before.values, ...changes }
  return andThen(runBefore(collection, 'update', before, wanted, x, tx), (values) => {
    const wrong = checked(collection, values, before.values)
    if (wrong !== undefined) return wrong
    return andThen(updateRow(collection, before, values, changes, tx), (written): Eventually<Outcome> => {
      if (!('row' in written)) return written
      return andThen(writePassword(collection, x, tx, before.id), () =>
        andThen(runAfter(collection, 'update', written.row, x, tx), done),
      )
    })
  })
}
