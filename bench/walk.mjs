// The decision walk alone: from the first question to the status, tracing on, no socket and no database.
// `node bench/walk.mjs` runs it by itself.
import { existsSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { median } from './rounds.mjs'

const RULES = new URL('../dist/rules/index.js', import.meta.url)
const WALKS = 200_000
export const WALK_TARGET_NS = 300

const ETAG = '"18f2c3a4b5d6-9e8f7a6b"'
const HOST = { host: '127.0.0.1:4010', accept: '*/*', 'user-agent': 'bench' }
const SENT = {
  ...HOST,
  authorization: 'Bearer 0123456789abcdef',
  'content-type': 'application/json',
  'content-length': '450',
}
const API = ['capacity', 'accounts', 'store', 'unavailable', 'represented']
const ITEM = [...API, 'item', 'mustExist', 'selects', 'modified']
const READ = [...ITEM, 'negotiated', 'reads']
const WRITE = [...API, 'guarded', 'content', 'schema', 'members', 'performs', 'conflict', 'invalid', 'writes']

/** Operations as the newsroom declares them, and a request of each that goes all the way. */
const CASES = [
  { title: 'GET item', status: 200, method: 'GET', facts: READ, fields: HOST },
  {
    title: 'GET item, If-None-Match',
    status: 304,
    method: 'GET',
    facts: READ,
    fields: { ...HOST, 'if-none-match': ETAG },
  },
  {
    title: 'GET missing item',
    status: 404,
    method: 'GET',
    facts: READ,
    fields: HOST,
    view: { found: 'missing' },
  },
  {
    title: 'POST',
    status: 201,
    method: 'POST',
    facts: [...WRITE, 'keyed', 'created'],
    fields: SENT,
    view: { outcome: 'created' },
  },
  {
    title: 'PATCH, If-Match',
    status: 200,
    method: 'PATCH',
    facts: [...ITEM, ...WRITE, 'itemRule', 'stale', 'replies'],
    fields: { ...SENT, 'if-match': ETAG },
    view: { outcome: 'changed' },
  },
]

/** `{ rows: [{ title, status, nanoseconds, fastest }] }`, the median batch and the fastest; or `{ missing }` when the rules are not built. */
export async function measureWalk({ batches = 15 } = {}) {
  if (!existsSync(RULES)) return { missing: fileURLToPath(RULES) }
  const rules = await import(RULES)
  const absent = ['specialise', 'walk', 'TracePool', 'fieldBit'].filter((name) => rules[name] === undefined)
  if (absent.length > 0) return { missing: `${absent.join(', ')} in ${fileURLToPath(RULES)}` }
  const rows = CASES.map((each) => ({ ...each, once: walkOnce(rules, each) }))
  // All shapes of request are run before any is timed: a server's walk has seen them all.
  for (const { once } of rows) timed(once)
  return {
    rows: rows.map(({ title, status, once }) => {
      const times = Array.from({ length: batches }, () => timed(once))
      return { title, status, nanoseconds: median(times), fastest: Math.min(...times) }
    }),
  }
}

function walkOnce({ specialise, walk, TracePool, fieldBit }, { title, status, method, facts, fields, view }) {
  const plan = specialise(method, new Set(facts))
  const pool = new TracePool()
  const request = new Request(method, fields, view ?? {})
  const names = Object.keys(fields)
  const once = () => {
    request.trace = pool.claim()
    // Part of every request's walk: which of its fields decide anything.
    request.present = 0
    for (const name of names) request.present |= fieldBit(name)
    const decided = walk(plan, request)
    pool.release(request.trace)
    return decided
  }
  const given = once()
  if (given !== status) throw new Error(`the walk for ${title} gives ${given}, not ${status}: mend its facts here`)
  return once
}

/** Nanoseconds a walk. */
function timed(once) {
  const began = performance.now()
  for (let at = 0; at < WALKS; at += 1) once()
  return ((performance.now() - began) / WALKS) * 1e6
}

const NONE = []
const JSON_ONLY = ['application/json']
const LIMITS = { target: 8192, content: 1024 * 1024, requests: 10_000, requestsPerAddress: 10_000 }

/** What a server would answer the walk; every ask is answered at once. */
class Request {
  broken = undefined
  hosts = 1
  present = 0
  target = '/articles/0190f3c2-7b1e-7c3a-9d4e-5f6a7b8c9d0e'
  limits = LIMITS
  requests = 1
  requestsOfAddress = 1
  ours = true
  pathValid = true
  reachable = true
  queryErrors = NONE
  takes = JSON_ONLY
  offers = JSON_ONLY
  now = 1_795_000_000_000
  signedIn = true
  credentials = 'valid'
  classAllowed = true
  etag = ETAG
  lastModified = 1_794_000_000_000
  itemVisible = true
  itemAllowed = true
  stateErrors = NONE
  content = 'read'
  contentErrors = NONE
  forbiddenMembers = NONE
  key = 'new'
  mayTry = true
  wantsContent = true
  fault = 'unforeseen'
  trace = undefined

  constructor(method, fields, { found = 'found', outcome = 'done' }) {
    this.method = method
    this.fields = fields
    this.hasContent = method !== 'GET'
    this.found = found
    this.outcome = outcome
  }

  field(name) {
    return this.fields[name]
  }

  ask() {}

  interim() {}

  failed(thrown) {
    throw thrown
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { rows, missing } = await measureWalk()
  if (missing !== undefined) console.log(`Not built: ${missing}. Run npm run build first.`)
  for (const { title, status, nanoseconds, fastest } of rows ?? []) {
    console.log(`${title} → ${status}: ${nanoseconds.toFixed(0)} ns, fastest ${fastest.toFixed(0)}`)
  }
}
