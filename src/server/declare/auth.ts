/** Ways to prove who one is. Both end in `Authorization: Bearer …` (RFC 6750 §2.1). */

export interface Password {
  readonly kind: 'password'
}

export interface ApiKeys {
  readonly kind: 'apiKeys'
}

export type AuthMethod = Password | ApiKeys

/** Sign in with the login member and a password: `POST /session`. Accounts take a member `password`. */
export const password = (): Password => ({ kind: 'password' })

/** Keys that do not run out, for programs: `POST /keys`. */
export const apiKeys = (): ApiKeys => ({ kind: 'apiKeys' })
