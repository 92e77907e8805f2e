/**
 * Writes test/contract/declarations.ts: ten APIs of five resources each, with facts drawn at random
 * (the same ones every time), to compare what types and run time make of them.
 *
 *   node scripts/generate-declarations.mjs && npx oxfmt test/contract/declarations.ts
 */
import { writeFile } from 'node:fs/promises'

const APIS = 10
const RESOURCES = 5

let state = 20_260_101
/** Mulberry32: small, and the same everywhere. */
function random() {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}
const chance = (p) => random() < p
const pick = (values) => values[Math.floor(random() * values.length)]
const some = (values, p) => values.filter(() => chance(p))
const list = (values) => `[${values.map((value) => `'${value}'`).join(', ')}]`
const object = (entries) => `{ ${entries.filter((entry) => entry !== undefined).join(', ')} }`

const FUNCTION = '() => true'
const OUTCOMES = ['created', 'changed', 'deleted', 'done', 'accepted', 'seeOther', 'stale', 'conflict', 'invalid']
const NEVER = `perform: () => { throw new Error('never performed') }`

const used = new Set(['collection', 'defineApi', 'resource'])
const use = (name, text) => (used.add(name), text)

/** A rule of guards from these, or of one of them. */
function rule(guards, functions) {
  const named = some(guards, 1.5 / guards.length).map((guard) => `'${guard}'`)
  const all = functions && chance(0.25) ? [...named, FUNCTION] : named
  if (all.length === 0) return `'${pick(guards)}'`
  return all.length === 1 ? all[0] : `[${all.join(', ')}]`
}

function actionOf(guards) {
  const outcomes = some(OUTCOMES, 0.3)
  return object([
    chance(0.5) ? 'input: z.object({ n: z.number() })' : undefined,
    `allow: ${rule(guards, true)}`,
    `outcomes: ${list(outcomes.length === 0 ? ['changed'] : outcomes)}`,
    chance(0.4) ? 'when: () => undefined' : undefined,
    NEVER,
  ])
}

function collectionOf(name, api) {
  const { accounts, names } = api
  const owned = accounts && name !== 'users' && chance(0.5)
  const isAccounts = accounts && name === 'users'
  const roles = accounts ? ['basic', 'admin'] : []
  const onDelete = () =>
    chance(0.5) ? `{ onDelete: '${pick(['restrict', 'cascade'])}', optional: true }` : `{ optional: true }`
  const fields = [
    isAccounts ? use('unique', 'email: unique(z.email())') : undefined,
    isAccounts
      ? chance(0.5)
        ? use('setBy', `role: setBy('admin', z.enum(['basic', 'admin']).default('basic'))`)
        : use('readOnly', `role: readOnly(z.enum(['basic', 'admin']).default('basic'))`)
      : undefined,
    'title: z.string()',
    chance(0.3) ? use('unique', 'slug: unique(z.string().optional())') : undefined,
    chance(0.3) ? use('hidden', 'secret: hidden(z.string().optional())') : undefined,
    accounts && chance(0.3) ? use('setBy', `rank: setBy('admin', z.int().default(0))`) : undefined,
    accounts && chance(0.3) ? use('readBy', `note: readBy('admin', z.string().optional())`) : undefined,
    chance(0.3) ? use('readOnly', 'seen: readOnly(z.boolean().default(false))') : undefined,
    chance(0.4) ? use('ref', `other: ref('${pick(names)}', ${onDelete()})`) : undefined,
    owned ? use('owner', `by: owner('users', ${onDelete()})`) : undefined,
  ]
  const named = ['anyone', ...(accounts ? ['signedIn', ...roles] : []), ...(owned ? ['owner'] : [])]
  const guards = {
    item: [...named, ...(isAccounts ? ['self'] : [])],
    list: named,
    create: named.filter((guard) => guard !== 'owner'),
  }
  const verbs = ['list', 'read', 'create', 'update', 'delete'].filter(() => chance(0.85))
  const putCreates = verbs.includes('update') && verbs.includes('create') && chance(0.4)
  const allow = verbs.map((verb) => {
    // Whoever may create by PUT must be among those who may create.
    if (putCreates && verb === 'create') return `create: 'anyone'`
    return `${verb}: ${rule(guards[verb] ?? guards.item, !(verb in guards))}`
  })
  const actions = ['publish', 'archive']
    .filter(() => chance(0.4))
    .map((action) => `${action}: ${actionOf(guards.item)}`)
  return `collection(${object(fields)}, ${object([
    `allow: ${object(allow)}`,
    chance(0.3) ? 'check: () => undefined' : undefined,
    chance(0.3) ? 'hide: true' : undefined,
    chance(0.3) ? `concurrency: 'required'` : undefined,
    putCreates ? 'putCreates: true' : undefined,
    actions.length > 0 ? `actions: ${object(actions)}` : undefined,
  ])})`
}

