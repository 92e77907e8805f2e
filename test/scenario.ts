/**
 * A scenario: one request, what has to be so before it, and what it is answered with. As data, so that
 * the same list shows what every edge of the graph is for, and that no edge can be led elsewhere.
 */
import { renameSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  AGAIN_ENTRY,
  DECISIONS,
  ENTRY,
  type Edge,
  FAULT_ENTRY,
  type Graph,
  isAsked,
  type Node,
} from '../src/rules/index.ts'
import { library } from './apis/library.ts'
import { plain } from './apis/plain.ts'
import { narrow, patient, shared, strict } from './apis/strict.ts'
import { type Seen, start, type Started } from './start.ts'
import { format, type Sent, Wire, type WireResponse } from './wire.ts'

export const APIS = { library, strict, narrow, shared, patient, plain } as const
export type ApiName = keyof typeof APIS

/**
 * `{id}`, `{etag}`, `{date}`, `{token}` stand for what the last answer before said, `{users}` for the first
 * id made in that collection, `{n}` for a number never used before.
 */
export type Ask = readonly [method: string, target: string, sent?: Sent]

export interface Scenario {
  readonly title: string
  readonly api: ApiName
  /** Asked before, of a server that walks HTTP's own graph. */
  readonly given?: readonly Ask[]
  /** Asked before, of the server itself, one after the other. */
  readonly first?: readonly Ask[]
  /** Sent before on a connection of its own, and still in progress when the request comes. */
  readonly meanwhile?: Ask
  /** The file of the database is away. */
  readonly away?: true
  /** An ordinary request, or its octets. */
  readonly ask: Ask | string
  readonly status: number
  /** Fields that have to be there. A value of `true` asks for any. */
  readonly fields?: Readonly<Record<string, string | true>>
  /** Fields that must not be there. */
  readonly without?: readonly string[]
  /** Interim responses before the final one. */
  readonly interim?: readonly number[]
  /** What the content has to hold. */
  readonly content?: string
}

/** Two servers over one store: one is prepared with, the other is asked. */
export interface Stage {
  readonly asked: Started
  readonly prepared: Started
  readonly stop: () => Promise<void>
}

export async function openStage(api: ApiName): Promise<Stage> {
  const asked = await start(APIS[api])
  const prepared = await asked.beside()
  return {
    asked,
    prepared,
    async stop() {
      await prepared.stop()
      await asked.stop()
    },
  }
}

/** Runs a scenario; what is wrong with the answer, one line each, and what the engine saw. */
export async function run(scenario: Scenario, stage: Stage): Promise<{ wrong: string[]; seen: Seen | undefined }> {
  const { asked, prepared } = stage
  const known = freshly()
  for (const ask of scenario.given ?? []) learn(known, await request(prepared, ask, known))
  for (const ask of scenario.first ?? []) learn(known, await request(asked, ask, known))
  const release = await hold(scenario, stage, known)
  const before = asked.seen.length
  try {
    const response = await request(asked, scenario.ask, known)
    return { wrong: differences(scenario, response), seen: asked.seen[before] }
  } catch (error) {
    return { wrong: [String(error)], seen: asked.seen[before] }
  } finally {
    await release()
  }
}

let numbers = Date.now() % 1e9

export const freshly = (): Known => ({ n: String(++numbers) })

export type Known = Record<string, string>

/** One request on a connection of its own. */
export async function request({ port }: Started, ask: Ask | string, known: Known): Promise<WireResponse> {
  const wire = await Wire.open(port)
  try {
    wire.write(typeof ask === 'string' ? fill(ask, known) : octets(ask, known))
    return await wire.read({
      toHead: (typeof ask === 'string' ? ask.slice(0, 5).trim() : ask[0]) === 'HEAD',
      timeout: 20_000,
    })
  } finally {
    wire.close()
  }
}

export function octets([method, target, { as, content, fields } = {}]: Ask, known: Known): Buffer {
  return format(method, fill(target, known), {
    ...(as === undefined ? {} : { as: fill(as, known) }),
    ...(fields === undefined
      ? {}
      : { fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, fill(value, known)])) }),
    ...(content === undefined
      ? {}
      : { content: fill(typeof content === 'string' ? content : JSON.stringify(content), known) }),
  })
}

