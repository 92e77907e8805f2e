/**
 * Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): the same request, sent twice, is done once.
 *
 * The row is written in the transaction of the write itself, so there is no moment at which one is
 * there without the other. A key belongs to a caller and an operation. Refusals are not kept: sent
 * again, they are judged again.
 */
import { createHash } from 'node:crypto'
import { parseIdempotencyKey } from '../../rules/index.ts'
import type { Exchange } from './exchange.ts'
import { Unavailable } from '../fault.ts'
import type { Eventually, Outcome } from '../operation.ts'
import type { Table, Transaction } from '../storage.ts'

/** How long an answer is kept. */
const DAY = 24 * 60 * 60 * 1000
const NAME = '_idempotency'

export const idempotencyTable: Table = {
  name: NAME,
  columns: [
    { name: 'key', type: 'text', unique: 'exact', required: true },
    { name: 'content', type: 'text', required: true },
    { name: 'outcome', type: 'json', required: true },
    { name: 'expires', type: 'integer', required: true },
  ],
  guards: [],
  indexes: [{ filter: [], sort: [{ column: 'expires', descending: false }] }],
}

/** What is known of the request's key, before anything is done. */
export async function lookUpKey(x: Exchange, bytes: Uint8Array): Promise<void> {
  if (!x.plan.facts.has('keyed')) return
  const given = parseIdempotencyKey(x.field('idempotency-key') ?? '')
  if (given === undefined) return
  const key = hash(`${x.caller?.id ?? ''}\n${x.method} ${x.path}\n${given}`)
  // What is asked of a resource stands in the query as well. With the key, which is kept nowhere, it cannot be guessed
  // from the database what was sent: a password, say.
  const content = hash(`${given}\n${JSON.stringify(x.query)}`, bytes)
  const running = x.engine.runningKeys
  if (running.has(key)) {
    x.key = running.get(key) === content ? 'running' : 'otherContent'
    return
  }
  running.set(key, content)
  x.idempotency = { key, content }
  const row = await x.engine.store.find(NAME, 'key', key)
  if (row === undefined || Number(row.values.expires) < x.now) return
  releaseKey(x)
  x.key = row.values.content === content ? 'answered' : 'otherContent'
  if (x.key === 'answered') x.result = row.values.outcome as Outcome
}

/** Keeps what came of it, if it was done. */
export function recordKey(x: Exchange, tx: Transaction, outcome: Outcome): Eventually<Outcome> {
  const { idempotency } = x
  if (idempotency === undefined || outcome.kind === 'stale' || 'errors' in outcome) return outcome
  const swept = tx.removeAll(NAME, { column: 'expires', below: x.now })
  return swept instanceof Promise ? swept.then(() => insert(x, tx, outcome)) : insert(x, tx, outcome)
}

function insert(x: Exchange, tx: Transaction, outcome: Outcome): Eventually<Outcome> {
  const inserted = tx.insert(NAME, { ...x.idempotency, outcome, expires: x.now + DAY })
  const judge = ({ kind }: { readonly kind: string }): Outcome => {
    // Another process got there first, at this very moment: its answer is there to be had in a second.
    if (kind !== 'done') throw new Unavailable('the Idempotency-Key is being used elsewhere', { retryAfter: 1 })
    return outcome
  }
  return inserted instanceof Promise ? inserted.then(judge) : judge(inserted)
}

/** The request is over: the next one with this key may look. */
export function releaseKey(x: Exchange): void {
  if (x.idempotency === undefined) return
  x.engine.runningKeys.delete(x.idempotency.key)
  x.idempotency = undefined
}

function hash(text: string, bytes: Uint8Array = NO_BYTES): string {
  return createHash('sha256').update(text).update(bytes).digest('base64url')
}

const NO_BYTES = new Uint8Array()