function resourceOf(name, { accounts }) {
  const loads = chance(0.7)
  const validators = loads ? some(['etag', 'lastModified'], 0.5) : []
  const given = object([
    validators.includes('etag') ? `etag: 'v'` : undefined,
    validators.includes('lastModified') ? 'lastModified: 0' : undefined,
  ])
  const guards = ['anyone', ...(accounts ? ['signedIn', 'basic', 'admin'] : [])]
  const methods = ['put', 'patch', 'post', 'delete'].filter(() => chance(0.5))
  const reads = chance(0.8) || methods.length === 0
  const declared = methods.map((verb) => {
    const outcomes = some(OUTCOMES, 0.3)
    return `${verb}: ${object([
      verb !== 'delete' && chance(0.6) ? 'input: z.object({ n: z.number() })' : undefined,
      `outcomes: ${list(outcomes.length === 0 ? ['done'] : outcomes)}`,
      NEVER,
    ])}`
  })
  const kinds = ['found', ...some(['missing', 'gone', 'moved', 'movedForNow'], 0.4)]
  if (loads) use('found', '')
  return `resource('/${name}/{n}', ${object([
    chance(0.5) ? 'params: { n: z.coerce.number() }' : undefined,
    loads && chance(0.8) ? `loads: ${list(kinds)}` : undefined,
    validators.length > 0 ? `validators: ${list(validators)}` : undefined,
    loads ? `load: () => found({ n: 1 }${validators.length > 0 ? `, ${given}` : ''})` : undefined,
    `allow: ${object([...(reads ? ['get'] : []), ...methods].map((verb) => `${verb}: ${rule(guards, loads)}`))}`,
    !loads && reads ? 'get: () => 1' : undefined,
    ...declared,
    chance(0.3) ? 'hide: true' : undefined,
    chance(0.3) ? `concurrency: 'required'` : undefined,
    chance(0.3) ? 'upstream: true' : undefined,
  ])})`
}

function apiOf(number) {
  const accounts = chance(0.7)
  const kinds = Array.from({ length: RESOURCES }, (_, at) => (at === 0 || chance(0.6) ? 'collection' : 'resource'))
  const all = kinds.map((kind, at) =>
    at === 0 && accounts ? 'users' : `${kind === 'collection' ? 'things' : 'places'}${at}`,
  )
  const names = all.filter((_, at) => kinds[at] === 'collection')
  const api = { accounts, names }
  const resources = all.map(
    (name, at) => `${name}: ${kinds[at] === 'collection' ? collectionOf(name, api) : resourceOf(name, api)}`,
  )
  const ways = some(['password', 'apiKeys'], 0.6)
  const auth = ways.length === 0 ? ['apiKeys'] : ways
  const options = [
    accounts ? `accounts: { in: 'users', role: 'role', login: 'email' }` : undefined,
    accounts ? `auth: [${auth.map((way) => use(way, `${way}()`)).join(', ')}]` : undefined,
    chance(0.3) ? 'validation: 422' : undefined,
    chance(0.3) ? 'unavailable: 500' : undefined,
    chance(0.3) ? `cors: { origins: '*' }` : undefined,
  ]
  return `export const api${number} = defineApi(${object(resources)}, ${object(options)})`
}

const apis = Array.from({ length: APIS }, (_, at) => apiOf(at + 1))
const text = `/** Made by scripts/generate-declarations.mjs: facts drawn at random. */
import { z } from 'zod'
import { ${[...used].toSorted().join(', ')} } from '../../src/server/index.ts'

${apis.join('\n\n')}
`
await writeFile(new URL('../test/contract/declarations.ts', import.meta.url), text)
