/**
 * What the writes share: a row written with the version that was judged, what the store refuses, and
 * what the client is shown of it.
 */
import type { ProblemError } from '../../rules/index.ts'
import { errorsOf } from '../engine/at-once.ts'
import { addressOf, type Collection } from './context.ts'
import { andThen } from '../eventually.ts'
import { present } from './hook.ts'
import { INPUT_ERROR } from './input-error.ts'
import { type Input, inputOf } from './input.ts'
import { sameValue } from './json-value.ts'
import type {
  Caller,
  Eventually,
  Exchange,
  Outcome,
  Reading,
  Representation,
  Transaction,
  Tried,
} from '../operation.ts'
import type { Reader, Refusal, Row, Value } from '../storage.ts'

type Values = Readonly<Record<string, Value>>

/** Writes the columns that differ from the row that was judged, and those that were `asked` for, if that is still the one. */
export function updateRow(
  collection: Collection,
  before: Row,
  after: Values,
  asked: Values,
  tx: Transaction,
): Eventually<{ readonly row: Row } | Outcome> {
  const { members, name } = collection
  const changes: Record<string, Value> = {}
  for (const member of members.keys()) {
    const value = after[member]
    if (Object.hasOwn(asked, member) || !sameValue(value, before.values[member])) changes[member] = value
  }
  if (Object.keys(changes).length === 0) {
    // Nothing to write, so the version stays; but it has to be the one that was judged.
    return andThen(tx.read(name, before.id), (now) => (now?.version === before.version ? { row: now } : STALE))
  }
  return andThen(tx.update(name, before.id, before.version, changes), (updated) =>
    updated.kind === 'done' || updated.kind === 'stale' ? updated : refused(collection, updated, asked, changes, tx),
  )
}

/** Deletes the row that was judged, if that is still the one. */
export function removeRow({ name }: Collection, row: Row, tx: Transaction): Eventually<Outcome> {
  return andThen(tx.remove(name, row.id, row.version), (removed): Outcome => {
    if (removed.kind === 'stale') return removed
    if (removed.kind === 'done') return { kind: 'deleted' }
    return { kind: 'conflict', errors: [INPUT_ERROR.inUse(removed.table)] }
  })
}

/**
 * The columns of a refusal are members of the same name; each is named. A database that finds a value taken does not
 * look at the references any more, so they are looked up. A reference that nobody `asked` for is no client's to mend.
 */
export async function refused(
  { members }: Collection,
  { kind, columns }: Refusal,
  asked: Values,
  written: Values,
  tx: Transaction,
): Promise<Outcome> {
  const made = columns.find((column) => written[column] !== asked[column])
  if (kind === 'dangling' && made !== undefined)
    throw new TypeError(`a before hook returned ${made}, and there is no item with this id`)
  if (kind === 'dangling') return { kind: 'invalid', errors: columns.map(INPUT_ERROR.dangling) }
  return { kind, errors: [...columns.map(INPUT_ERROR.taken), ...(await dangling(members, asked, tx))] }
}

/**
 * Where content is refused anyway, its references are judged as well: every wrong member at once. Those to what may be
 * hidden are always judged here: to who may not know of an item, a reference to it is one to nothing.
 */
export function withReferences(
  { mayKnow, members, store }: Collection,
  reading: Eventually<Reading>,
  caller: Caller | undefined,
): Eventually<Reading> {
  return andThen(reading, (read) => {
    if (read.value === undefined || (read.errors.length === 0 && mayKnow.size === 0)) return read
    const { values } = read.value as Input
    const isKnown = (name: string, row: Row) => mayKnow.get(name)?.(caller, row) ?? true
    return dangling(members, values, store, isKnown).then((more) => ({ ...read, errors: [...read.errors, ...more] }))
  })
}

async function dangling(
  members: Collection['members'],
  values: Values,
  reader: Reader,
  isKnown: (name: string, row: Row) => boolean = () => true,
): Promise<ProblemError[]> {
  const errors: ProblemError[] = []
  for (const { name, facts } of members.values()) {
    const id = values[name]
    if (facts.ref === undefined || typeof id !== 'string') continue
    const row = await reader.read(facts.ref.collection, id)
    if (row === undefined || !isKnown(name, row)) errors.push(INPUT_ERROR.dangling(name))
  }
  return errors
}

/** What `check` finds wrong with the item as it is about to be stored. */
export function checked({ declaration }: Collection, after: Values, before: Values | undefined): Outcome | undefined {
  const errors = errorsOf(declaration.check?.(present(after), before && present(before)), 'check')
  return errors.length === 0 ? undefined : { kind: 'invalid', errors }
}

/** The password that came with the content is hashed before the transaction begins. */
export function preparePassword({ password }: Collection, x: Exchange): Eventually<unknown> {
  const sent = inputOf(x).password
  return sent === undefined ? undefined : password?.prepare(sent, x.address)
}

/** One that is hashed already, when the item changed meanwhile, takes no place again. */
export function mayHash({ password }: Collection, x: Exchange): Tried {
  const waits = inputOf(x).password !== undefined && x.prepared === undefined
  return (waits ? password?.mayHash(x.address) : undefined) ?? UNLIMITED
}

const UNLIMITED: Tried = { allowed: true, retryAfter: 0 }

/** Stores it; other sessions of the account end, and the one that asks stays. */
export function writePassword({ password }: Collection, x: Exchange, tx: Transaction, id: string): Eventually<void> {
  if (typeof x.prepared !== 'string') return
  return password?.write(tx, id, x.prepared, x.caller?.id === id ? x.caller.credential : undefined)
}

/** The item with its validators, those of what is stored now, and with its address, as they say nothing of an action's (RFC 9110 §8.7). */
export function withValidators(collection: Collection, row: Row, x: Exchange): Representation {
  const { view } = collection
  // Written after the request began, maybe in the second after: its time is no later than now, but later than then.
  const { content, length, fields } = view.representation(row, view.variantOf(x.caller), Math.max(x.now, Date.now()))
  return { content, length, fields: [...fields, 'Content-Location', addressOf(collection, row.id)] }
}

/** For PUT: without validators, as what is stored is not what was sent, octet by octet (RFC 9110 §9.3.4). */
export function withoutValidators(collection: Collection, row: Row, x: Exchange): Representation {
  const { content, length } = withValidators(collection, row, x)
  const fields = ['Content-Type', 'application/json', 'Content-Location', addressOf(collection, row.id)]
  return { content, length, fields }
}

export function created(collection: Collection, row: Row, content: Representation): Outcome {
  return { kind: 'created', location: addressOf(collection, row.id), content }
}

const STALE: Outcome = { kind: 'stale' }
