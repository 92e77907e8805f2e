/**
 * The contract of `/session` and `/keys`: what the account operations take, answer with, and their
 * facts, as types. A test compares the facts with those of the operations themselves.
 */
import type { CHOICE } from '../../rules/index.ts'
import type { ApiShape, FieldsOf } from '../declare/fact-types.ts'
import type { Sent } from '../declare/item.ts'

/** What signing in answers with. The token is shown here only. */
export interface SignedIn<A> {
  readonly token: string
  readonly expiresAt: string
  readonly account: A
}

/** Who is signed in, and by which credential. */
export interface Session<A> {
  readonly account: A
  readonly credential: {
    readonly kind: 'session' | 'key'
    readonly id: string
    readonly label?: string
    readonly createdAt: string
    readonly expiresAt?: string
  }
}

/** An API key, without the key itself. */
export interface ShownKey {
  readonly id: string
  readonly label: string
  readonly userId: string
  readonly createdAt: string
}

export type AccountOperations<X, Z extends ApiShape, F> = Z['accounts'] extends {
  readonly in: infer K
  readonly login: infer L extends string
}
  ? SessionOperations<Sent<FieldsOf<X[K & keyof X]>>, F> &
      ('password' extends Z['auth'] ? LoginOperations<Sent<FieldsOf<X[K & keyof X]>>, L, Z, F> : unknown) &
      ('apiKeys' extends Z['auth'] ? KeyOperations<Z, F> : unknown)
  : unknown

interface LoginOperations<A, L extends string, Z extends ApiShape, F> {
  readonly 'POST /session': {
    readonly method: 'POST'
    readonly facts: F | 'item' | Checked<Z> | 'secret' | 'login' | 'passwords' | 'performs' | 'created' | 'writes'
    readonly params: object
    readonly query: object
    readonly in: { readonly [M in L | 'password']: string }
    readonly out: { readonly created: SignedIn<A> }
  }
  readonly 'DELETE /session': Nothing & {
    readonly method: 'DELETE'
    // A key is no session, so it cannot be ended as one.
    readonly facts:
      | F
      | 'guarded'
      | 'performs'
      | 'deleted'
      | 'writes'
      | ('apiKeys' extends Z['auth'] ? 'conflict' : never)
    readonly params: object
    readonly query: object
    readonly out: object
  }
}

interface SessionOperations<A, F> {
  readonly 'GET /session': Nothing & {
    readonly method: 'GET'
    readonly facts: F | 'guarded' | 'item' | 'mustExist' | 'negotiated' | 'reads'
    readonly params: object
    readonly query: object
    readonly out: { readonly reads: Session<A> }
  }
}

interface KeyOperations<Z extends ApiShape, F> {
  readonly 'GET /keys': Nothing & {
    readonly method: 'GET'
    readonly facts: F | 'guarded' | 'roles' | 'negotiated' | 'reads'
    readonly params: object
    readonly query: { readonly userId?: string }
    readonly out: { readonly reads: { readonly items: readonly ShownKey[] } }
  }
  readonly 'POST /keys': {
    readonly method: 'POST'
    readonly facts:
      | F
      | Checked<Z>
      | 'guarded'
      | 'members'
      | 'secret'
      | 'performs'
      | 'created'
      | 'writes'
      | 'conflict'
      | Invalid<Z>
    readonly params: object
    readonly query: object
    readonly in: { readonly label: string; readonly userId?: string | undefined }
    /** The key is shown here only. */
    readonly out: { readonly created: ShownKey & { readonly key: string } }
  }
  readonly 'GET /keys/{id}': OfKey & {
    readonly method: 'GET'
    readonly facts: F | KeyFacts | 'negotiated' | 'reads'
    readonly out: { readonly reads: ShownKey }
  }
  readonly 'DELETE /keys/{id}': OfKey & {
    readonly method: 'DELETE'
    readonly facts: F | KeyFacts | 'performs' | 'deleted' | 'writes'
    readonly out: object
  }
}

type KeyFacts = 'guarded' | 'item' | 'mustExist' | 'itemRule' | 'selects' | 'modified'

type Checked<Z extends ApiShape> = 'content' | (typeof CHOICE.validation)[Z['validation']]['judged']
type Invalid<Z extends ApiShape> = (typeof CHOICE.validation)[Z['validation']]['used']

interface Nothing {
  readonly in: undefined
}

interface OfKey extends Nothing {
  readonly params: { readonly id: string }
  readonly query: object
}
