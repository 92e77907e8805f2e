/**
 * The table is what runs: each edge is led elsewhere in turn, the graph is served, and the requests
 * that come along the edge are sent. At least one has to be answered differently.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DECISIONS, type Edge, type Graph, type Node } from '../src/rules/index.ts'
import {
  allEdges,
  type ApiName,
  APIS,
  CLOSED,
  edgeOf,
  type EdgeName,
  edgesTaken,
  neverTaken,
  openStage,
  rowOf,
  run,
  type Scenario,
  type Stage,
} from './scenario.ts'
import { SCENARIOS } from './scenarios/index.ts'

const stages = new Map<ApiName, Stage>()
/** Scenarios by edge; first those that have the least left to go, and of these the quickest. */
const along = new Map<EdgeName, { scenario: Scenario; left: number }[]>()
const cost = ({ given = [], first = [], meanwhile, away }: Scenario): number =>
  given.length + 20 * first.length + (meanwhile === undefined ? 0 : 50) + (away === undefined ? 0 : 200)

beforeAll(async () => {
  for (const api of Object.keys(APIS) as ApiName[]) stages.set(api, await openStage(api))
  for (const scenario of SCENARIOS) {
    const { wrong, seen } = await run(scenario, stages.get(scenario.api) as Stage)
    if (wrong.length > 0) throw new Error(`${scenario.title}: ${wrong.join('; ')}`)
    const edges = seen === undefined ? [] : edgesTaken(seen)
    for (const [at, edge] of edges.entries())
      along.set(edge, [...(along.get(edge) ?? []), { scenario, left: edges.length - at }])
  }
  for (const list of along.values()) list.sort((a, b) => a.left - b.left || cost(a.scenario) - cost(b.scenario))
}, 120_000)
afterAll(async () => {
  for (const stage of stages.values()) await stage.stop()
})

interface Mutant {
  readonly edge: EdgeName
  readonly to: Edge
}

const EDGES = allEdges().filter((edge) => !neverTaken().has(edge) && CLOSED[edge] === undefined)

test('no edge can lead to another status', { timeout: 200_000 }, async () => {
  expect(await survivors(EDGES.map((edge) => ({ edge, to: OTHER })))).toEqual([])
})

test('no edge can lead where the other answer leads', { timeout: 200_000 }, async () => {
  expect(await survivors(EDGES.flatMap(toSibling))).toEqual([])
})

test('no edge can lead past the question it leads to, unless it implies the answer', { timeout: 200_000 }, async () => {
  expect(await survivors(EDGES.filter((edge) => IMPLIED[edge] === undefined).flatMap(pastNext))).toEqual([])
})

/** Edges whose next question cannot turn out otherwise, and why: nothing can be told from outside. */
const IMPLIED: Readonly<Partial<Record<EdgeName, string>>> = {
  'pathValues.yes': 'a former address has no declared variables',
  'preflight.absent': 'every resource has OPTIONS',
  'credentials.without': 'without accounts nothing can be guarded',
  'credentialsValid.yes': 'credentials that are valid have a caller',
  'signedIn.without': 'where roles are asked for a caller is',
  'stateAllows.yes': 'a state forbids actions, which are no reads',
  'acceptable.yes': 'a read need not name a version',
  'acceptable.absent': 'a read need not name a version',
  'ifNoneMatchWrite.yes': 'a write is no read',
  'ifNoneMatchWrite.absent': 'a write is no read',
  'keySeen.absent': 'what has keys is an item of a collection, and those do not move',
  'contentProcessable.without': 'what takes no content has no members to set',
  'keySame.yes': 'a refusal is not kept, so it is not given again',
  'keySame.without': 'a refusal is not kept, so it is not given again',
  'membersAllowed.yes': 'a login has no members that only some may set',
  'notStale.yes': 'a login changes nothing that it was judged by',
  'loginRight.yes': 'a login conflicts with nothing',
}

/** Nothing here is answered with it. */
const OTHER = 418

function toSibling(edge: EdgeName): Mutant[] {
  const [node, way] = parts(edge)
  const other = { yes: 'no', no: 'yes' }[way]
  const to = other === undefined ? undefined : edgeOf(node, other)
  return to === undefined ? [] : [{ edge, to }]
}

function pastNext(edge: EdgeName): Mutant[] {
  const [node, way] = parts(edge)
  const next = edgeOf(node, way)
  if (typeof next !== 'string') return []
  const row = rowOf(next)
  const onwards = ['yes', 'next', 'without', 'absent'].map((onward) => edgeOf(row, onward))
  const to = onwards.find((onward) => typeof onward === 'string')
  return to === undefined ? [] : [{ edge, to }]
}

function parts(edge: EdgeName): [Node, string] {
  const [id = '', way = ''] = edge.split('.')
  return [rowOf(id), way]
}

/** Mutants that answer every request as the table does. */
async function survivors(mutants: readonly Mutant[]): Promise<string[]> {
  const alive: string[] = []
  for (const mutant of mutants) if (!(await isNoticed(mutant))) alive.push(`${mutant.edge} → ${mutant.to}`)
  return alive
}

async function isNoticed({ edge, to }: Mutant): Promise<boolean> {
  const graph = led(edge, to)
  const walking = new Set<Stage>()
  for (const { scenario } of along.get(edge) ?? []) {
    const stage = stages.get(scenario.api) as Stage
    if (!walking.has(stage)) await stage.asked.walk(graph)
    walking.add(stage)
    const { wrong } = await run(scenario, stage)
    if (wrong.length > 0) return true
  }
  return false
}

function led(edge: EdgeName, to: Edge): Graph {
  const [id = '', way = ''] = edge.split('.')
  const [node] = parts(edge)
  const changed =
    'answers' in node && (way === 'yes' || way === 'no') ? { answers: { ...node.answers, [way]: to } } : { [way]: to }
  return { ...DECISIONS, [id]: { ...node, ...changed } as Node }
}
