/**
 * Where credentials live: sessions, keys and passwords, each referring to its account, and gone with it.
 *
 * The id of a session or key is the SHA-256 of its token, and the token itself is nowhere: so a
 * token is looked up by `peek`, from memory, and a copy of the database signs nobody in. `handle` is
 * the name by which anyone may speak of a credential.
 */
import { randomUUID } from 'node:crypto'
import { digest } from './token.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import type { Column, Eventually, Inserted, ListQuery, Table, Transaction } from '../storage.ts'

/** The role that may see to the credentials of others. */
export const ADMIN = 'admin'

/** The most sessions, and the most keys, an account can have. */
export const MOST = 100

export const SESSIONS = '_session'
export const KEYS = '_key'
export const PASSWORDS = '_password'

/** The tables that the declared ways of signing in need. */
export function accountTables(api: ApiDeclaration): readonly Table[] {
  if (api.accounts === undefined) return []
  const account: Column = {
    name: 'account',
    type: 'text',
    references: { table: api.accounts.in, onDelete: 'cascade' },
    required: true,
  }
  return [
    ...(api.auth.password ? [sessions(account), passwords(account)] : []),
    ...(api.auth.apiKeys ? [keys(account)] : []),
  ]
}

/** The collection that accounts are kept in, and its members that matter here. */
export function accountsIn(api: ApiDeclaration): NonNullable<ApiDeclaration['accounts']> {
  if (api.accounts === undefined) throw new TypeError('the API declares no accounts')
  return api.accounts
}

/** Every session or key of an account, oldest first; a key from the seed may come on top of the most. */
export function ofAccount(account: string): ListQuery {
  return { filter: { account }, sort: OLDEST_FIRST.sort, limit: MOST + 1 }
}

export interface NewKey {
  readonly account: string
  /** The key itself, of which the digest is stored. */
  readonly key: string
  readonly label: string
  readonly seeded: boolean
}

export function insertKey(tx: Transaction, { key, ...values }: NewKey): Eventually<Inserted> {
  return tx.insert(KEYS, { ...values, handle: randomUUID() }, digest(key))
}

const HANDLE: Column = { name: 'handle', type: 'text', unique: 'exact', required: true }
const OLDEST_FIRST = { filter: ['account'], sort: [{ column: 'createdAt', descending: false }] }

/** `expires`: milliseconds since the epoch. */
function sessions(account: Column): Table {
  return {
    name: SESSIONS,
    columns: [account, HANDLE, { name: 'expires', type: 'integer', required: true }],
    guards: ['account', 'handle', 'expires'],
    indexes: [OLDEST_FIRST, { filter: [], sort: [{ column: 'expires', descending: false }] }],
  }
}

/** `seeded`: re-applied at each start, so that a key taken out of the seed ends there. */
function keys(account: Column): Table {
  return {
    name: KEYS,
    columns: [
      account,
      HANDLE,
      { name: 'label', type: 'text', required: true },
      { name: 'seeded', type: 'boolean', required: true },
    ],
    guards: ['account', 'handle'],
    indexes: [OLDEST_FIRST],
  }
}

/** The id is the account's: one password each. */
function passwords(account: Column): Table {
  return {
    name: PASSWORDS,
    columns: [account, { name: 'hash', type: 'text', required: true }],
    guards: [],
    indexes: [],
  }
}
