/**
 * POST to an item: what else can be done to it than reading and writing.
 *
 * `perform` says what came of it; what it changes of its item is written here, with the version
 * that was judged, so that an action loses no update either; `check` and the hooks of updates and
 * deletions hold for it as for any other write.
 */
import { errorsOf } from '../engine/at-once.ts'
import { addressOf, addressPath, type Collection } from './context.ts'
import type { Action, Schema } from '../declare/declaration.ts'
import { readDeclared } from './declared-content.ts'
import { andThen } from '../eventually.ts'
import { actionFacts } from '../declare/facts.ts'
import { compileGuard } from './guard.ts'
import { INPUT_ERROR } from './input-error.ts'
import { itemGuard, loadedRow, loadRow } from './item-operation.ts'
import { jsonSchema } from '../declare/json-schema.ts'
import { isStorable, sameValue } from './json-value.ts'
import type { Eventually, Exchange, Operation, Outcome, Reading, Transaction } from '../operation.ts'
import { jsonRepresentation } from '../engine/representation.ts'
import { declaredMembers, declaredResult } from '../engine/result.ts'
import { SERVER_MADE } from './member.ts'
import { remove } from './remove.ts'
import { update } from './replace.ts'
import { itemShape } from './shape.ts'
import type { Row, Value } from '../storage.ts'
import { withValidators } from './write.ts'

export function actionOperation(collection: Collection, name: string, action: Action): Operation {
  const { api, declaration, owner, view } = collection
  const { input, when } = action
  const guard = compileGuard(action.allow, owner, (row) => view.item(row))
  const shape = input && jsonSchema(input, 'input')
  return {
    method: 'POST',
    path: `${addressPath(collection)}/${name}`,
    summary: `${name}: an action on an item of ${collection.name}`,
    facts: actionFacts(api, collection.name, action),
    takes: input === undefined ? [] : ['application/json'],
    offers: ['application/json'],
    query: [],
    shapes: {
      input: shape,
      output: outputShape(collection, action),
    },
    ...itemGuard(collection, guard, declaration.hide),
    load: (x) => loadRow(collection, x),
    ...(when === undefined ? {} : { stateErrors: (x) => stateErrors(collection, when, x) }),
    ...(input === undefined ? {} : { read: (_, json) => readAction(input, json, shape) }),
    performIn: (x, tx) => {
      const row = loadedRow(x)
      if (row === undefined) return STALE
      const performed = action.perform({ caller: x.caller, item: view.item(row), input: x.input, exchange: x }, tx)
      return andThen(performed, (result) => settle(collection, action, result, row, x, tx))
    },
  }
}

const STALE: Outcome = { kind: 'stale' }

function stateErrors({ view }: Collection, when: NonNullable<Action['when']>, x: Exchange) {
  const row = loadedRow(x)
  return errorsOf(row && when(view.item(row)), 'when')
}

function readAction(schema: Schema, json: unknown, shape: object | undefined): Eventually<Reading> {
  return isStorable(json)
    ? readDeclared(schema, json, shape)
    : { errors: [INPUT_ERROR.unkeptContent()], forbidden: [], value: undefined }
}

/** From what `perform` returned to what came of it. */
function settle(
  collection: Collection,
  { input, outcomes }: Action,
  returned: unknown,
  row: Row,
  x: Exchange,
  tx: Transaction,
): Eventually<Outcome> {
  const result = declaredResult(returned, outcomes)
  switch (result.kind) {
    case 'changed': {
      const written = update(collection, row, membersOf(collection, result.item, row), x, tx, (now) => ({
        kind: 'changed',
        content: withValidators(collection, now, x),
      }))
      return input === undefined ? andThen(written, withoutContent) : written
    }
    case 'deleted':
      return remove(collection, row, x, tx)
    case 'created': {
      const location = result.location ?? addressOf(collection, row.id)
      return { kind: 'created', location, content: jsonRepresentation(result.item) }
    }
    case 'done':
    case 'accepted': {
      const { content, ...rest } = result
      return content === undefined ? rest : { ...rest, content: jsonRepresentation(content) }
    }
    default:
      return result
  }
}

/** What was not sent is not wrong: the present state stands against it (RFC 9110 §15.5.10). */
function withoutContent(outcome: Outcome): Outcome {
  return outcome.kind === 'invalid' ? { ...outcome, kind: 'conflict' } : outcome
}

/** The members that `changed({ … })` names and that differ. */
function membersOf({ members }: Collection, changed: unknown, { values }: Row): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(declaredMembers(changed, members, SERVER_MADE, 'perform')).filter(
      ([name, value]) => !sameValue(value, values[name]),
    ),
  )
}

/** What is changed is answered with the item, all else with what the author says. */
function outputShape({ members }: Collection, { outcomes, output }: Action): object | undefined {
  const item = outcomes.includes('changed') ? itemShape(members) : undefined
  const said = output && jsonSchema(output, 'output')
  return item !== undefined && said !== undefined ? { anyOf: [item, said] } : (item ?? said)
}
