/** What to declare, so that a question that is folded away comes to life. */
import type { Fact } from '../src/rules/index.ts'

/** Something to be written into a declaration; or where the question is asked, if nothing is to be written. */
export type Declare =
  | {
      /** Options of what is declared there; of `members`, members of a collection; of `resources`, resources of the API. */
      readonly in: 'api' | 'resources' | 'collection' | 'members' | 'action' | 'resource'
      readonly write: string
    }
  | { readonly asked: string }

export const PLACE: Readonly<Record<Extract<Declare, { write: string }>['in'], string>> = {
  api: 'for the API',
  resources: 'beside the resources',
  collection: 'for a collection',
  members: 'among the members',
  action: 'for an action',
  resource: 'for a resource',
}

const ACCOUNTS = "accounts: { in: 'users', role: 'role', login: 'email' }, auth:"
const CONTENT = "post: { input: z.object({ text: z.string() }), outcomes: ['done'], perform: () => done() }"

export const DECLARE: Readonly<Record<Fact, Declare>> = {
  accounts: { in: 'api', write: `${ACCOUNTS} [apiKeys()]` },
  cors: { in: 'api', write: "cors: { origins: ['https://app.example'] }" },
  store: { in: 'resources', write: "notes: collection({ text: z.string() }, { allow: { read: 'anyone' } })" },
  unavailable: { in: 'api', write: 'unavailable: 503' },
  asterisk: { asked: 'of the target * alone' },
  unrouted: { asked: 'of paths that no resource has' },
  params: { in: 'resource', write: 'params: { id: z.uuid() }' },
  moved: { in: 'resources', write: "former: moved('/old', '/new')" },
  movedOld: { in: 'resources', write: "former: moved('/old', '/new', { as: 'old' })" },
  movedForNow: { in: 'resources', write: "former: moved('/old', '/new', { as: 'forNow' })" },
  gone: { in: 'resources', write: "former: gone('/old')" },
  otherMethod: { asked: 'of methods that the resource has not' },
  options: { asked: 'of OPTIONS alone' },
  represented: { in: 'collection', write: "allow: { list: 'anyone' }" },
  unrepresented: {
    in: 'resource',
    write: "allow: { post: 'anyone' }, post: { outcomes: ['done'], perform: () => done() }, get: false",
  },
  guarded: { in: 'collection', write: "allow: { read: 'signedIn' }" },
  roles: { in: 'collection', write: "allow: { read: 'admin' }" },
  itemRule: { in: 'collection', write: "allow: { read: ['owner', 'admin'] }" },
  anonymousItem: { in: 'collection', write: 'allow: { read: ({ item }) => item.open }' },
  hide: { in: 'collection', write: "allow: { read: ['owner', 'admin'] }, hide: true" },
  members: { in: 'members', write: "rank: setBy('admin', z.string().optional())" },
  item: { in: 'resource', write: 'load: () => found({})' },
  mustExist: { in: 'resource', write: "load: () => missing(), loads: ['found', 'missing']" },
  goes: { in: 'resource', write: "load: () => gone(), loads: ['found', 'missing', 'gone']" },
  moves: { in: 'resource', write: "load: () => moved('/new'), loads: ['found', 'missing', 'moved']" },
  movesForNow: {
    in: 'resource',
    write: "load: () => moved('/new', { permanent: false }), loads: ['found', 'missing', 'movedForNow']",
  },
  state: {
    in: 'action',
    write: "when: (item) => item.open ? [] : [{ pointer: '/open', detail: 'Closed.', code: 'closed' }]",
  },
  selects: { in: 'resource', write: "load: () => found({}, { etag: '\"1\"' }), validators: ['etag']" },
  modified: {
    in: 'resource',
    write: "load: () => found({}, { lastModified: 0 }), validators: ['lastModified']",
  },
  conditionRequired: { in: 'collection', write: "allow: { update: 'anyone' }, concurrency: 'required'" },
  negotiated: { in: 'collection', write: "allow: { read: 'anyone' }" },
  reads: { in: 'collection', write: "allow: { read: 'anyone' }" },
  content: { in: 'resource', write: CONTENT },
  schema: { in: 'resource', write: CONTENT },
  schema422: { in: 'api', write: 'validation: 422' },
  keyed: { in: 'collection', write: "allow: { create: 'anyone' }" },
  secret: { in: 'api', write: `${ACCOUNTS} [apiKeys()]` },
  login: { in: 'api', write: `${ACCOUNTS} [password()]` },
  passwords: { in: 'api', write: `${ACCOUNTS} [password()]` },
  performs: { in: 'collection', write: "allow: { create: 'anyone' }" },
  stale: { in: 'collection', write: "allow: { update: 'anyone' }" },
  conflict: { in: 'members', write: 'slug: unique(z.string().optional())' },
  invalid: { in: 'collection', write: "allow: { create: 'anyone' }, check: (after) => []" },
  invalid422: { in: 'api', write: 'validation: 422' },
  accepted: { in: 'action', write: "outcomes: ['accepted'], perform: () => accepted()" },
  created: { in: 'collection', write: "allow: { create: 'anyone' }" },
  seeOther: { in: 'action', write: "outcomes: ['seeOther'], perform: () => seeOther('/new')" },
  deleted: { in: 'collection', write: "allow: { delete: 'anyone' }" },
  replies: { in: 'collection', write: "allow: { update: 'anyone' }" },
  writes: { in: 'collection', write: "allow: { create: 'anyone' }" },
  upstream: { in: 'resource', write: 'upstream: true' },
}
