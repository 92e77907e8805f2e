/**
 * The aids of development, as operations: they too obey the table.
 *
 * Only whoever is on this machine finds them; for everybody else there is nothing there.
 */
import { preferred, type ProblemError } from '../../rules/index.ts'
import { foundItem } from '../account/caller.ts'
import { AIDS, type Development, type StagedFault } from './development.ts'
import type { Explanation } from './explanation.ts'
import { explanationPage } from './explanation-page.ts'
import { isObject } from '../collection/json-value.ts'
import { nearby } from './nearby.ts'
import { pageOperations } from './page.ts'
import type { Exchange, Operation, Reading, Representation } from '../operation.ts'
import { jsonRepresentation, textRepresentation } from '../engine/representation.ts'

const JSON_ONLY = ['application/json']
const JSON_OR_PAGE = [...JSON_ONLY, 'text/html']

export function developmentOperations(development: Development): Operation[] {
  const { page } = development
  return [
    explainOperation(development),
    faultOperation(development),
    ...(page === undefined ? [] : pageOperations(page, AIDS)),
  ]
}

function explainOperation(development: Development): Operation {
  return {
    method: 'GET',
    path: `${AIDS}x/{reference}`,
    summary: 'Why a request got its code',
    facts: ['item', 'mustExist', 'negotiated', 'reads'],
    takes: [],
    offers: JSON_OR_PAGE,
    query: [],
    shapes: {},
    load: (x) => nearby(x, development.find(x.params.reference ?? '')),
    represent: explained,
  }
}

function faultOperation(development: Development): Operation {
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

function explained(x: Exchange): Representation {
  const explanation = foundItem<Explanation>(x)
  const vary = ['Vary', 'Accept']
  const accept = x.field('accept')
  if (accept !== undefined && preferred(accept, JSON_OR_PAGE) === 'text/html')
    return textRepresentation(explanationPage(explanation), ['Content-Type', 'text/html; charset=utf-8', ...vary])
  return jsonRepresentation(explanation, vary)
}
