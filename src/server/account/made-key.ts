/**
 * Keys made up for accounts of the seed that name none. Only digests are stored, so a key that was
 * made is known until the process that made it ends.
 */
import { accountRow } from './row.ts'
import { accountsIn, insertKey, KEYS, ofAccount } from './table.ts'
import { newToken } from './token.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import type { Row, Store, Transaction } from '../storage.ts'

/** A key that was made up, to be shown once. */
export interface MadeKey {
  /** The id of the account. */
  readonly account: string
  /** What the account signs in by. */
  readonly login: string
  readonly role: string | undefined
  readonly key: string
}

/**
 * New keys in place of those that were made up at an earlier start, for every account of the seed
 * that names none and is not among `made`: so that whoever develops has keys that are known.
 */
export async function renewKeys(
  api: ApiDeclaration,
  store: Store,
  made: readonly MadeKey[],
): Promise<readonly MadeKey[]> {
  if (!api.auth.apiKeys) return []
  const { in: table, login } = accountsIn(api)
  const items = (api.seed[table] ?? []).filter(({ key }) => key === undefined)
  const rows = await Promise.all(items.map((item) => accountRow(api, item)))
  return store.write(async (tx) => {
    const renewed: MadeKey[] = []
    for (const { values } of rows) {
      const account = await tx.find(table, login, values[login])
      if (account === undefined || made.some((known) => known.account === account.id)) continue
      for (const key of await tx.list(KEYS, ofAccount(account.id)))
        if (isMade(key)) await tx.remove(KEYS, key.id, key.version)
      renewed.push(await makeKey(api, tx, account))
    }
    return renewed
  })
}

export async function makeKey(api: ApiDeclaration, tx: Transaction, { id, values }: Row): Promise<MadeKey> {
  const { login, role } = accountsIn(api)
  const held = values[role]
  const key = newToken('key')
  await insertKey(tx, { account: id, key, label: 'first', seeded: true })
  return { account: id, login: String(values[login]), role: typeof held === 'string' ? held : undefined, key }
}

/** Of a row of keys: no other key of the seed has this label, and no other key with it is the seed's. */
export const isMade = ({ values }: Row): boolean => values.seeded === true && values.label === 'first'
