/**
 * From a token to a caller.
 *
 * Nothing is remembered here. The credential and its account are both peeked at, which the store
 * answers from memory while it is true: so a key that is revoked, an account that is deleted and a
 * role that changes are seen by the next request, also when another process did it.
 */
import { accountsIn, KEYS, SESSIONS } from './table.ts'
import { digest, kindOf } from './token.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import { andThen } from '../eventually.ts'
import type { Caller, Eventually } from '../operation.ts'
import type { Head, Store } from '../storage.ts'

export type Verify = (token: string, x: { readonly now: number }) => Eventually<Caller | undefined>

/** Whose token this is; undefined when it is unknown, expired or revoked. */
export function verifier(api: ApiDeclaration, store: Store): Verify {
  const accounts = accountsIn(api)
  const tables = {
    session: api.auth.password ? SESSIONS : undefined,
    key: api.auth.apiKeys ? KEYS : undefined,
  }
  return (token, { now }) => {
    const table = tables[kindOf(token)]
    if (table === undefined) return undefined
    return andThen(store.peek(table, digest(token)), (credential) => {
      if (credential === undefined || hasExpired(credential, now)) return undefined
      const id = String(credential.guards.account)
      return andThen(store.peek(accounts.in, id), (account) => {
        if (account === undefined) return undefined
        const role = account.guards[accounts.role]
        return { id, role: typeof role === 'string' ? role : undefined, credential: String(credential.guards.handle) }
      })
    })
  }
}

/** Keys do not expire. */
function hasExpired({ guards: { expires } }: Head, now: number): boolean {
  return typeof expires === 'number' && expires <= now
}
