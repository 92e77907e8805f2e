import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AskName, Fact } from './decision.ts'
import { DECISIONS } from './decisions.ts'
import type { Node } from './decision.ts'
import type { Method } from './method.ts'
import type { Broken } from './view.ts'
import { type Graph, specialise, type Plan } from './plan.ts'
import { fieldBit } from './present.ts'
import type { StatusCode } from './status.ts'
import { formatTrace, mark, markThrown, readTrace, thrownAt, TracePool, YES } from './trace.ts'
import { interpret, type Shell, type Told, walk } from './walk.ts'

const FACTS = [...new Set(Object.values(DECISIONS).flatMap((node: Node) => node.needs ?? []))] as Fact[]
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
const FIELDS = [
  ...new Set(Object.values(DECISIONS).flatMap((node: Node) => (node.field === undefined ? [] : [node.field]))),
]
const pool = new TracePool()

const error = { detail: 'Wrong.', code: 'wrong' }
const choice = <T>(...values: T[]) => fc.constantFrom(...values)
/** Mostly what goes on, or hardly a request would come to the later questions. */
const mostly = <T>(good: T, ...others: T[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: choice(...others) })
const yes = mostly(true, false)
const errors = yes.map((none) => (none ? [] : [error]))

/** Everything a question may read, at random. */
const arbitraryView = fc.record({
  broken: mostly<Broken | undefined>(undefined, 'late', 'syntax', 'version', 'target', 'fields', 'coding', 'method'),
  hosts: mostly(1, 0, 2),
  target: mostly('/a', '/a?b=c', '*', `/${'a'.repeat(200)}`),
  method: choice(...METHODS, 'BREW'),
  limits: fc.constant({ target: 100, content: 10, requests: 2, requestsPerAddress: 2 }),
  requests: mostly(1, 2, 3),
  requestsOfAddress: mostly(1, 2, 3),
  ours: yes,
  pathValid: yes,
  reachable: yes,
  queryErrors: errors,
  hasContent: yes,
  takes: fc.constant(['application/json']),
  offers: fc.constant(['application/json']),
  now: fc.constant(784_111_777_000),
  signedIn: yes,
  credentials: mostly('valid', 'none', 'invalid'),
  classAllowed: yes,
  found: mostly('found', 'missing', 'gone', 'moved', 'movedForNow'),
  etag: choice(undefined, '"1"', 'W/"1"'),
  lastModified: choice(undefined, 784_111_776_000),
  itemVisible: yes,
  itemAllowed: yes,
  stateErrors: errors,
  keySeen: mostly(false, true),
  content: mostly('read', 'late', 'tooLarge', 'malformed'),
  contentErrors: errors,
  forbiddenMembers: errors,
  key: mostly('new', 'running', 'otherContent', 'answered'),
  mayTry: yes,
  mayHash: yes,
  outcome: choice(
    'created',
    'changed',
    'deleted',
    'done',
    'accepted',
    'seeOther',
    'stale',
    'conflict',
    'invalid',
    'wrongLogin',
  ),
  wantsContent: fc.boolean(),
  fault: choice('unavailable', 'full', 'badUpstream', 'upstreamTimeout', 'unforeseen'),
})
const GOOD: Readonly<Record<string, string>> = {
  'transfer-encoding': 'chunked',
  expect: '100-continue',
  'content-length': '5',
  'content-type': 'application/json',
  'content-encoding': 'identity',
  accept: 'application/json',
  'if-match': '"1"',
  'if-none-match': '"2"',
  'if-modified-since': 'Sat, 05 Nov 1994 08:49:37 GMT',
}
const ODD = ['"1"', '*', 'gzip', '50', 'text/html', 'Sun, 06 Nov 1994 08:49:37 GMT', 'odd "'] as const
const arbitraryFields = fc
  .tuple(
    ...FIELDS.map((name) =>
      fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 2, arbitrary: mostly(GOOD[name] ?? '"1"', ...ODD).map((value) => [[name, value]]) },
      ),
    ),
  )
  .map((fields) => Object.fromEntries(fields.flat()) as Record<string, string>)
/** Facts that end the matter on their own are seldom declared. */
const FINAL = new Set([
  'asterisk',
  'unrouted',
  'moved',
  'movedOld',
  'movedForNow',
  'gone',
  'otherMethod',
  'options',
  'cors',
])
const arbitraryFacts = fc
  .tuple(
    ...FACTS.map((fact) =>
      (FINAL.has(fact) ? mostly(false, true) : fc.boolean()).map((holds) => (holds ? [fact] : [])),
    ),
  )
  .map((facts) => new Set<Fact>(facts.flat()))
type Throws = AskName | 'nothing'
const arbitraryRequest = fc.record({
  view: arbitraryView,
  fields: arbitraryFields,
  facts: arbitraryFacts,
  throws: choice<Throws>('nothing', 'nothing', 'nothing', 'credentials', 'load', 'key', 'content', 'claim', 'perform'),
  promises: fc.boolean(),
  again: choice(0, 0, 1, 2),
})
type Request = typeof arbitraryRequest extends fc.Arbitrary<infer T> ? T : never

function shell({ view, fields, throws, promises, again }: Request, log: string[] = []): Shell {
  let left = again
  return {
    ...view,
    field: (name: string) => (fields as Record<string, string>)[name],
    present: Object.keys(fields).reduce((bits, name) => bits | fieldBit(name), 0),
    trace: pool.claim(),
    interim: (status: number) => log.push(`interim ${status}`),
    failed: (thrown: unknown) => log.push(`failed ${String(thrown)}`),
    ask: (name: AskName): Told | Promise<Told> => {
      log.push(name)
      if (throws === name) {
        if (promises) return Promise.reject(new Error(name))
        throw new Error(name)
      }
      const told: Told = (name === 'perform' || name === 'claim') && left-- > 0 ? 'again' : undefined
      return promises ? Promise.resolve(told) : told
    },
  } as Shell
}

