/**
 * The seed: accounts to begin with, made when there are none yet.
 *
 * Keys and passwords that it names are re-applied at each start, so an operator changes them there:
 * a seeded key that is no longer named ends. An account of the seed that has no key is given one,
 * which ends when the seed names another.
 * One transaction, so that processes that start at once do not disturb each other.
 */
import type { ProblemError } from '../../rules/index.ts'
import { refusalErrors } from './add.ts'
import { isMade, type MadeKey, makeKey } from './made-key.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { writePassword } from './password-row.ts'
import { accountRow } from './row.ts'
import { accountsIn, insertKey, KEYS, ofAccount, PASSWORDS } from './table.ts'
import { digest } from './token.ts'
import type { ApiDeclaration, SeedItem } from '../declare/declaration.ts'
import type { Row, Store, Transaction, Value } from '../storage.ts'

interface Seedling {
  readonly item: SeedItem
  readonly values: Readonly<Record<string, Value>>
  /** The password to be stored, if the account has another. */
  readonly hash: string | undefined
}

export async function applySeed(api: ApiDeclaration, store: Store): Promise<{ readonly made: readonly MadeKey[] }> {
  const items = api.seed[accountsIn(api).in] ?? []
  for (const [place, { key }] of items.entries()) {
    const first = items.findIndex((item) => key !== undefined && item.key === key)
    if (first >= 0 && first < place) throw sameKey(accountsIn(api).in, first, place)
  }
  const seedlings: Seedling[] = []
  for (let at = 0; at < items.length; at += AT_ONCE) {
    const next = items.slice(at, at + AT_ONCE)
    seedlings.push(...(await Promise.all(next.map((item, place) => prepare(api, store, item, at + place)))))
  }
  const made = seedlings.length === 0 ? [] : await store.write((tx) => apply(api, tx, seedlings))
  return { made }
}

/** As many as passwords are hashed at once. */
const AT_ONCE = 2

/** A password that is the account's already is not stored again: that would end its sessions. */
async function prepare(api: ApiDeclaration, store: Store, item: SeedItem, place: number): Promise<Seedling> {
  const { in: table, login } = accountsIn(api)
  const { errors, values } = await accountRow(api, item)
  refuse(`${table}[${place}]`, errors)
  const { password } = item
  if (password === undefined) return { item, values, hash: undefined }
  const account = await store.find(table, login, values[login])
  const stored = account && (await store.read(PASSWORDS, account.id))
  const same = stored !== undefined && (await verifyPassword(password, String(stored.values.hash)))
  return { item, values, hash: same ? undefined : await hashPassword(password) }
}

async function apply(api: ApiDeclaration, tx: Transaction, seedlings: readonly Seedling[]): Promise<MadeKey[]> {
  const { in: table, login } = accountsIn(api)
  const empty = (await tx.count(table, {})) === 0
  const planted: { seedling: Seedling; account: Row }[] = []
  for (const [place, seedling] of seedlings.entries()) {
    const account = empty
      ? await insertAccount(tx, table, seedling, place)
      : await tx.find(table, login, seedling.values[login])
    if (account !== undefined) planted.push({ seedling, account })
  }
  for (const { seedling, account } of planted) {
    if (seedling.hash !== undefined) await writePassword(tx, account.id, seedling.hash)
  }
  if (!api.auth.apiKeys) return []
  // All that end before any begins: two accounts of the seed may have exchanged their keys.
  for (const { seedling, account } of planted) await endSeededKeys(tx, account.id, seedling.item.key)
  const made: MadeKey[] = []
  for (const { seedling, account } of planted) {
    const wanted = seedling.item.key
    if (wanted !== undefined) await ensureKey(tx, account.id, wanted)
    else if ((await tx.count(KEYS, { account: account.id })) === 0) made.push(await makeKey(api, tx, account))
  }
  return made
}

async function insertAccount(tx: Transaction, table: string, { values }: Seedling, place: number): Promise<Row> {
  const inserted = await tx.insert(table, values)
  if (inserted.kind === 'done') return inserted.row
  throw seedError(`${table}[${place}]`, refusalErrors(inserted))
}

async function endSeededKeys(tx: Transaction, account: string, wanted: string | undefined): Promise<void> {
  const kept = (key: Row): boolean => (wanted === undefined ? isMade(key) : key.id === digest(wanted))
  for (const key of await tx.list(KEYS, ofAccount(account))) {
    if (key.values.seeded === true && !kept(key)) await tx.remove(KEYS, key.id, key.version)
  }
}

async function ensureKey(tx: Transaction, account: string, wanted: string): Promise<void> {
  const there = await tx.read(KEYS, digest(wanted))
  if (there === undefined) await insertKey(tx, { account, key: wanted, label: 'seed', seeded: true })
  else if (there.values.account !== account) throw new Error('seed: one of its keys belongs to another account already')
}

function sameKey(table: string, first: number, second: number): Error {
  return new Error(
    `seed.${table}[${second}].key: ${table}[${first}] has the same key, and a key tells who asks. Give each account one of its own, or none: then one is made.`,
  )
}

function refuse(where: string, errors: readonly ProblemError[]): void {
  if (errors.length > 0) throw seedError(where, errors)
}

function seedError(where: string, errors: readonly ProblemError[]): Error {
  return new Error(
    errors.map(({ pointer, detail }) => `seed.${where}${(pointer ?? '').replaceAll('/', '.')}: ${detail}`).join('\n'),
  )
}
