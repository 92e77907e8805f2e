/** `tenfour user add`: an account with any role, which no request can make. */
import { type Accounts } from '../server/account/account.ts'
import { Engine } from '../server/engine/engine.ts'
import { accountsIn } from '../server/account/table.ts'
import { membersOf } from '../server/collection/member.ts'
import { collectionNamed } from '../server/declare/collections.ts'
import type { ApiDeclaration, SeedItem } from '../server/declare/declaration.ts'
import { isRole } from '../server/declare/validate/rule.ts'
import type { Call, Done } from './command.ts'
import { databaseFailure, openDatabase } from './database.ts'
import { Failure } from './failure.ts'
import { findApi, loadApi } from './load.ts'
import { developmentLog } from './log.ts'
import { databaseOf } from './settings.ts'

export async function userCommand(call: Call): Promise<Done> {
  const { host, words } = call
  if (words[0] !== 'add')
    throw new Failure('tenfour user can add: nothing else yet.', {
      kind: 'misused',
      next: 'Type:\n\n  npx tenfour user add api.ts --role admin --set email=ada@example.com',
    })
  const file = findApi(words[1], host, 'user add')
  const { value: api } = await loadApi(file, host)
  const { accounts } = api.declaration
  if (accounts === undefined)
    throw new Failure(`${api.declaration.title} has no accounts.`, {
      next: 'Declare them: accounts: { in: …, role: …, login: … }.',
    })
  const example = exampleOf(api.declaration, words[1])
  const item = await itemOf(call, accounts.role, example)
  const database = databaseOf(call, file)
  const log = developmentLog(host)
  const store = await openDatabase(database, log)
  try {
    const engine = new Engine(api, { store, log })
    await store.prepare(engine.compiled.tables)
    return await add(engine.accounts as Accounts, item, example, call)
  } catch (error) {
    throw databaseFailure(error, api.declaration, database)
  } finally {
    await store.close()
  }
}

/** What would be enough for this API: each member that every account has. */
function exampleOf(api: ApiDeclaration, file: string | undefined): string {
  const { in: name, role } = accountsIn(api)
  const needed = [...membersOf(collectionNamed(api, name)).values()].filter(
    (member) => member.name !== role && !member.optional && member.initial === undefined,
  )
  return [
    'npx tenfour user add',
    ...(file === undefined ? [] : [file]),
    `--role ${isRole(api, 'admin') ? 'admin' : 'ROLE'}`,
    ...needed.map((member) => `--set ${member.name}=${member.name.toUpperCase()}`),
    ...(api.auth.apiKeys ? [] : ['--password - < password.txt']),
  ].join(' ')
}

async function add(accounts: Accounts, item: SeedItem, example: string, { host }: Call): Promise<Done> {
  const added = await accounts.add(item)
  if (added.kind === 'refused') {
    const errors = added.errors.map(({ pointer = '', detail }) => `  ${pointer.slice(1) || 'the account'}: ${detail}`)
    throw new Failure(`The account cannot be added:\n\n${errors.join('\n')}`, { next: `It takes:\n\n  ${example}` })
  }
  host.out(`id   ${added.account}`)
  if (added.key !== undefined) host.out(`key  ${added.key}  (shown this once)`)
  else if (item.password === undefined)
    host.out('It has neither key nor password: nobody can sign in with it until an admin sets a password.')
  return 'ok'
}

async function itemOf(call: Call, roleMember: string, example: string): Promise<SeedItem> {
  const role = call.text('role')
  const set = Object.fromEntries(call.texts('set').map((typed) => memberOf(typed, example)))
  const password = await passwordOf(call)
  return {
    values: { ...set, ...(role !== undefined && { [roleMember]: role }) },
    ...(password !== undefined && { password }),
  }
}

/** `views=3`: what is JSON is read as such, all else is text; `name="3"` is the text. */
function memberOf(typed: string, example: string): [string, unknown] {
  const at = typed.indexOf('=')
  if (at <= 0)
    throw new Failure(`${JSON.stringify(typed)} is not MEMBER=VALUE.`, {
      kind: 'misused',
      next: `It takes:\n\n  ${example}`,
    })
  const value = typed.slice(at + 1)
  try {
    return [typed.slice(0, at), JSON.parse(value)]
  } catch {
    return [typed.slice(0, at), value]
  }
}

/** From standard input: what is typed as an argument is seen by everybody on the machine. */
async function passwordOf(call: Call): Promise<string | undefined> {
  const typed = call.text('password')
  const asMember = call.texts('set').some((set) => set.startsWith('password='))
  if (typed === undefined && !asMember) return undefined
  if (typed === '-') return (await call.host.input()).replace(/\r?\n$/, '')
  throw new Failure('A password is not given as an argument: others on this machine could read it.', {
    kind: 'misused',
    next: 'Give it on standard input:\n\n  npx tenfour user add --password - < password.txt',
  })
}
