/** An account made by the operator of the server, with any role: the way to the first admin. */
import type { ProblemError } from '../../rules/index.ts'
import { hashPassword } from './password.ts'
import { writePassword } from './password-row.ts'
import { accountRow } from './row.ts'
import { accountsIn, insertKey } from './table.ts'
import { newToken } from './token.ts'
import type { ApiDeclaration, SeedItem } from '../declare/declaration.ts'
import { INPUT_ERROR } from '../collection/input-error.ts'
import type { Inserted, Store, Transaction } from '../storage.ts'

export type AddedAccount =
  | {
      readonly kind: 'added'
      /** The id of the account. */
      readonly account: string
      /** Its key, where keys are declared; shown once. */
      readonly key: string | undefined
    }
  | { readonly kind: 'refused'; readonly errors: readonly ProblemError[] }

/** Without a key of its own it is given one. */
export async function addAccount(api: ApiDeclaration, store: Store, item: SeedItem): Promise<AddedAccount> {
  const { errors, values } = await accountRow(api, item)
  if (errors.length > 0) return { kind: 'refused', errors }
  const hash = item.password === undefined ? undefined : await hashPassword(item.password)
  const key = api.auth.apiKeys ? (item.key ?? newToken('key')) : undefined
  const add = async (tx: Transaction): Promise<AddedAccount> => {
    const inserted = await tx.insert(accountsIn(api).in, values)
    if (inserted.kind !== 'done') return { kind: 'refused', errors: refusalErrors(inserted) }
    const account = inserted.row.id
    if (hash !== undefined) await writePassword(tx, account, hash)
    if (key !== undefined && (await insertKey(tx, { account, key, label: 'first', seeded: false })).kind !== 'done') {
      return { kind: 'refused', errors: [{ pointer: '/key', detail: 'Another account has this key.', code: 'taken' }] }
    }
    return { kind: 'added', account, key }
  }
  return store.write(add, ({ kind }) => kind === 'refused')
}

export function refusalErrors({ kind, columns }: Exclude<Inserted, { kind: 'done' }>): ProblemError[] {
  return columns.map(kind === 'conflict' ? INPUT_ERROR.taken : INPUT_ERROR.dangling)
}
