/**
 * The ask to perform: once, in one transaction with the Idempotency-Key where there is one.
 *
 * A write that finds another version than the one that was judged changes nothing, and the walk
 * goes back to the credentials; so 401, 404, 403 and 412 come from their own questions. It goes in
 * line with others that write the item, so that hardly anybody is too late again; who is, three
 * times, is told.
 */
import type { Told } from '../../rules/index.ts'
import { callerChanged } from './caller.ts'
import type { Exchange } from './exchange.ts'
import { performKept, performKeyed, type Performed, releaseKey, TAKEN } from './idempotency.ts'
import { isRefused, type Operation, type Outcome } from '../operation.ts'

const WALKS = 3

export function performOnce(x: Exchange): Told | Promise<Told> {
  const { operation } = x
  if (operation === undefined) return
  if (operation.performIn !== undefined) return write(x, operation)
  const perform = () => operation.perform?.(x) ?? DONE
  const outcome = x.idempotency === undefined ? perform() : performKept(x, perform)
  if (outcome instanceof Promise) return outcome.then((result) => settle(x, result))
  return settle(x, outcome)
}

/** The key stays this request's until it is answered, also when it comes by again, unless another process was faster. */
async function write(x: Exchange, operation: Operation): Promise<Told> {
  // Whoever is in line will have changed the item by the time its turn comes.
  if (x.endTurn === undefined && x.engine.lines.has(itemOf(x))) return takeTurn(x)
  if (x.prepared === undefined) {
    x.prepared = await operation.prepare?.(x)
    // A password waits for others to be hashed, seconds maybe: its sender may be signed out by now.
    if (x.prepared !== undefined && (await callerChanged(x))) return 'again'
  }
  const outcome = await x.engine.store.write<Performed>(
    (tx) => performKeyed(x, tx, () => operation.performIn?.(x, tx) ?? DONE),
    (result) => result === TAKEN || isRefused(result),
  )
  const told = settle(x, outcome)
  if (told === 'again' && outcome !== TAKEN && x.endTurn === undefined) return takeTurn(x)
  if (told === undefined || outcome === TAKEN) endTurn(x)
  return told
}

async function takeTurn(x: Exchange): Promise<Told> {
  x.endTurn = await x.engine.lines.join(itemOf(x))
  return 'again'
}

/** The item is written, or will not be by this request: the next one may. */
export function endTurn(x: Exchange): void {
  x.endTurn?.()
  x.endTurn = undefined
}

/** All addresses under which an item can be written, those of its actions among them, have its id. */
function itemOf({ params, path }: Exchange): string {
  return params['id'] ?? path
}

const DONE: Outcome = { kind: 'done' }

/** Where nothing was loaded there is nothing to go back to, but for the key. */
function settle(x: Exchange, outcome: Performed): Told {
  if (outcome === TAKEN) {
    releaseKey(x)
    return 'again'
  }
  x.result = outcome
  if (outcome.kind === 'stale' && x.operation?.load !== undefined && ++x.stale < WALKS) return 'again'
}
