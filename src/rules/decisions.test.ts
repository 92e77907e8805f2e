import { describe, expect, test } from 'vitest'
import { DECISIONS, ENTRY, FAULT_ENTRY } from './decisions.ts'
import { DETAIL } from './detail.ts'
import type { Fact, Node } from './decision.ts'
import { edgesOf, specialise } from './plan.ts'
import { statusRow } from './status.ts'
import type { Views } from './view.ts'

const rows = Object.entries(DECISIONS) as [string, Node][]
const ids = rows.map(([id]) => id)

/** All edges of a row, the one around it included. */
const around = (node: Node) => [...edgesOf(node), ...(node.without === undefined ? [] : [node.without])]

describe('the decision graph', () => {
  test('every row is reachable', () => {
    const seen = new Set<string>()
    const visit = (id: string): void => {
      if (seen.has(id)) return
      seen.add(id)
      for (const edge of around(DECISIONS[id as keyof typeof DECISIONS])) if (typeof edge === 'string') visit(edge)
    }
    visit(ENTRY)
    visit(FAULT_ENTRY)
    expect(ids.filter((id) => !seen.has(id))).toEqual([])
  })

  test('edges lead downwards only, so there is no cycle', () => {
    const upwards = rows.flatMap(([id, node]) =>
      around(node)
        .filter((edge) => typeof edge === 'string' && ids.indexOf(edge) <= ids.indexOf(id))
        .map((edge) => `${id} → ${edge}`),
    )
    expect(upwards).toEqual([])
  })

  test('the preconditions stand in the order of RFC 9110 §13.2.2, after all that needs no content and before the content (§13.2.1)', () => {
    const order = [
      'exists',
      'itemAllowed',
      'ifMatch',
      'ifUnmodifiedSince',
      'ifNoneMatch',
      'ifModifiedSince',
      'content',
      'contentValid',
      'perform',
    ]
    expect(ids.filter((id) => order.includes(id))).toEqual(order)
    const phases = [...new Set(rows.map(([, { phase }]) => phase))]
    expect(phases).toEqual([
      'wire',
      'route',
      'caller',
      'head',
      'state',
      'preconditions',
      'content',
      'perform',
      'outcome',
      'fault',
    ])
  })

  test.each(rows)(
    '%s has a question, a clause and, where it ends in an error, a sentence for the client',
    (id, node) => {
      expect(node.ask).toMatch(/^[A-Z*].*[?.:]/)
      expect(node.rfc).toMatch(/§/)
      const errors = edgesOf(node).filter((edge) => typeof edge === 'number' && statusRow(edge).class.endsWith('Error'))
      if (errors.length > 0) expect(DETAIL[id as keyof typeof DECISIONS]).toMatch(/^[A-Z].*\.$/)
    },
  )

  test('every fact is asked for by some row, and no row asks for a fact twice', () => {
    for (const [, { needs }] of rows) expect(new Set(needs).size).toBe(needs?.length ?? 0)
  })
})

describe('folding', () => {
  const plan = (method: 'GET' | 'POST' | 'DELETE', ...facts: Fact[]) => specialise(method, new Set(facts))

  test('what is not declared is not asked', () => {
    const read = plan('GET', 'item', 'mustExist', 'selects', 'modified', 'reads')
    expect(read.steps.map(({ id }) => id)).not.toContain('credentials')
    expect(read.steps.map(({ id }) => id)).not.toContain('content')
    expect(read.statuses).toEqual([200, 304, 400, 404, 408, 412, 414, 417, 421, 429, 431, 500, 501, 503, 505])
  })

  test('a fact brings its statuses', () => {
    const remove: Fact[] = ['item', 'mustExist', 'performs', 'deleted', 'selects']
    expect(plan('DELETE', ...remove).statuses).not.toContain(403)
    expect(plan('DELETE', ...remove, 'guarded', 'itemRule').statuses).toEqual(expect.arrayContaining([401, 403]))
  })

  test('an operation that performs and declares no outcome has nothing to say', () => {
    expect(plan('POST', 'performs').statuses.filter((status) => statusRow(status).fault === 'nobody')).toEqual([])
  })

  test('a method nobody has is 405, an address nobody has is 404', () => {
    expect(plan('POST', 'otherMethod').statuses).toContain(405)
    expect(plan('POST', 'unrouted').statuses).toContain(404)
  })
})

test.each([
  [true, false, true],
  [false, true, true],
  [false, false, false],
])('RFC 9110 §15.5.2: signed in %s, allowed %s: goes on %s', (signedIn, itemAllowed, goesOn) => {
  const seen: Pick<Views['state'], 'signedIn' | 'itemAllowed'> = { signedIn, itemAllowed }
  expect(DECISIONS.itemSignedIn.test(seen as Views['state'])).toBe(goesOn)
})
