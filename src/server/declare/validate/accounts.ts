/** Whether callers can be told apart: the collection of accounts, their roles, their ways in, the seed. */
import type { ApiDeclaration, CollectionDeclaration, SeedItem } from '../declaration.ts'
import type { Fault } from '../declaration-error.ts'
import { isAllowed, RESERVED_ROLES } from '../rule.ts'
import { columnType, isOptional, isSchema } from '../json-schema.ts'
import { instead } from '../nearest.ts'
import { collectionNames } from '../collections.ts'
import { isRole } from './rule.ts'

export function* validateAccounts(api: ApiDeclaration): Iterable<Fault> {
  const { accounts, auth } = api
  const ways = auth.password || auth.apiKeys
  if (accounts === undefined) {
    if (ways)
      yield {
        where: 'options.auth',
        what: 'there are no accounts to sign in to',
        instead: "Declare them: accounts: { in: 'users', … }",
      }
    if (Object.keys(api.seed).length > 0)
      yield {
        where: 'options.seed',
        what: 'there are no accounts to seed',
        instead: "Declare them: accounts: { in: 'users', … }",
      }
    return
  }
  if (!ways)
    yield {
      where: 'options.auth',
      what: 'accounts have no way to sign in',
      instead: 'Write auth: [password(), apiKeys()]',
    }
  const collection = api.resources[accounts.in]
  if (collection?.kind !== 'collection') {
    yield {
      where: 'options.accounts.in',
      what: `"${accounts.in}" is no collection`,
      instead: instead(accounts.in, collectionNames(api), 'Declare one'),
    }
    return
  }
  yield* validateLogin(accounts.login, collection)
  yield* validateRole(api, accounts.role, collection)
  yield* validateSeed(api, accounts, collection)
}

function* validateLogin(login: string, { fields }: CollectionDeclaration): Iterable<Fault> {
  const where = 'options.accounts.login'
  const facts = fields[login]
  const names = Object.keys(fields).filter((name) => fields[name]?.unique !== undefined)
  const advice = instead(login, names, 'Make a member unique')
  if (facts === undefined) yield { where, what: `"${login}" is no member`, instead: advice }
  else if (facts.unique === undefined)
    yield { where, what: `${login} is not unique, so it names no one account`, instead: advice }
  else if (isOptional(facts.schema)) yield { where, what: `${login} may be absent`, instead: 'Make it required' }
}

/** Whoever may set their own role has every role. */
function* validateRole(api: ApiDeclaration, role: string, { fields, allow }: CollectionDeclaration): Iterable<Fault> {
  const where = 'options.accounts.role'
  const facts = fields[role]
  if (facts === undefined) {
    yield { where, what: `"${role}" is no member`, instead: instead(role, Object.keys(fields)) }
    return
  }
  if (!['text', 'json'].includes(columnType(facts.schema)))
    yield { where, what: `${role} is no text`, instead: "Write z.enum(['basic', 'admin'])" }
  for (const name of RESERVED_ROLES)
    if (isRole(api, name) && !isRole(api, 'any other name'))
      yield { where, what: `"${name}" is a guard, so it can be no role`, instead: 'Call the role something else' }
  const settable = isAllowed(allow.create) || isAllowed(allow.update)
  if (settable && facts.setBy === undefined && facts.readOnly !== true)
    yield {
      where,
      what: `who may create or change an account could give it any role`,
      instead: `Write ${role}: setBy('admin', …)`,
    }
}

function* validateSeed(
  api: ApiDeclaration,
  { in: name, login }: NonNullable<ApiDeclaration['accounts']>,
  { fields }: CollectionDeclaration,
): Iterable<Fault> {
  for (const other of Object.keys(api.seed))
    if (other !== name)
      yield { where: `options.seed.${other}`, what: 'only accounts are seeded', instead: `Use ${name}` }
  const items = api.seed[name] ?? []
  // What is no login, or could not be one, has been told once.
  const logins = fields[login]?.unique === undefined ? [] : items.map(({ values }) => values[login])
  for (const [at, item] of items.entries()) {
    const where = `options.seed.${name}[${at}]`
    yield* validateSeedItem(where, item, fields)
    if (isRepeated(logins, at))
      yield { where: `${where}.${login}`, what: 'another account of the seed has it', instead: 'Give each its own' }
    if (item.password !== undefined && !api.auth.password)
      yield { where: `${where}.password`, what: 'accounts have no passwords', instead: 'Declare password() in auth' }
    if (item.key !== undefined && !api.auth.apiKeys)
      yield { where: `${where}.key`, what: 'accounts have no keys', instead: 'Declare apiKeys() in auth' }
  }
}

const isRepeated = (names: readonly unknown[], at: number): boolean =>
  names[at] !== undefined && names.indexOf(names[at]) < at

function* validateSeedItem(
  where: string,
  { values, key }: SeedItem,
  fields: CollectionDeclaration['fields'],
): Iterable<Fault> {
  for (const member of Object.keys(values))
    if (fields[member] === undefined)
      yield { where: `${where}.${member}`, what: 'is no member', instead: instead(member, Object.keys(fields)) }
  for (const [member, { schema }] of Object.entries(fields)) {
    if (!isSchema(schema)) continue
    const result = schema['~standard'].validate(values[member])
    if (!(result instanceof Promise) && result.issues !== undefined)
      yield {
        where: `${where}.${member}`,
        what: result.issues.map(({ message }) => message).join('; '),
        instead: 'Mend the value',
      }
  }
  // RFC 6750 §2.1: b64token.
  if (key !== undefined && !/^[\w\-.~+/]+=*$/.test(key))
    yield { where: `${where}.key`, what: 'cannot be sent as a Bearer token', instead: 'Use letters, digits and -._~+/' }
}
