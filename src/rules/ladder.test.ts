import { expect, test } from 'vitest'
import { DECISIONS } from './decisions.ts'
import { ladder, wholeLadder } from './ladder.ts'
import { specialise } from './plan.ts'

const rungs = ladder(specialise('GET', new Set(['item', 'mustExist', 'selects', 'reads'])))
const rung = (id: string) => rungs.find((one) => one.id === id)

test('has every question, in the order of the graph', () => {
  expect(rungs.map(({ id }) => id)).toEqual(Object.keys(DECISIONS))
})

test('what is asked leads where the folded plan leads', () => {
  expect(rung('exists')).toMatchObject({
    folded: false,
    edges: [
      { answer: 'yes', to: 'ifMatch' },
      { answer: 'no', to: 404 },
    ],
  })
  expect(rung('ifNoneMatch')).toMatchObject({
    field: 'if-none-match',
    edges: [
      { answer: 'yes', to: 'reads' },
      { answer: 'no', to: 304 },
      { answer: 'absent', to: 'reads' },
    ],
  })
  expect(rung('load')?.edges).toEqual([{ answer: 'next', to: 'exists' }])
  expect(rung('reads')?.edges).toEqual([{ answer: 'gives', to: 200 }])
})

test('what is folded says what it waits for', () => {
  expect(rung('signedIn')).toMatchObject({ folded: true, lacks: ['guarded'] })
  expect(rung('ifNoneMatchWrite')).toMatchObject({ folded: true, methods: ['POST', 'PUT', 'PATCH', 'DELETE'] })
  expect(rung('ifNoneMatchWrite')).toMatchObject({ lacks: ['represented'] })
  expect(rung('exists')).not.toHaveProperty('lacks')
  const unknown = ladder(specialise(undefined, new Set(['otherMethod'])))
  expect(unknown.find(({ id }) => id === 'reads')).toMatchObject({ folded: true, methods: ['GET', 'HEAD'] })
})

test('of no operation nothing is folded, and each says because of what it is asked', () => {
  const whole = wholeLadder()
  expect(whole.map(({ id }) => id)).toEqual(Object.keys(DECISIONS))
  expect(whole.filter(({ folded }) => folded)).toEqual([])
  expect(whole.find(({ id }) => id === 'ifNoneMatch')).toEqual({
    id: 'ifNoneMatch',
    phase: 'preconditions',
    ask: DECISIONS.ifNoneMatch.ask,
    rfc: '9110 §13.1.2',
    folded: false,
    field: 'if-none-match',
    methods: ['GET', 'HEAD'],
    edges: [
      { answer: 'yes', to: 'reads' },
      { answer: 'no', to: 304 },
      { answer: 'absent', to: 'ifModifiedSince' },
    ],
  })
  expect(whole.find(({ id }) => id === 'unforeseen')).not.toHaveProperty('lacks')
})
