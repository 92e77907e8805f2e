/**
 * The statuses of an operation are known before anything runs. Here each is seen on the wire, and no
 * other: every operation of the newsroom and of the library is asked in every way that matters.
 */
import { renameSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Plan } from '../src/rules/index.ts'
import { library } from './apis/library.ts'
import { type Ask, atOnce, freshly, type Known, learn, octets, request, until } from './scenario.ts'
import { KEYS, type Seen, start, type Started, startNewsroom } from './start.ts'
import { LIBRARY } from './subjects/library.ts'
import { NEWSROOM } from './subjects/newsroom.ts'
import { type Subject, withTarget } from './subjects/subject.ts'
import { type Sent, Wire } from './wire.ts'

// As many as ask at the same time below, and one.
const LIMITS = { contentTime: 300, headTime: 10_000, passwordsPerAddress: 5 }
const IMPATIENT = {
  ...library,
  declaration: { ...library.declaration, limits: { ...library.declaration.limits, ...LIMITS } },
}

const WORLDS = [
  {
    name: 'the newsroom',
    subjects: NEWSROOM,
    callers: Object.values(KEYS),
    open: (maxSize?: number) =>
      startNewsroom({ development: true, limits: LIMITS, ...(maxSize === undefined ? {} : { maxSize }) }),
    fill: ['POST', '/articles', { as: KEYS.basic, content: { title: 'Full', body: 'x'.repeat(50_000) } }],
  },
  {
    name: 'the library',
    subjects: LIBRARY,
    callers: ['ann', 'bob', 'root'],
    open: (maxSize?: number) => start(IMPATIENT, { development: true, ...(maxSize === undefined ? {} : { maxSize }) }),
    fill: ['POST', '/pages', { as: 'bob', content: { text: 'x'.repeat(50_000) } }],
  },
] as const satisfies readonly {
  name: string
  subjects: readonly Subject[]
  callers: readonly string[]
  open: unknown
  fill: Ask
}[]

describe.each(WORLDS)('$name', ({ subjects, callers, open, fill }) => {
  let server: Started
  let full: Started
  const others: Started[] = []

  beforeAll(async () => {
    server = await open()
    for (let other = 0; other < 4; other++) others.push(await server.beside())
    full = await open(512 * 1024)
    const left = [...subjects]
    const some = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await askAll(next)
    }
    await Promise.all([some(), some(), some(), some()])
    for (const subject of subjects) await contend(subject)
    for (const subject of subjects) await fail(subject)
    await withoutDatabase()
    await withoutRoom()
  }, 120_000)
  afterAll(async () => {
    for (const other of others) await other.stop()
    await server.stop()
    await full.stop()
  })

  test('has a subject for every operation', () => {
    const operations = server.engine.operations.map(({ operation }) => `${operation.method} ${operation.path}`)
    expect(subjects.map(({ operation }) => operation).toSorted()).toEqual(operations.toSorted())
  })

  test.each(subjects.map(({ operation }) => operation))('%s: every status of its plan, and no other', (operation) => {
    const seen = [...server.seen, ...full.seen].filter((one) => one.operation === operation && one.method !== 'HEAD')
    const statuses = new Set(seen.filter(isOfOperation).map(({ status }) => status))
    const plan = server.engine.operations.find(
      (one) => `${one.operation.method} ${one.operation.path}` === operation,
    )?.plan
    const planned = (plan === undefined ? [] : statusesOf(plan)).filter(
      (status) => !isOutOfReach(operation, status, statuses),
    )
    expect([...statuses].toSorted((a, b) => a - b)).toEqual(planned)
  })

  test('HEAD has no status that its plan has not', () => {
    for (const one of [...server.seen, ...full.seen])
      if (isOfOperation(one)) expect(statusesOf(one.plan)).toContain(one.status)
  })

  /** Every variation of what goes through, each on an item of its own. */
  async function askAll(subject: Subject): Promise<void> {
    const { once = [], given = [], ask, more = [] } = subject
    for (const before of once) await request(server, before, {})
    for (const vary of VARIATIONS) {
      const varied = vary(ask)
      if (varied !== undefined) await request(server, varied, await prepare(given))
    }
    for (const as of [...callers, 'nobody', undefined])
      await request(
        server,
        withSent(ask, (sent) => ({ ...sent, as })),
        await prepare(given),
      )
    for (const one of more) {
      const known = await prepare(one.given ?? given)
      for (let time = 0; time < (one.times ?? 1); time++) await request(server, one.ask, known)
    }
  }

  /** Several at once, and nobody else. */
  async function contend(subject: Subject): Promise<void> {
    const { ask, rival, burst, given = [] } = subject
    if (ask[0] === 'POST') await twice(subject)
    if (rival !== undefined) await race(subject, rival)
    if (burst !== undefined)
      await together(Array<Ask>(LIMITS.passwordsPerAddress + 1).fill(burst), await prepare(given))
  }

  async function prepare(given: readonly Ask[], on = server): Promise<Known> {
    const known = freshly()
    for (const ask of given) learn(known, await request(on, ask, known))
    return known
  }

  /** One Idempotency-Key: twice at once, and then with other content. */
  async function twice({ given = [], ask }: Subject): Promise<void> {
    const known = await prepare(given)
    const keyed = withSent(ask, (sent) => ({ ...sent, fields: { ...sent.fields, 'Idempotency-Key': '"{n}"' } }))
    if (ask[2]?.content === undefined) {
      await pipelined([keyed, keyed, keyed], known)
      return
    }
    await together([keyed, keyed, keyed], known)
    await request(server, keyed, known)
    await request(
      server,
      withSent(keyed, (sent) => ({ ...sent, content: { other: true } })),
      known,
    )
  }

  /** Among many writers in other processes, for in one they wait in line: too late thrice. */
  async function race({ given = [], ask }: Subject, rival: Ask): Promise<void> {
    await together([rival, rival, rival, rival, ask], await prepare(given), [...others, server])
  }

  async function together(asks: readonly Ask[], known: Known, to: readonly Started[] = [server]): Promise<void> {
    await atOnce(
      to,
      asks.map((ask, index) => octets(ask, { ...known, i: String(index) })),
    )
  }

  /** In one packet, so that each comes while the one before it is at work. */
  async function pipelined(asks: readonly Ask[], known: Known): Promise<void> {
    const wire = await Wire.open(server.port)
    wire.write(Buffer.concat(asks.map((ask) => octets(ask, known))))
    for (let answer = 0; answer < asks.length; answer++) await wire.read()
    wire.close()
  }

  async function fail({ given = [], ask }: Subject): Promise<void> {
    const known = await prepare(given)
    await request(server, ['POST', '/.tenfour/faults', { content: { next: 'throw' } }], known)
    await request(server, ask, known)
  }

  async function withoutDatabase(): Promise<void> {
    renameSync(server.file, `${server.file}.away`)
    await until(async () => {
      await request(server, ['GET', '/readyz'], {})
      return !server.store.reachable
    })
    for (const { ask } of subjects) await request(server, ask, {})
    renameSync(`${server.file}.away`, server.file)
  }

  async function withoutRoom(): Promise<void> {
    const known: Record<string, Known> = {}
    for (const { operation, given = [] } of subjects) known[operation] = await prepare(given, full)
    for (let tries = 0; tries < 50; tries++) if ((await request(full, fill, {})).status !== 201) break
    for (const { operation, ask } of subjects) {
      const content = ask[2]?.content
      if (typeof content === 'object' && content !== null)
        await request(
          full,
          withSent(ask, (sent) => ({
            ...sent,
            content: Object.assign({}, content, LARGE[operation.split('/')[1] ?? '']),
          })),
          known[operation] ?? {},
        )
    }
  }
})

