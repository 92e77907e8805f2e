/** Every edge of every row of the graph is taken by a request on a real socket, and leads where the table says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allEdges, APIS, type ApiName, CLOSED, edgesTaken, neverTaken, openStage, run, type Stage } from './scenario.ts'
import { SCENARIOS } from './scenarios/index.ts'

const stages = new Map<ApiName, Stage>()

beforeAll(async () => {
  for (const api of Object.keys(APIS) as ApiName[]) stages.set(api, await openStage(api))
})
afterAll(async () => {
  for (const stage of stages.values()) await stage.stop()
})

describe('each request has its status, its fields and its path', () => {
  test.each(SCENARIOS)('$api: $title → $status', async (scenario) => {
    const stage = stages.get(scenario.api) as Stage
    const { wrong, seen } = await run(scenario, stage)
    expect(wrong).toEqual([])
    expect(seen?.status).toBe(scenario.status)
  })
})

test('every edge of every row was taken, and those that nothing can take were not', () => {
  const taken = new Set([...stages.values()].flatMap(({ asked }) => asked.seen.flatMap(edgesTaken)))
  const never = neverTaken()
  expect(allEdges().filter((edge) => !taken.has(edge) && !never.has(edge) && CLOSED[edge] === undefined)).toEqual([])
  expect(allEdges().filter((edge) => taken.has(edge) && (never.has(edge) || CLOSED[edge] !== undefined))).toEqual([])
})
