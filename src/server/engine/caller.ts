/** The ask for credentials: from Authorization to a caller (RFC 9110 §11.6.2, RFC 6750 §2.1). */
import type { Told } from '../../rules/index.ts'
import type { Exchange } from './exchange.ts'
import type { Caller } from '../operation.ts'

/** The scheme is compared without case (RFC 9110 §11.1); what follows is any token68. */
const BEARER = /^bearer +([\w\-.~+/]+=*)\s*$/i

/** Is it at least meant to be a token? To whoever tries another scheme, the challenge names no error (RFC 6750 §3.1). */
export function triesBearer(x: Exchange): boolean {
  return /^bearer( |$)/i.test(x.field('authorization') ?? '')
}

export function readCaller(x: Exchange): Told | Promise<Told> {
  const token = BEARER.exec(x.field('authorization') ?? '')?.[1]
  if (token === undefined || x.engine.accounts === undefined) {
    x.credentials = 'invalid'
    return
  }
  const caller = x.engine.accounts.verify(token, x)
  if (caller instanceof Promise) return caller.then((known) => take(x, known))
  take(x, caller)
}

/** Credentials that were revoked, or a role that was taken away, while the content was on its way: a right once seen is no right for ever. */
export async function callerChanged(x: Exchange): Promise<boolean> {
  const judged = x.caller
  if (judged === undefined) return false
  await readCaller(x)
  return x.caller?.role !== judged.role || x.caller === undefined
}

function take(x: Exchange, caller: Caller | undefined): void {
  x.caller = caller
  x.credentials = caller === undefined ? 'invalid' : 'valid'
}