/** What does not fit any more, by collection. */
const LARGE: Readonly<Record<string, object>> = {
  articles: { body: 'x'.repeat(50_000) },
  books: { isbn: 'x'.repeat(50_000) },
  notes: { text: 'x'.repeat(50_000) },
  pages: { text: 'x'.repeat(50_000) },
  posters: { text: 'x'.repeat(50_000) },
}

/** Statuses that cannot be brought about here, and why. */
function isOutOfReach(operation: string, status: number, seen: ReadonlySet<number>): boolean {
  if (seen.has(status)) return false
  // The account would have to go between one read and the next.
  if (operation === 'GET /session') return status === 404
  // Whether a small row, or a deletion, takes one page more is for SQLite to say; a full disk is among the faults.
  return (
    status === 507 &&
    (LARGE[operation.split('/')[1] ?? ''] === undefined || !/^(PUT|PATCH) |^POST \/\w+$/.test(operation))
  )
}

/** Decided by the connection: the same for all, and tested on its own. */
const isOfOperation = ({ steps }: Seen): boolean => !WIRE.has(steps.at(-1)?.id ?? '')
const WIRE: ReadonlySet<string> = new Set([
  'headArrived',
  'framing',
  'lengthKnown',
  'version',
  'targetLength',
  'fieldsLength',
  'methodKnown',
  'transferCoding',
  'authority',
  'share',
  'capacity',
])

function statusesOf({ steps }: Plan): number[] {
  const edges = steps.filter(({ phase }) => phase !== 'wire').flatMap(({ yes, no, absent }) => [yes, no, absent])
  return [...new Set(edges.filter((edge) => edge < 0).map((edge) => -edge))].toSorted((a, b) => a - b)
}

const withSent = ([method, target, sent = {}]: Ask, change: (sent: Sent) => Sent): Ask => [method, target, change(sent)]
const withFields =
  (fields: Record<string, string>) =>
  (ask: Ask): Ask =>
    withSent(ask, (sent) => ({ ...sent, fields: { ...sent.fields, ...fields } }))
/** Of requests with content alone. */
const withContent =
  (change: (sent: Sent) => Sent) =>
  (ask: Ask): Ask | undefined =>
    ask[2]?.content === undefined ? undefined : withSent(ask, change)

const VARIATIONS: readonly ((ask: Ask) => Ask | undefined)[] = [
  (ask) => ask,
  ([method, ...rest]) => (method === 'GET' ? ['HEAD', ...rest] : undefined),
  (ask) => withTarget(ask, `${ask[1]}?zz=1`),
  (ask) => (ask[1].includes('{id}') ? withTarget(ask, ask[1].replace('{id}', 'none{n}')) : undefined),
  withFields({ Expect: 'miracles' }),
  withFields({ Accept: 'image/png' }),
  withFields({ 'If-Match': '"none"' }),
  withFields({ 'If-None-Match': '*' }),
  withFields({ Prefer: 'return=minimal' }),
  withContent((sent) => ({ ...sent, fields: { ...sent.fields, 'Content-Length': '2000000' } })),
  withContent((sent) => ({ ...sent, fields: { ...sent.fields, 'Content-Length': '1000' } })),
  withContent((sent) => ({ ...sent, fields: { ...sent.fields, 'Content-Type': 'text/plain' } })),
  withContent((sent) => ({ ...sent, content: '{' })),
]