const methodOf = (request: Request): Method | undefined => METHODS.find((method) => method === request.view.method)
/** Going back needs something to go back to. */
const sensible = (request: Request, plan: Plan) => request.again === 0 || plan.again >= 0

describe('the walk', () => {
  test('the folded plan and the graph as written agree on status, path, asks and interim responses', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRequest, async (request) => {
        const method = methodOf(request)
        const plan = specialise(method, request.facts)
        fc.pre(sensible(request, plan))
        const folded: string[] = []
        const written: string[] = []
        const a = shell(request, folded)
        const b = shell(request, written)
        const status = await walk(plan, a)
        expect(status).toBe(await interpret(method, request.facts, b))
        expect(readTrace(a.trace)).toEqual(readTrace(b.trace))
        expect(folded).toEqual(written)
        expect(plan.statuses).toContain(status)
      }),
      { numRuns: 5000 },
    )
  })

  test('is synchronous as long as every ask is', () => {
    const request = fc.sample(arbitraryRequest, { numRuns: 200, seed: 7 })
    for (const each of request) {
      const plan = specialise(methodOf(each), each.facts)
      if (sensible(each, plan)) expect(walk(plan, shell({ ...each, promises: false }))).toBeTypeOf('number')
    }
  })

  test('what is thrown, by an ask or a question, is answered by the fault rows', async () => {
    const plan = specialise('GET', new Set<Fact>(['item', 'reads', 'unavailable', 'upstream', 'writes']))
    const [sample] = fc.sample(arbitraryRequest, 1) as [Request]
    const calm = {
      ...sample,
      again: 0,
      view: {
        ...sample.view,
        broken: undefined,
        hosts: 1,
        target: '/a',
        method: 'GET' as const,
        ours: true,
        requests: 1,
        requestsOfAddress: 1,
        queryErrors: [],
      },
      fields: {},
    }
    const fault = async (kind: Request['view']['fault'], promises: boolean): Promise<StatusCode> =>
      walk(plan, shell({ ...calm, view: { ...calm.view, fault: kind }, throws: 'load', promises }))
    for (const promises of [true, false]) {
      expect(await fault('unavailable', promises)).toBe(503)
      expect(await fault('full', promises)).toBe(507)
      expect(await fault('badUpstream', promises)).toBe(502)
      expect(await fault('upstreamTimeout', promises)).toBe(504)
      expect(await fault('unforeseen', promises)).toBe(500)
    }
    const x = Object.defineProperty(shell({ ...calm, throws: 'nothing' }), 'queryErrors', {
      get: () => {
        throw new Error('a bug')
      },
    })
    expect(await walk(plan, x)).not.toBe(200)
    expect(thrownAt(readTrace(x.trace))).toBe('query')
    for (const promises of [true, false]) {
      const y = shell({ ...calm, throws: 'load', promises })
      await walk(plan, y)
      expect(formatTrace(readTrace(y.trace))).toMatch(/ query . .*load ! upstreamUsable/)
    }
  })
})

describe('the trace', () => {
  test('names the path', async () => {
    const plan = specialise(undefined, new Set<Fact>(['unrouted']))
    const [sample] = fc.sample(arbitraryRequest, 1) as [Request]
    const x = shell({
      ...sample,
      fields: {},
      throws: 'nothing',
      view: {
        ...sample.view,
        broken: undefined,
        hosts: 1,
        target: '/a',
        method: 'GET',
        ours: true,
        requests: 1,
        requestsOfAddress: 1,
      },
    })
    expect(await walk(plan, x)).toBe(404)
    expect(formatTrace(readTrace(x.trace))).toBe(
      'headArrived ✓ framing ✓ lengthKnown – version ✓ targetLength ✓ fieldsLength ✓ methodKnown ✓ transferCoding – authority ✓ share ✓ capacity ✓ route ■',
    )
  })

  test('a trace is in one hand at a time, and empty when it is claimed again', () => {
    const traces = new TracePool()
    const [one, other] = [traces.claim(), traces.claim()]
    expect(one).not.toBe(other)
    markThrown(one, 'reads')
    traces.release(one)
    const again = traces.claim()
    expect(again).toBe(one)
    expect(readTrace(again)).toEqual([])
    expect(traces.claim()).not.toBe(other)
  })

  test('a row whose answer could not be sent is marked as well', () => {
    const trace = new TracePool().claim()
    expect(thrownAt(readTrace(trace))).toBeUndefined()
    markThrown(trace, 'reads')
    expect(thrownAt(readTrace(trace))).toBe('reads')
  })

  test('in a trace that is full the last mark is written over, so the end of a path is always there', () => {
    const trace = new TracePool().claim()
    for (let at = 0; at < 300; at++) mark(trace, at % 50, YES)
    expect(readTrace(trace)).toHaveLength(255)
  })
})

describe('the fields that are there', () => {
  test.each([
    ['if-match', true],
    ['If-Match', true],
    ['IF-MATCH', true],
    ['x-match!', false],
    ['x', false],
  ])('%s decides something: %s', (name, decides) => expect(fieldBit(name) !== 0).toBe(decides))
})

test('an edge to a row that is not there is a fault of the graph', () => {
  const graph = { ...DECISIONS, headArrived: { ...DECISIONS.headArrived, answers: { yes: 'nowhere', no: 408 } } }
  expect(() => specialise('GET', new Set(), graph as Graph)).toThrow('no decision is called nowhere')
})
