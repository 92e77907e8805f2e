/** `GET /session` shows the caller, by whatever credential; `DELETE /session` signs out. */
import type { ProblemError } from '../../rules/index.ts'
import { callerOf, foundItem } from './caller.ts'
import { objectShape, TEXT, TIME } from './shape.ts'
import { accountsIn, KEYS, SESSIONS } from './table.ts'
import type { AccountView } from './view.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import { timestamp } from '../collection/item-view.ts'
import type { Exchange, Found, Operation, Outcome } from '../operation.ts'
import { jsonRepresentation } from '../engine/representation.ts'
import type { Row, Store, Transaction } from '../storage.ts'

export function sessionOperations(api: ApiDeclaration, store: Store, view: AccountView): Operation[] {
  return [showOperation(api, store, view), ...(api.auth.password ? [endOperation(api.auth.apiKeys)] : [])]
}

function showOperation(api: ApiDeclaration, store: Store, view: AccountView): Operation {
  return {
    method: 'GET',
    path: '/session',
    summary: 'Show who is signed in, and by which credential',
    facts: ['guarded', 'item', 'mustExist', 'negotiated', 'reads'],
    takes: [],
    offers: ['application/json'],
    query: [],
    variesByCaller: true,
    shapes: { output: objectShape({ account: view.shape, credential: CREDENTIAL }) },
    load: (x) => loadCaller(api, store, x),
    represent: (x) => jsonRepresentation(shown(foundItem<CallerRows>(x), view)),
  }
}

function endOperation(keys: boolean): Operation {
  return {
    method: 'DELETE',
    path: '/session',
    summary: 'Sign out',
    facts: ['guarded', 'performs', 'deleted', 'writes', ...(keys ? (['conflict'] as const) : [])],
    takes: [],
    offers: ['application/json'],
    query: [],
    shapes: {},
    performIn: (x, tx) => endSession(x, tx, keys),
  }
}

const CREDENTIAL = objectShape(
  { kind: { enum: ['session', 'key'] }, id: TEXT, label: TEXT, createdAt: TIME, expiresAt: TIME },
  ['label', 'expiresAt'],
)

interface CallerRows {
  readonly account: Row
  readonly kind: 'session' | 'key'
  readonly credential: Row
}

/** Missing only when the account or the credential went away since the request began. */
async function loadCaller(api: ApiDeclaration, store: Store, x: Exchange): Promise<Found> {
  const caller = callerOf(x)
  const account = await store.read(accountsIn(api).in, caller.id)
  const session = api.auth.password ? await store.find(SESSIONS, 'handle', caller.credential) : undefined
  const key = api.auth.apiKeys ? await store.find(KEYS, 'handle', caller.credential) : undefined
  const credential = session ?? key
  if (account === undefined || credential === undefined) return { kind: 'missing' }
  const item: CallerRows = { account, kind: session === undefined ? 'key' : 'session', credential }
  return { kind: 'found', item }
}

function shown({ account, kind, credential: { values, createdAt } }: CallerRows, view: AccountView): object {
  return {
    account: view.show(account),
    credential: {
      kind,
      id: values.handle,
      label: values.label,
      createdAt: timestamp(createdAt),
      ...(kind === 'session' && { expiresAt: timestamp(Number(values.expires)) }),
    },
  }
}

/** A session that is not there any more has ended, as was asked for. */
async function endSession(x: Exchange, tx: Transaction, keys: boolean): Promise<Outcome> {
  const { credential } = callerOf(x)
  if (keys && (await tx.find(KEYS, 'handle', credential)) !== undefined)
    return { kind: 'conflict', errors: [NO_SESSION] }
  const session = await tx.find(SESSIONS, 'handle', credential)
  if (session !== undefined) await tx.remove(SESSIONS, session.id, session.version)
  return { kind: 'deleted' }
}

const NO_SESSION: ProblemError = {
  parameter: 'Authorization',
  detail:
    'The credential in use is a key, and there is no session to end. A key is revoked with DELETE at its own address.',
  code: 'no_session',
}
