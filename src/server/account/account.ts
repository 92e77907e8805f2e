/**
 * Accounts: who is asking, by which credential, and how credentials come and go.
 *
 * One carriage, `Authorization: Bearer TOKEN` (RFC 6750 §2.1), for sessions and API keys alike; one
 * challenge; tokens stored as SHA-256 only; revocation seen by the next request.
 */
import { formatChallenge } from '../../rules/index.ts'
import { type AddedAccount, addAccount } from './add.ts'
import { keyOperations } from './key.ts'
import { loginOperation } from './login.ts'
import { type MadeKey, renewKeys } from './made-key.ts'
import { applySeed } from './seed.ts'
import { sessionOperations } from './session.ts'
import { accountTables } from './table.ts'
import { accountView } from './view.ts'
import { verifier, type Verify } from './verify.ts'
import type { ApiDeclaration, SeedItem } from '../declare/declaration.ts'
import type { Operation, Surroundings } from '../operation.ts'
import type { Table } from '../storage.ts'

export interface Accounts {
  /** To be prepared together with the tables of the collections. */
  readonly tables: readonly Table[]
  readonly operations: readonly Operation[]
  /** Whose token this is; undefined when it is unknown, expired or revoked. */
  readonly verify: Verify
  /** WWW-Authenticate (RFC 6750 §3): with an error only if it was a token that was refused (§3.1). */
  challenge(refused: boolean): string
  /** Makes the accounts of the seed, if there are none, and re-applies its keys and passwords; returns the keys it made up. */
  seed(): Promise<{ readonly made: readonly MadeKey[] }>
  /** New keys for accounts of the seed that name none, those that were `made` just now left alone. Ends those made before. */
  renewKeys(made: readonly MadeKey[]): Promise<readonly MadeKey[]>
  /** What no request can do: an account with any role. `key` is the one made for it. */
  add(item: SeedItem): Promise<AddedAccount>
}

/** Undefined where no accounts are declared. */
export function accountsOf(api: ApiDeclaration, { store }: Surroundings): Accounts | undefined {
  if (api.accounts === undefined) return undefined
  const view = accountView(api)
  const { realm } = api
  const unknown = formatChallenge('Bearer', { realm })
  const invalid = formatChallenge('Bearer', { realm, error: 'invalid_token', error_description: REFUSED })
  return {
    tables: accountTables(api),
    operations: [
      ...(api.auth.password ? [loginOperation(api, store, view)] : []),
      ...sessionOperations(api, store, view),
      ...(api.auth.apiKeys ? keyOperations(api, store) : []),
    ],
    verify: verifier(api, store),
    challenge: (refused) => (refused ? invalid : unknown),
    seed: () => applySeed(api, store),
    renewKeys: (made) => renewKeys(api, store, made),
    add: (item) => addAccount(api, store, item),
  }
}

const REFUSED = 'The token is unknown, expired or revoked'
