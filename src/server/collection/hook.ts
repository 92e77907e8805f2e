/**
 * Hooks: what the author does in the transaction of a write, before and after it.
 *
 * A `before` hook may return members to be written along, which is how the server sets what callers
 * may not. What a hook throws undoes the write.
 */
import type { Collection } from './context.ts'
import { SERVER_MADE } from './member.ts'
import { andThen } from '../eventually.ts'
import type { Eventually, Exchange, Transaction } from '../operation.ts'
import { declaredMembers } from '../engine/result.ts'
import type { Row, Value } from '../storage.ts'

type Values = Readonly<Record<string, Value>>

/** The members as they are to be written. `row` is the item as it is stored, if it is. */
export function runBefore(
  { declaration, members, view }: Collection,
  verb: 'create' | 'update',
  row: Row | undefined,
  values: Values,
  x: Exchange,
  tx: Transaction,
): Eventually<Values> {
  const hook = declaration.before[verb]
  if (hook === undefined) return values
  const input = present(values)
  const ran = hook({ caller: x.caller, item: row && view.item(row), input, exchange: x }, tx)
  return andThen(ran, (returned: unknown) => ({
    ...values,
    ...declaredMembers(returned, members, SERVER_MADE, `before.${verb}`),
  }))
}

/** The row as it is afterwards: a hook may have written to the item itself. */
export function runAfter(
  { declaration, name, view }: Collection,
  verb: 'create' | 'update',
  row: Row,
  x: Exchange,
  tx: Transaction,
): Eventually<Row> {
  const hook = declaration.after[verb]
  if (hook === undefined) return row
  const ran = hook({ caller: x.caller, item: view.item(row), input: present(row.values), exchange: x }, tx)
  return andThen(ran, () => andThen(tx.read(name, row.id), (now) => now ?? row))
}

/** A deletion has the item, and no members to be written. */
export function runAround(
  when: 'before' | 'after',
  { declaration, view }: Collection,
  row: Row,
  x: Exchange,
  tx: Transaction,
): Eventually<unknown> {
  return declaration[when].delete?.({ caller: x.caller, item: view.item(row), input: undefined, exchange: x }, tx)
}

/** A copy for the author's code, with the members that are not absent. */
export function present(values: Values): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
