/** What the explorer says is to be declared, declared: the question that was folded away is asked. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import { DECISIONS, type Fact } from '../../src/rules/index.ts'
import type { ApiDeclaration } from '../../src/server/declare/declaration.ts'
import { compile } from '../../src/server/engine/compile.ts'
import * as tenfour from '../../src/server/index.ts'
import { type Declare, DECLARE } from '../../web/facts.ts'

type Written = Extract<Declare, { write: string }>
type Place = Written['in']

const WORDS = { ...tenfour, z }

/** The text as an author would write it, with what is imported at hand. */
function evaluated(text: string): Record<string, unknown> {
  return new Function(...Object.keys(WORDS), `'use strict'; return ({ ${text} })`)(...Object.values(WORDS))
}

const { collection, defineApi, owner, readOnly, resource, setBy, unique } = WORDS as unknown as Record<
  'collection' | 'defineApi' | 'owner' | 'readOnly' | 'resource' | 'setBy' | 'unique',
  (...given: unknown[]) => unknown
>
const ACCOUNTS = { accounts: { in: 'users', role: 'role', login: 'email' }, auth: [tenfour.apiKeys()] }

/** A small API that has such a place, with this written there. An API that is refused is no proof. */
function declaration(place: Place, write: string): ApiDeclaration {
  const at = (other: Place): Record<string, unknown> => (other === place ? evaluated(write) : {})
  const bare = place === 'api'
  const roles = z.enum(['basic', 'admin']).default('basic')
  const performed = { outcomes: ['done'], perform: () => tenfour.done() }
  const resources = {
    page: resource('/pages/{id}', {
      allow: { get: 'anyone', post: 'anyone' },
      get: () => ({}),
      post: performed,
      ...at('resource'),
    }),
    users: collection(
      { email: unique(z.email()), role: bare ? readOnly(roles) : setBy('admin', roles) },
      { allow: { create: 'anyone', update: 'anyone' }, check: () => undefined },
    ),
    articles: collection(
      { open: z.boolean(), ...(!bare && { author: owner('users', { optional: true }) }), ...at('members') },
      {
        allow: place === 'members' ? { create: 'anyone' } : {},
        actions: place === 'action' ? { publish: { allow: 'anyone', ...performed, ...at('action') } } : {},
        ...at('collection'),
      },
    ),
    there: resource('/new', { allow: { get: 'anyone' }, get: () => ({}) }),
    ...at('resources'),
  }
  return (defineApi(resources, { ...(!bare && ACCOUNTS), ...at('api') }) as { declaration: ApiDeclaration }).declaration
}

/** Where it is written the fact has to hold, not beside it. */
const PATHS: Readonly<Record<Place, RegExp>> = {
  api: /^/,
  resources: /^/,
  collection: /^\/articles/,
  members: /^\/articles/,
  action: /^\/articles/,
  resource: /^\/pages/,
}

function factsOf(declared: ApiDeclaration, place: Place): ReadonlySet<Fact> {
  const plans = compile(declared, {} as never, DECISIONS)
    .resources.filter(({ path }) => PATHS[place].test(path))
    .flatMap(({ destinations, other }) => [other, ...[...destinations.values()].map(({ plan }) => plan)])
  return new Set(plans.flatMap(({ facts }) => [...facts]))
}

const rows = Object.entries(DECLARE) as [Fact, Declare][]

test.each(rows.flatMap(([fact, how]) => ('write' in how ? [[fact, how] as const] : [])))(
  '%s comes of %o',
  (fact, { in: place, write }) => {
    expect(factsOf(declaration(place, write), place)).toContain(fact)
  },
)
