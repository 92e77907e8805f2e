/** Faults on demand: the next request meets a bug, or a database that is away. */
import type { ProblemError } from '../../rules/index.ts'
import { isObject } from '../../rules/merge-patch.ts'
import { jsonRepresentation } from '../engine/representation.ts'
import type { Operation, Reading } from '../operation.ts'
import { AIDS } from './address.ts'
import type { Development, StagedFault } from './development.ts'
import { nearby } from './nearby.ts'

const JSON_ONLY = ['application/json']

export function faultOperation(development: Development): Operation {
  return {
    method: 'POST',
    path: `${AIDS}faults`,
    summary: 'Let the next request fail',
    facts: ['item', 'mustExist', 'content', 'schema', 'performs', 'replies'],
    takes: JSON_ONLY,
    offers: JSON_ONLY,
    query: [],
    shapes: { input: FAULT_SCHEMA },
    load: (x) => nearby(x, development),
    read: (_, json) => readFault(json),
    perform(x) {
      const next = x.input as StagedFault
      development.stage(next)
      return { kind: 'done', content: jsonRepresentation({ next, detail: EFFECT[next] }) }
    },
  }
}

const EFFECT: Readonly<Record<StagedFault, string>> = {
  throw: 'The next request meets a bug.',
  'database-down': 'The next request that needs the database finds it out of reach.',
}

const FAULTS = Object.keys(EFFECT)
const FAULT_SCHEMA = {
  type: 'object',
  properties: { next: { enum: FAULTS } },
  required: ['next'],
  additionalProperties: false,
}

function readFault(json: unknown): Reading {
  const next = isObject(json) && Object.keys(json).every((name) => name === 'next') ? json.next : undefined
  if (typeof next === 'string' && FAULTS.includes(next)) return { errors: [], forbidden: [], value: next }
  const detail = `The content is {"next": …} with one of ${FAULTS.join(', ')}.`
  return {
    errors: [{ pointer: '/next', detail, code: 'invalid' } satisfies ProblemError],
    forbidden: [],
    value: undefined,
  }
}
