/**
 * Signing in: `POST /session`.
 *
 * An account that is not there, one without a password, and a wrong password get one answer after
 * one amount of work: the password is always hashed. A session lasts 30 days from here, whatever
 * happens in between: so using it writes nothing, and its end can be said at the beginning.
 */
import { randomUUID } from 'node:crypto'
import { LoginFailures } from './failures.ts'
import { readTexts } from './input.ts'
import { hashPassword, hasPlace, inPlace, isCurrent, verifyPassword } from './password.ts'
import { objectShape, TEXT, TIME } from './shape.ts'
import { accountsIn, MOST, ofAccount, PASSWORDS, SESSIONS } from './table.ts'
import { digest, newToken } from './token.ts'
import type { AccountView } from './view.ts'
import type { ApiDeclaration, Schema } from '../declare/declaration.ts'
import { collectionNamed } from '../declare/collections.ts'
import { inputFacts } from '../declare/outcome-facts.ts'
import type { Exchange, Operation, Outcome, Reading, Tried } from '../operation.ts'
import { jsonRepresentation } from '../engine/representation.ts'
import type { Row, Store, Transaction } from '../storage.ts'

/** Milliseconds. */
const SESSION_LIFETIME = 30 * 24 * 60 * 60 * 1000

export function loginOperation(api: ApiDeclaration, store: Store, view: AccountView): Operation {
  const { in: name, login } = accountsIn(api)
  const { fields } = collectionNamed(api, name)
  const signIn = new SignIn(api, store, view)
  return {
    method: 'POST',
    path: '/session',
    summary: 'Sign in',
    facts: ['item', ...inputFacts(api, true), 'secret', 'login', 'passwords', 'performs', 'created', 'writes'],
    takes: ['application/json'],
    offers: ['application/json'],
    query: [],
    shapes: {
      input: objectShape({ [login]: TEXT, password: { ...TEXT, writeOnly: true } }),
      output: objectShape({ token: TEXT, expiresAt: TIME, account: view.shape }),
    },
    // What GET would show: who is signed in already, if anybody.
    load: ({ caller }) => (caller === undefined ? { kind: 'missing' } : { kind: 'found', item: caller }),
    read: (_, json) => readLogin(json, login, fields[login]?.schema),
    mayTry: (x) => signIn.mayTry(x),
    mayHash: (x) => hasPlace(x.address, api.limits.passwordsPerAddress),
    perform: (x) => inPlace(x.address, () => signIn.perform(x)),
  }
}

interface Login {
  readonly name: string
  readonly password: string
}

/** The name goes through its own schema, so that it is looked up in the form it is stored in. */
async function readLogin(json: unknown, member: string, schema: Schema | undefined): Promise<Reading> {
  const { errors, texts } = readTexts(json, { [member]: { required: true }, password: { required: true } })
  const sent = texts[member] ?? ''
  const stored = await schema?.['~standard'].validate(sent)
  const name = stored !== undefined && stored.issues === undefined ? String(stored.value) : sent
  return { errors, forbidden: [], value: { name, password: texts.password ?? '' } satisfies Login }
}

class SignIn {
  readonly #api: ApiDeclaration
  readonly #store: Store
  readonly #view: AccountView
  readonly #failures: LoginFailures

  constructor(api: ApiDeclaration, store: Store, view: AccountView) {
    this.#api = api
    this.#store = store
    this.#view = view
    this.#failures = new LoginFailures(api.limits.failedLogins)
  }

  mayTry(x: Exchange): Tried {
    return this.#failures.mayTry((x.input as Login).name, x.address, x.now)
  }

  async perform(x: Exchange): Promise<Outcome> {
    const login = x.input as Login
    const forgive = this.#failures.begin(login.name, x.address, x.now)
    let wrong = false
    try {
      const outcome = await this.#attempt(x, login)
      wrong = outcome.kind === 'wrongLogin'
      return outcome
    } finally {
      if (!wrong) forgive()
    }
  }

  async #attempt(x: Exchange, login: Login): Promise<Outcome> {
    const accounts = accountsIn(this.#api)
    const account = await this.#store.find(accounts.in, accounts.login, login.name)
    const secret = account && (await this.#store.read(PASSWORDS, account.id))
    const right = await verifyPassword(login.password, secret && String(secret.values.hash))
    if (!right || account === undefined || secret === undefined) return { kind: 'wrongLogin' }
    const renewed = isCurrent(String(secret.values.hash)) ? undefined : await hashPassword(login.password)
    const token = newToken('session')
    const outcome = await this.#store.write<Outcome>(
      (tx) => this.#open(tx, x, { account, secret, renewed, token }),
      ({ kind }) => kind === 'stale',
    )
    // The password was changed, or the account deleted, while the old one was being hashed.
    return outcome.kind === 'stale' ? this.#attempt(x, login) : outcome
  }

  async #open(tx: Transaction, x: Exchange, { account, secret, renewed, token }: Verified): Promise<Outcome> {
    const still = await tx.read(PASSWORDS, account.id)
    if (still?.version !== secret.version) return { kind: 'stale' }
    if (renewed !== undefined) await tx.update(PASSWORDS, account.id, secret.version, { hash: renewed })
    await tx.removeAll(SESSIONS, { column: 'expires', below: x.now })
    const open = await tx.list(SESSIONS, ofAccount(account.id))
    const oldest = open.length < MOST ? undefined : open[0]
    if (oldest !== undefined) await tx.remove(SESSIONS, oldest.id, oldest.version)
    const expires = x.now + SESSION_LIFETIME
    await tx.insert(SESSIONS, { account: account.id, handle: randomUUID(), expires }, digest(token))
    const content = { token, expiresAt: new Date(expires).toISOString(), account: this.#view.show(account) }
    return { kind: 'created', location: '/session', content: jsonRepresentation(content) }
  }
}

interface Verified {
  readonly account: Row
  /** The row of the password, as it was verified. */
  readonly secret: Row
  /** The password hashed at the cost of today, if it was not. */
  readonly renewed: string | undefined
  readonly token: string
}
