/** Storing a password, and what follows from it: whoever signed in with the old one is signed out. */
import { ofAccount, PASSWORDS, SESSIONS } from './table.ts'
import type { Transaction } from '../storage.ts'

/**
 * Stores a hash as the password of an account, and ends every session of it except the one with the
 * handle `keep`. Throws, so that the whole write is undone, when the account is not there.
 */
export async function writePassword(tx: Transaction, account: string, hash: string, keep?: string): Promise<void> {
  const stored = await tx.read(PASSWORDS, account)
  const written =
    stored === undefined
      ? await tx.insert(PASSWORDS, { account, hash }, account)
      : await tx.update(PASSWORDS, account, stored.version, { hash })
  if (written.kind !== 'done') throw new Error(`the password could not be stored: ${written.kind}`)
  if (stored !== undefined) await endSessions(tx, account, keep)
}

async function endSessions(tx: Transaction, account: string, keep: string | undefined): Promise<void> {
  for (const { id, version, values } of await tx.list(SESSIONS, ofAccount(account))) {
    if (values.handle !== keep) await tx.remove(SESSIONS, id, version)
  }
}