const fill = (text: string, known: Known): string =>
  text.replace(/\{(\w+)\}/g, (name, key: string) => known[key] ?? name)

/**
 * Sends requests so that all are judged by the same state: the last octet of those with content is
 * held back until every one of them is in progress. Several servers are sent one after the other.
 */
export async function atOnce(to: Started | readonly Started[], requests: readonly Buffer[]): Promise<WireResponse[]> {
  const servers = [to].flat()
  const wires = await Promise.all(
    requests.map((_, index) => Wire.open((servers[index % servers.length] as Started).port)),
  )
  const held = requests.map((sent) =>
    sent.includes('\r\n\r\n') && !sent.subarray(-4).equals(END) ? sent.length - 1 : 0,
  )
  for (const [index, wire] of wires.entries()) wire.write((requests[index] as Buffer).subarray(0, held[index]))
  const waiting = held.filter((sent) => sent > 0).length
  await until(() => servers.reduce((sum, { engine }) => sum + engine.requests, 0) >= waiting)
  for (const [index, wire] of wires.entries()) wire.write((requests[index] as Buffer).subarray(held[index]))
  const responses = await Promise.all(wires.map((wire) => wire.read({ timeout: 20_000 })))
  for (const wire of wires) wire.close()
  return responses
}

const END = Buffer.from('\r\n\r\n')

/** What later requests may refer to. */
export function learn(known: Known, { fields, content }: WireResponse): void {
  const [, collection, id] = /^\/(\w+)\/([^/]+)/.exec(fields.location ?? '') ?? []
  if (collection !== undefined && id !== undefined) {
    known['id'] = id
    known[collection] ??= id
  }
  if (fields.etag !== undefined) known['etag'] = fields.etag
  if (fields['last-modified'] !== undefined) known['date'] = fields['last-modified']
  const token = /"token":"([^"]+)"/.exec(content)?.[1]
  if (token !== undefined) known['token'] = token
}

/** Brings about what has to be so during the request. */
async function hold({ meanwhile, away }: Scenario, { asked }: Stage, known: Known): Promise<() => Promise<void>> {
  if (meanwhile !== undefined) {
    const { requests } = asked.engine
    const wire = await Wire.open(asked.port)
    wire.write(octets(meanwhile, known))
    await until(() => asked.engine.requests > requests && (asked.engine.runningKeys.size > 0 || !hasKey(meanwhile)))
    return async () => {
      await wire.read().catch(() => undefined)
      wire.close()
    }
  }
  if (away === true) {
    renameSync(asked.file, `${asked.file}.away`)
    await until(async () => {
      await request(asked, ['GET', '/readyz'], known)
      return !asked.store.reachable
    })
    return async () => {
      renameSync(`${asked.file}.away`, asked.file)
      await until(() => asked.store.reachable)
    }
  }
  return () => Promise.resolve()
}

const hasKey = ([, , sent]: Ask): boolean => 'Idempotency-Key' in (sent?.fields ?? {})

/** Waits until something holds; gives up after five seconds, for the test to find out. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const late = Date.now() + 5_000
  while (!(await holds()) && Date.now() < late) await sleep(5)
}

function differences(
  { status, fields = {}, without = [], interim = [], content }: Scenario,
  response: WireResponse,
): string[] {
  const wrong: string[] = []
  if (response.status !== status)
    wrong.push(`${response.status} in place of ${status}: ${response.content.slice(0, 300)}`)
  if (response.interim.join() !== interim.join())
    wrong.push(`interim ${response.interim.join()} in place of ${interim.join()}`)
  for (const [name, value] of Object.entries(fields)) {
    const sent = response.fields[name.toLowerCase()]
    if (sent === undefined || (value !== true && !sent.includes(value)))
      wrong.push(`${name}: ${sent ?? 'none'} in place of ${value}`)
  }
  for (const name of without) if (response.fields[name.toLowerCase()] !== undefined) wrong.push(`${name} is sent`)
  if (content !== undefined && !response.content.includes(content))
    wrong.push(`no ${content} in ${response.content.slice(0, 200)}`)
  return wrong
}

/** `ifMatch.no`: a row and the way out of it. */
export type EdgeName = `${string}.${'yes' | 'no' | 'absent' | 'next' | 'gives' | 'without'}`

