/**
 * What the author declared of an operation, question by question: where it stands, and what it says.
 *
 * Read from the declaration when somebody asks, so that what runs carries nothing for it.
 */
import { type DecisionId, either, type Source, type Sources } from '../../rules/index.ts'
import type { ApiDeclaration, ResourceDeclaration } from '../declare/declaration.ts'
import { guardsOf } from '../declare/rule.ts'
import type { Operation } from '../operation.ts'
import { collectionSources } from './declared-collection.ts'
import { type Concerns, functionAt, type Locate, type Part, PERFORMED } from './declared-part.ts'

export interface Declared {
  readonly sources: Sources
  /** Who may: names of guards. */
  readonly guards: readonly string[]
  /** Names of functions that decide who may. */
  readonly rules: readonly string[]
}

export function declaredIn(
  api: ApiDeclaration,
  operation: Operation,
  locate: Locate,
  concerns: Concerns = () => true,
): Declared {
  for (const [name, declaration] of Object.entries(api.resources)) {
    const part =
      declaration.kind === 'collection'
        ? collectionSources(api, name, declaration, operation, locate, concerns)
        : declaration.kind === 'resource' && declaration.path === operation.path
          ? resourcePart(name, declaration, operation, locate)
          : undefined
    if (part !== undefined) return withRule(part, operation, locate)
  }
  return { sources: {}, guards: ownGuards(operation), rules: [] }
}

function withRule({ at, rule, sources }: Part, operation: Operation, locate: Locate): Declared {
  const all = guardsOf(rule)
  const functions = all.filter((guard) => typeof guard === 'function')
  const names = all.filter((guard) => typeof guard === 'string')
  const [written] = functions
  const source: Source =
    written === undefined ? { kind: 'declared', at, says: either(names) } : functionAt(at, written, locate)
  return {
    sources: { ...Object.fromEntries(RULED.map((id) => [id, source])), ...sources },
    guards: names.includes('anyone') ? [] : guardsFor(operation, names),
    rules: functions.map(({ name }) => (name === '' ? 'a rule' : name)),
  }
}

const RULED: readonly DecisionId[] = ['signedIn', 'classAllowed', 'itemVisible', 'itemSignedIn', 'itemAllowed']

/** A list shows owners what is theirs, so whoever is signed in may ask. */
function guardsFor({ facts }: Operation, names: readonly string[]): readonly string[] {
  return names.includes('owner') && !facts.includes('itemRule') && !facts.includes('hide')
    ? names.map((name) => (name === 'owner' ? 'signedIn' : name))
    : names
}

/** Of what comes with accounts: one's own session and keys, or those that an admin sees to. */
function ownGuards({ facts }: Operation): readonly string[] {
  if (!facts.includes('guarded')) return []
  return facts.includes('roles') || facts.includes('itemRule') ? ['self', 'admin'] : ['signedIn']
}

function resourcePart(name: string, resource: ResourceDeclaration, { method }: Operation, locate: Locate): Part {
  const verb = VERB[method]
  const declared = verb === 'get' ? undefined : resource[verb]
  const input: Source = { kind: 'declared', at: `${name}.${verb}.input` }
  const loaded = resource.load && functionAt(`${name}.load`, resource.load, locate)
  const performed = declared && functionAt(`${name}.${verb}.perform`, declared.perform, locate)
  const got = typeof resource.get === 'function' ? functionAt(`${name}.get`, resource.get, locate) : undefined
  return {
    at: `${name}.allow.${verb}`,
    rule: resource.allow[verb],
    sources: {
      pathValues: { kind: 'declared', at: `${name}.params` },
      query: { kind: 'declared', at: `${name}.query` },
      conditional: { kind: 'declared', at: `${name}.concurrency`, says: resource.concurrency },
      contentValid: input,
      contentProcessable: input,
      ...(got !== undefined && { reads: got }),
      ...(loaded !== undefined && Object.fromEntries(LOADED.map((id) => [id, loaded]))),
      ...(performed !== undefined && Object.fromEntries(PERFORMED.map((id) => [id, performed]))),
    },
  }
}

const VERB = { GET: 'get', PUT: 'put', PATCH: 'patch', DELETE: 'delete', POST: 'post' } as const

/** Answered by what `load` found. */
const LOADED: readonly DecisionId[] = ['load', 'itemNotMoved', 'itemNotMovedForNow', 'itemNotGone', 'exists']
