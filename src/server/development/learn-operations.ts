/** What can be learnt of an API before it is asked anything: its operations with their plans, and what every code means. */
import {
  either,
  type ExplainedOperation,
  ladder,
  type OperationList,
  PAIRS,
  PROSE,
  readingOrder,
  type StatusList,
  statusRow,
} from '../../rules/index.ts'
import type { Engine } from '../engine/engine.ts'
import { jsonRepresentation } from '../engine/representation.ts'
import type { Operation } from '../operation.ts'
import { AIDS } from './address.ts'
import { declaredIn } from './declared.ts'
import { nearby } from './nearby.ts'
import type { Traces } from './traces.ts'

export function learnOperations(engine: Engine, traces: Traces): Operation[] {
  return [
    learnOperation('operations', 'The operations, each with its plan', () => operations(engine, traces)),
    learnOperation('statuses', 'What every code means', statuses),
  ]
}

function learnOperation(name: string, summary: string, content: () => object): Operation {
  return {
    method: 'GET',
    path: `${AIDS}${name}`,
    summary,
    facts: ['item', 'mustExist', 'negotiated', 'reads'],
    takes: [],
    offers: ['application/json'],
    query: [],
    shapes: {},
    load: (x) => nearby(x, name),
    represent: () => jsonRepresentation(content()),
  }
}

function operations({ compiled, operations: planned }: Engine, { locate }: Traces): OperationList {
  const { declaration } = compiled
  return {
    title: declaration.title,
    operations: planned.map(({ operation, plan }): ExplainedOperation => {
      const { method, path, summary, takes, shapes, query } = operation
      const { guards, rules } = declaredIn(declaration, operation, locate)
      return {
        operation: `${method} ${path}`,
        method,
        path,
        summary,
        statuses: plan.statuses,
        facts: [...plan.facts],
        ...(guards.length + rules.length > 0 && { allow: either([...guards, ...rules]) }),
        takes,
        ...(shapes.input !== undefined && { input: shapes.input }),
        query: query.map(({ name }) => name),
        ladder: ladder(plan),
      }
    }),
  }
}

function statuses(): StatusList {
  return {
    statuses: readingOrder().map((code) => ({ code, ...statusRow(code), ...PROSE[code] })),
    pairs: PAIRS,
  }
}