/** Every edge a request came along, in order; also past rows that are not asked of such a request. */
export function edgesTaken({ plan, steps, status }: Pick<Seen, 'plan' | 'steps' | 'status'>): EdgeName[] {
  const edges: EdgeName[] = []
  let at: Edge = ENTRY
  let next = 0
  while (typeof at === 'string' || next < steps.length) {
    const step = steps[next]
    if (typeof at === 'number') {
      // The representation failed, or the item was gone before it could be read.
      const failed = step?.mark === 'threw'
      if (failed) next++
      at = failed ? FAULT_ENTRY : AGAIN_ENTRY
      continue
    }
    const node: Node = rowOf(at)
    if (!isAsked(node, plan.method, plan.facts)) {
      edges.push(`${at}.without`)
      at = node.without as string
    } else if (step?.id !== at) {
      throw new Error(`${at} is not on the path ${steps.map(({ id }) => id).join(' ')}`)
    } else {
      next++
      if (step.mark === 'again') at = AGAIN_ENTRY
      else if (step.mark === 'threw') at = FAULT_ENTRY
      else {
        const way = WAY[step.mark]
        edges.push(`${at}.${way}`)
        at = edgeOf(node, way) as Edge
      }
    }
  }
  if (next !== steps.length || at !== status) throw new Error(`the path ends at ${at} and the status is ${status}`)
  return edges
}

const WAY = { yes: 'yes', no: 'no', absent: 'absent', told: 'next', gave: 'gives' } as const

/** Where a row leads that way; undefined when it has no such way. */
export function edgeOf(node: Node, way: string): Edge | undefined {
  switch (way) {
    case 'yes':
    case 'no':
      return 'answers' in node ? node.answers[way] : undefined
    case 'next':
      return 'next' in node ? node.next : undefined
    case 'gives':
      return 'gives' in node ? node.gives : undefined
    case 'absent':
      return node.absent
    default:
      return node.without
  }
}

export function rowOf(id: string, graph: Graph = DECISIONS): Node {
  return graph[id] as Node
}

/** Every edge of every row. */
export function allEdges(): EdgeName[] {
  return Object.entries(DECISIONS as Graph).flatMap(([id, node]) =>
    (['yes', 'no', 'next', 'gives', 'absent', 'without'] as const)
      .filter((way) => edgeOf(node, way) !== undefined)
      .map((way): EdgeName => `${id}.${way}`),
  )
}

/** Ways that no declaration opens, and why; the walk by itself is tested with facts that nobody can declare. */
export const CLOSED: Readonly<Partial<Record<EdgeName, string>>> = {
  'ifMatchUnrepresented.without': 'an operation is of what is represented or of what is not',
  'ifNoneMatchWrite.without': 'what is not represented has gone on to the content before',
  'perform.without': 'an operation that gives no representation does something',
  'replies.without': 'what a handler returns and has not declared is thrown before it is asked about',
}

/**
 * Ways past a row that nothing can take: wherever the row is come to from, what it needs was needed
 * already. Not a list: worked out from the table.
 */
export function neverTaken(): ReadonlySet<EdgeName> {
  const rows = Object.entries(DECISIONS as Graph)
  const dead = new Set<EdgeName>()
  for (;;) {
    const before = dead.size
    for (const [id, node] of rows) {
      if (node.without === undefined || id === FAULT_ENTRY) continue
      const from = rows.flatMap(([other, row]) => waysTo(other, row, id).filter(({ edge }) => !dead.has(edge)))
      if (from.every(({ edge, row }) => !edge.endsWith('.without') && demands(row, node))) dead.add(`${id}.without`)
    }
    if (dead.size === before) return dead
  }
}

function waysTo(from: string, row: Node, to: string): { edge: EdgeName; row: Node }[] {
  return (['yes', 'no', 'next', 'gives', 'absent', 'without'] as const)
    .filter((way) => edgeOf(row, way) === to)
    .map((way) => ({ edge: `${from}.${way}`, row }))
}

/** Does whoever is asked the one have all that the other needs? */
function demands(asked: Node, other: Node): boolean {
  const needs = (other.needs ?? []).every((fact) => asked.needs?.includes(fact) === true)
  const methods =
    other.methods === undefined || asked.methods?.every((method) => other.methods?.includes(method)) === true
  return needs && methods
}
