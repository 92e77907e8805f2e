/**
 * Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): the same request, sent twice, is done once.
 *
 * What is stored here is kept in the transaction of the write itself, so there is no moment at which one is there
 * without the other. Of what is done elsewhere it is kept beforehand that it has begun. Either way the key's row comes
 * first: whoever finds it there, by another process, has done nothing and judges nothing by what that one did. A key
 * belongs to a caller and an operation. Refusals are not kept: sent again, they are judged again.
 */
import { createHash } from 'node:crypto'
import { parseIdempotencyKey, type Told } from '../../rules/index.ts'
import type { Exchange } from './exchange.ts'
import { andThen } from '../eventually.ts'
import { type Eventually, isRefused, type Outcome } from '../operation.ts'
import type { Row, Table, Transaction } from '../storage.ts'

/** How long an answer is kept. */
const DAY = 24 * 60 * 60 * 1000
const NAME = '_idempotency'

/** The request is at work elsewhere, or broke off there: nobody knows whether it was done. */
const BEGUN = { kind: 'begun' } as const

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

/** The ask that comes before what the first request may have changed is judged. */
export function lookForKey(x: Exchange): Told | Promise<Told> {
  const key = x.idempotency?.key ?? identify(x)
  if (x.idempotency === undefined && x.engine.runningKeys.has(key)) {
    x.keySeen = true
    return
  }
  const seen = andThen(find(x, key), (row) => {
    x.keySeen = row !== undefined
    // The walk comes by again, and another process was faster: the key is that one's.
    if (x.keySeen) releaseKey(x)
  })
  if (seen instanceof Promise) return seen
}

/** The ask to take the key for this request, or to be told what the one before it came to. */
export async function claimKey(x: Exchange): Promise<Told> {
  if (x.idempotency !== undefined) return
  const key = identify(x)
  const content = fingerprint(x)
  const running = x.engine.runningKeys
  if (running.has(key)) {
    x.key = running.get(key) === content ? 'running' : 'otherContent'
    return
  }
  running.set(key, content)
  x.idempotency = { key, content }
  const row = await find(x, key)
  if (row === undefined) {
    if (!x.keySeen) return
    // The request before it was refused meanwhile, so what that one would have changed has yet to be judged.
    x.keySeen = false
    return 'again'
  }
  releaseKey(x)
  const outcome = row.values['outcome'] as Outcome | typeof BEGUN
  if (row.values['content'] !== content) x.key = 'otherContent'
  else if (outcome.kind === 'begun') x.key = 'running'
  else {
    x.key = 'answered'
    x.result = outcome
  }
}

/** Another process was faster: nothing was done, and the walk is to look for the key again. */
export const TAKEN = 'taken'
export type Performed = Outcome | typeof TAKEN

/** What is stored here, done once: inside the transaction that stores it. */
export function performKeyed(x: Exchange, tx: Transaction, perform: () => Eventually<Outcome>): Eventually<Performed> {
  if (x.idempotency === undefined) return perform()
  return andThen(begin(x, tx), (begun) => {
    if (begun === undefined) return TAKEN
    return andThen(perform(), (outcome) => (isRefused(outcome) ? outcome : keep(tx, begun, outcome)))
  })
}

/** What is done elsewhere, done once: it never begins before that is kept. */
export async function performKept(x: Exchange, perform: () => Eventually<Outcome>): Promise<Performed> {
  const { store } = x.engine
  const begun = await store.write((tx) => begin(x, tx))
  if (begun === undefined) return TAKEN
  const forget = () => store.write((tx) => tx.remove(NAME, begun.id, begun.version))
  try {
    const outcome = await perform()
    await attempt(x, isRefused(outcome) ? forget : () => store.write((tx) => keep(tx, begun, outcome)))
    return outcome
  } catch (thrown) {
    // Whoever throws asks for it to be tried again.
    await attempt(x, forget)
    throw thrown
  }
}

/** It is done, or refused, whether or not that can be kept: the answer says so, and the log says the rest. */
async function attempt(x: Exchange, write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (err) {
    const { reference, method, path } = x
    x.engine.log.error({ reference, method, path, err }, 'an Idempotency-Key could not be kept up to date')
  }
}

/** Undefined where the key is there already. */
function begin(x: Exchange, tx: Transaction): Eventually<Row | undefined> {
  return andThen(tx.removeAll(NAME, { column: 'expires', below: x.now }), () =>
    andThen(tx.insert(NAME, { ...x.idempotency, outcome: BEGUN, expires: x.now + DAY }), (inserted) =>
      inserted.kind === 'done' ? inserted.row : undefined,
    ),
  )
}

function keep(tx: Transaction, { id, version }: Row, outcome: Outcome): Eventually<Outcome> {
  return andThen(tx.update(NAME, id, version, { outcome }), () => outcome)
}

/** The request is over: the next one with this key may look. */
export function releaseKey(x: Exchange): void {
  if (x.idempotency === undefined) return
  x.engine.runningKeys.delete(x.idempotency.key)
  x.idempotency = undefined
}

function find(x: Exchange, key: string): Eventually<Row | undefined> {
  return andThen(x.engine.store.find(NAME, 'key', key), (row) =>
    row === undefined || Number(row.values['expires']) < x.now ? undefined : row,
  )
}

/**
 * Whose key it is, and what for. Where no content is taken, all that is asked for stands in the target. The variables
 * are compared decoded, since equivalent URIs are one (RFC 9110 §4.2.3).
 */
function identify(x: Exchange): string {
  const target = [x.operation?.path, x.params, x.plan.facts.has('content') ? undefined : x.query]
  return hash(`${x.caller?.id ?? ''}\n${x.method} ${JSON.stringify(target)}\n${given(x)}`)
}

/**
 * What is asked of a resource stands in the query as well. With the key, which is kept nowhere, it cannot be guessed
 * from the database what was sent: a password, say.
 */
function fingerprint(x: Exchange): string {
  return hash(`${given(x)}\n${JSON.stringify(x.query)}`, x.octets)
}

function given(x: Exchange): string {
  return parseIdempotencyKey(x.field('idempotency-key') ?? '') ?? ''
}

function hash(text: string, octets: Uint8Array = NO_OCTETS): string {
  return createHash('sha256').update(text).update(octets).digest('base64url')
}

const NO_OCTETS = new Uint8Array()
