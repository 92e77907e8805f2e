/**
 * From a declaration to plans: every method of every path, folded at start-up.
 *
 * The router's leaves are resources; a resource knows a plan for each method it has and one for
 * those it has not. So routing decides nothing: the walk does.
 */
import { type Fact, type Graph, type Method, type Plan, specialise } from '../../rules/index.ts'
import { accountsOf, type Accounts } from '../account/account.ts'
import { collectionOperations } from '../collection/operations.ts'
import { collectionNames } from '../declare/collections.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import { guardedTraceOperation } from '../development/exchange-operations.ts'
import { developmentOperations } from '../development/operations.ts'
import type { Engine } from './engine.ts'
import { apiFacts } from '../declare/facts.ts'
import { formerFact } from '../declare/former.ts'
import { idempotencyTable } from './idempotency.ts'
import type { Operation, Planned } from '../operation.ts'
import { resourceOperations } from './resource-operations.ts'
import type { Table } from '../storage.ts'
import { systemOperations } from './system-operations.ts'
import { tableOf } from '../collection/table.ts'

export interface Resource {
  readonly path: string
  /** As Allow says it. */
  readonly allow: string
  readonly destinations: ReadonlyMap<string, { readonly plan: Plan; readonly operation: Operation | undefined }>
  /** For methods it does not have. */
  readonly other: Plan
  /** The template of its new address, if it moved. */
  readonly to?: string | undefined
}

export interface Compiled {
  readonly declaration: ApiDeclaration
  readonly resources: readonly Resource[]
  readonly operations: readonly Planned[]
  readonly tables: readonly Table[]
  readonly accounts: Accounts | undefined
  readonly unrouted: Plan
  readonly asterisk: { readonly plan: Plan; readonly operation: undefined; readonly allow: string }
}

/** `traces`: the role that may read traces, where they are kept for one. */
export function compile(declaration: ApiDeclaration, engine: Engine, graph: Graph, traces?: string): Compiled {
  const fold = folding(graph)
  const accounts = accountsOf(declaration, engine)
  const facts = apiFacts(declaration)
  /** Facts of what concerns no operation: an unknown path, OPTIONS, a method that is not there. */
  const bare = facts.filter((fact) => fact === 'cors')
  const system = systemOperations(
    engine,
    facts.filter((fact) => fact === 'unavailable'),
  )
  const declared = [...declaredOperations(declaration, engine), ...(accounts?.operations ?? [])]
  const paths = new Map<string, { operation: Operation; facts: readonly Fact[] }[]>()
  for (const operation of declared) group(paths, operation, [...facts, ...operation.facts])
  for (const operation of system) group(paths, operation, [...bare, ...operation.facts])
  // Also where nobody may do anything: what Location names is there, and says so by 405.
  for (const name of collectionNames(declaration))
    for (const path of [`/${name}`, `/${name}/{id}`]) paths.set(path, paths.get(path) ?? [])
  const resources = [...paths].map(([path, operations]) => resourceAt(path, operations, bare, fold))
  const methods = new Set<string>(['OPTIONS', ...resources.flatMap(({ destinations }) => [...destinations.keys()])])
  return {
    declaration,
    accounts,
    resources: [...resources, ...formerResources(declaration, bare, fold), ...aids(engine, traces, bare, fold)],
    operations: resources.flatMap(({ destinations }) =>
      [...destinations].flatMap(([method, { plan, operation }]) =>
        operation?.method === method ? [{ operation, plan }] : [],
      ),
    ),
    tables: [
      ...collectionNames(declaration).map((name) => tableOf(declaration, name)),
      ...(accounts?.tables ?? []),
      idempotencyTable,
    ],
    unrouted: fold(undefined, [...bare, 'unrouted']),
    asterisk: {
      plan: fold('OPTIONS', [...bare, 'asterisk']),
      operation: undefined,
      allow: [...methods].join(', '),
    },
  }
}

type Fold = (method: Method | undefined, facts: readonly Fact[]) => Plan

/** Resources have much in common: the same method with the same facts is folded once. */
function folding(graph: Graph): Fold {
  const plans = new Map<string, Plan>()
  return (method, known) => {
    const facts = [...new Set(known)].toSorted()
    const key = [method, ...facts].join(' ')
    const plan = plans.get(key) ?? specialise(method, new Set(facts), graph)
    plans.set(key, plan)
    return plan
  }
}

function declaredOperations(declaration: ApiDeclaration, engine: Engine): Operation[] {
  return Object.entries(declaration.resources).flatMap(([name, resource]) => {
    switch (resource.kind) {
      case 'collection':
        return collectionOperations(declaration, name, engine)
      case 'resource':
        return resourceOperations(declaration, resource)
      case 'moved':
      case 'gone':
        return []
    }
  })
}

function resourceAt(
  path: string,
  operations: readonly { operation: Operation; facts: readonly Fact[] }[],
  bare: readonly Fact[],
  fold: Fold,
): Resource {
  const destinations = new Map<string, { plan: Plan; operation: Operation | undefined }>()
  const isShown = operations.some(({ operation }) => operation.method === 'GET')
  for (const { operation, facts: declared } of operations) {
    const isVersioned = declared.includes('selects') || declared.includes('modified')
    const facts = [...declared, represented(isShown || isVersioned)]
    destinations.set(operation.method, { plan: fold(operation.method, facts), operation })
    if (operation.method === 'GET') destinations.set('HEAD', { plan: fold('HEAD', facts), operation })
  }
  destinations.set('OPTIONS', { plan: fold('OPTIONS', [...bare, 'options']), operation: undefined })
  return {
    path,
    allow: [...destinations.keys()].join(', '),
    destinations,
    other: fold(undefined, [...bare, 'otherMethod']),
  }
}

/** A representation is what GET shows, or what a validator is of (RFC 9110 §3.2, §8.8). */
const represented = (holds: boolean): Fact => (holds ? 'represented' : 'unrepresented')

/** Addresses that only say where something went. */
function formerResources(declaration: ApiDeclaration, bare: readonly Fact[], fold: Fold): Resource[] {
  return Object.values(declaration.resources).flatMap((resource): Resource[] => {
    if (resource.kind !== 'moved' && resource.kind !== 'gone') return []
    const to = resource.kind === 'gone' ? undefined : resource.to
    return [
      {
        path: resource.path,
        allow: '',
        destinations: new Map(),
        other: fold(undefined, [...bare, formerFact(resource)]),
        to,
      },
    ]
  })
}

/** Routed, but no part of the API: its description and its index are the same with and without them. */
function aids(engine: Engine, role: string | undefined, bare: readonly Fact[], fold: Fold): Resource[] {
  const { development, traces } = engine
  const operations =
    development !== undefined
      ? developmentOperations(development, engine)
      : traces !== undefined && role !== undefined
        ? [guardedTraceOperation(traces, role)]
        : []
  return operations.map((operation) =>
    resourceAt(operation.path, [{ operation, facts: [...bare, ...operation.facts] }], bare, fold),
  )
}

function group<T extends Operation>(
  paths: Map<string, { operation: T; facts: readonly Fact[] }[]>,
  operation: T,
  facts: readonly Fact[],
): void {
  const there = paths.get(operation.path)
  if (there === undefined) paths.set(operation.path, [{ operation, facts }])
  else there.push({ operation, facts })
}
