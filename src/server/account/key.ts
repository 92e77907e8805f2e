/**
 * API keys: made, listed, shown and revoked by their owner; by an admin for anybody.
 *
 * The key itself is in the answer to its making, and nowhere else, ever.
 */
import { formatDate, type ProblemError } from '../../rules/index.ts'
import { callerOf, foundItem } from './caller.ts'
import { readTexts } from './input.ts'
import { objectShape, TEXT, TIME } from './shape.ts'
import { ADMIN, insertKey, KEYS, MOST, ofAccount } from './table.ts'
import { newToken } from './token.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import { andThen } from '../eventually.ts'
import { INPUT_ERROR } from '../collection/input-error.ts'
import { inputFacts, invalidFact } from '../declare/outcome-facts.ts'
import { timestamp } from '../collection/item-view.ts'
import type { Caller, Eventually, Found, Operation, Outcome, Reading } from '../operation.ts'
import { jsonRepresentation } from '../engine/representation.ts'
import type { Row, Store, Transaction } from '../storage.ts'

export function keyOperations(api: ApiDeclaration, store: Store): Operation[] {
  return [listOperation(store), makeOperation(api), showOperation(store), revokeOperation(store)]
}

const JSON_ONLY = ['application/json']
const NOTHING_TAKEN = { takes: [], offers: JSON_ONLY, query: [] } as const
const SHOWN = { id: TEXT, label: TEXT, userId: TEXT, createdAt: TIME }

function listOperation(store: Store): Operation {
  return {
    ...NOTHING_TAKEN,
    method: 'GET',
    path: '/keys',
    summary: 'List API keys, without the keys themselves',
    facts: ['guarded', 'roles', 'negotiated', 'reads'],
    query: [
      { name: 'userId', description: 'Whose keys; an admin may name anybody.', schema: TEXT, check: () => undefined },
    ],
    variesByCaller: true,
    shapes: { output: objectShape({ items: { type: 'array', items: objectShape(SHOWN) } }) },
    classAllows: (caller, x) => mayManage(caller, x.query.userId ?? caller.id),
    represent: (x) =>
      andThen(store.list(KEYS, ofAccount(x.query.userId ?? callerOf(x).id)), (rows) =>
        jsonRepresentation({ items: rows.map(shown) }),
      ),
    explain: (x) => `${x.caller?.role ?? 'the caller'} is not admin`,
  }
}

function makeOperation(api: ApiDeclaration): Operation {
  return {
    method: 'POST',
    path: '/keys',
    summary: 'Make an API key',
    facts: [
      'guarded',
      ...inputFacts(api, true),
      'members',
      'secret',
      'performs',
      'created',
      'writes',
      'conflict',
      invalidFact(api),
    ],
    takes: JSON_ONLY,
    offers: JSON_ONLY,
    query: [],
    shapes: {
      input: objectShape({ label: { ...TEXT, maxLength: LONGEST_LABEL }, userId: TEXT }, ['userId']),
      output: objectShape({ ...SHOWN, key: TEXT }),
    },
    read: (x, json) => readKey(json, callerOf(x)),
    performIn: (x, tx) => makeKey(tx, x.input as Wanted),
  }
}

function showOperation(store: Store): Operation {
  return {
    ...NOTHING_TAKEN,
    method: 'GET',
    path: '/keys/{id}',
    summary: 'Show an API key, without the key itself',
    facts: ['guarded', 'item', 'mustExist', 'itemRule', 'selects', 'modified', 'negotiated', 'reads'],
    variesByCaller: true,
    shapes: { output: objectShape(SHOWN) },
    ...ofOneKey(store),
    represent: (x) => {
      const key = foundItem<Row>(x)
      return jsonRepresentation(shown(key), [
        'ETag',
        etagOf(key),
        'Last-Modified',
        formatDate(Math.min(key.version, x.now)),
      ])
    },
  }
}

function revokeOperation(store: Store): Operation {
  return {
    ...NOTHING_TAKEN,
    method: 'DELETE',
    path: '/keys/{id}',
    summary: 'Revoke an API key',
    facts: ['guarded', 'item', 'mustExist', 'itemRule', 'selects', 'modified', 'performs', 'deleted', 'writes'],
    shapes: {},
    ...ofOneKey(store),
    performIn: (x, tx) => {
      const { id, version } = foundItem<Row>(x)
      return andThen(tx.remove(KEYS, id, version), ({ kind }) => ({ kind: kind === 'done' ? 'deleted' : 'stale' }))
    },
  }
}

/** Which key a path names, and who may see to it. */
function ofOneKey(store: Store): Required<Pick<Operation, 'load' | 'itemAllows' | 'explain'>> {
  return {
    load: (x) =>
      andThen(store.find(KEYS, 'handle', x.params.id ?? ''), (key): Found =>
        key === undefined
          ? { kind: 'missing' }
          : { kind: 'found', item: key, etag: etagOf(key), lastModified: Math.min(key.version, x.now) },
      ),
    itemAllows: (x) => mayManage(callerOf(x), String(foundItem<Row>(x).values.account)),
    explain: (x) => `${x.caller?.role ?? 'the caller'} is neither the owner of the key nor admin`,
  }
}

const mayManage = (caller: Caller, account: string) => caller.id === account || caller.role === ADMIN

interface Wanted {
  readonly label: string
  readonly account: string
}

const LONGEST_LABEL = 100

function readKey(json: unknown, caller: Caller): Reading {
  const { errors, texts } = readTexts(json, {
    label: { required: true, longest: LONGEST_LABEL },
    userId: { required: false },
  })
  const account = texts.userId ?? caller.id
  const forbidden = mayManage(caller, account) ? [] : [NOT_YOURS]
  return { errors, forbidden, value: { label: texts.label ?? '', account } satisfies Wanted }
}

function makeKey(tx: Transaction, { label, account }: Wanted): Eventually<Outcome> {
  return andThen(tx.count(KEYS, { account }), (made): Eventually<Outcome> => {
    if (made >= MOST) return { kind: 'conflict', errors: [TOO_MANY] }
    const key = newToken('key')
    return andThen(insertKey(tx, { account, key, label, seeded: false }), (inserted): Outcome => {
      if (inserted.kind !== 'done') return { kind: 'invalid', errors: [INPUT_ERROR.dangling('userId')] }
      const content = jsonRepresentation({ ...shown(inserted.row), key })
      return { kind: 'created', location: `/keys/${String(inserted.row.values.handle)}`, content }
    })
  })
}

const NOT_YOURS: ProblemError = {
  pointer: '/userId',
  detail: 'Keys for others are made by an admin.',
  code: 'not_allowed',
}
const TOO_MANY: ProblemError = {
  pointer: '',
  detail: `The account has ${MOST} keys, which is the most. Revoke one that is not used any more.`,
  code: 'too_many',
}

function shown({ createdAt, values: { handle, label, account } }: Row): object {
  return { id: handle, label, userId: account, createdAt: timestamp(createdAt) }
}

/** A key is never changed: one form, one tag. */
const etagOf = ({ version }: Row) => `"${version.toString(36)}.key"`
