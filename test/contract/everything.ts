/** Every value of the package, and what its functions give, exported by a library that others read as a declaration file. */
import * as tenfour from 'tenfour'
import { type FetchHandler, type Store, type Transaction } from 'tenfour'
import { createClient } from 'tenfour/client'
import { openStore } from 'tenfour/store'
import { z } from 'zod'

export const role = tenfour.setBy('admin', z.enum(['basic', 'admin']).default('basic'))
export const users = tenfour.collection(
  {
    email: tenfour.unique(z.email()),
    role,
    pin: tenfour.hidden(z.string().optional()),
    pay: tenfour.readBy('admin', z.int().optional()),
    views: tenfour.readOnly(z.int().default(0)),
  },
  {
    allow: { create: 'anyone', read: ['self', 'admin'] },
    actions: { view: { allow: 'self', outcomes: ['changed'], perform: () => tenfour.changed({ views: 1 }) } },
  },
)
export const notes = tenfour.collection(
  {
    by: tenfour.owner('users', { optional: true }),
    parent: tenfour.ref('notes', { optional: true }),
    text: z.string(),
  },
  {
    allow: { list: ['owner', 'admin'], read: 'owner', create: 'signedIn' },
    list: { filter: ['text'], sort: ['-createdAt'] },
  },
)
export const place = tenfour.resource('/places/{name}', {
  loads: ['found', 'missing'],
  validators: ['etag'],
  load: ({ params }) => (params.name === '' ? tenfour.missing() : tenfour.found({ open: true }, { etag: '1' })),
  allow: { get: 'anyone', post: 'signedIn' },
  post: {
    outcomes: ['created', 'conflict'],
    perform: () => tenfour.created({ open: true }, { location: '/places/1' }),
  },
})
export const former = [tenfour.moved('/memos/{id}', '/notes/{id}'), tenfour.gone('/attic')] as const
export const api = tenfour.defineApi(
  { users, notes, place, old: former[0], attic: former[1] },
  {
    accounts: { in: 'users', role: 'role', login: 'email' },
    auth: [tenfour.password(), tenfour.apiKeys()],
  },
)

export const outcomes = [
  tenfour.accepted({ monitor: '/' }),
  tenfour.changed({ a: 1 }),
  tenfour.conflict([]),
  tenfour.created({ a: 1 }),
  tenfour.deleted(),
  tenfour.done({ a: 1 }),
  tenfour.found({ a: 1 }),
  tenfour.invalid([]),
  tenfour.missing(),
  tenfour.seeOther('/'),
  tenfour.stale(),
] as const

export const open = async (file: string) => ({ store: await openStore(file), log: console })
export async function begin(store: Store) {
  const engine = await tenfour.createEngine(api, { store, log: console })
  const running = await tenfour.serve(api, { store, log: console })
  const handle: FetchHandler = tenfour.createFetchHandler(engine)
  const server = tenfour.createNodeServer(engine)
  const { operations, madeKeys } = engine
  return { engine, running, handle, server, operations, madeKeys, first: operations[0]?.operation }
}
export const describe = (engine: tenfour.Engine) => tenfour.openApi(api.declaration, engine.operations)

/** What an author factors out of a hook or a rule. */
export const told = async (tx: Transaction, text: string) => ({
  made: await tx.insert('notes', { text }),
  changed: await tx.update('notes', '1', 1, { text }),
  gone: await tx.remove('notes', '1', 1),
  all: await tx.list('notes', { filter: {}, sort: [], limit: 1 }),
})
export const isAda = ({ caller, exchange }: tenfour.Acting<object>) => ({ caller, exchange })
export const passOn = (engine: tenfour.Engine, handle = engine.handle.bind(engine)) => handle

export const client = createClient<typeof api>('http://localhost:4010')
export const readNote = (id: string) => client.get('/notes/{id}', { params: { id } })
export const reply = async () => await client.post('/notes', { content: { text: 'a' } })
