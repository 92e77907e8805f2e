/**
 * What every API has: its index, its description, and whether it lives and is ready.
 *
 * Operations like any other, so they too have 405, 406, HEAD and OPTIONS from the table.
 */
import type { Fact } from '../../rules/index.ts'
import type { Engine } from './engine.ts'
import { Unavailable } from '../fault.ts'
import { indexOf, indexPage } from './index-page.ts'
import { PAGE_FIELDS, prefersPage } from './page.ts'
import { openApi } from '../openapi/openapi.ts'
import type { Exchange, Found, Operation } from '../operation.ts'
import { jsonRepresentation, textRepresentation } from './representation.ts'

const READ = { method: 'GET', facts: ['negotiated', 'reads'], takes: [], query: [], shapes: {} } as const
const JSON_ONLY = ['application/json']

/** `unavailable`: the fact, where a database that cannot be reached has a status of its own. */
export function systemOperations(engine: Engine, unavailable: readonly Fact[]): Operation[] {
  return [
    {
      ...READ,
      path: '/',
      summary: 'What this API has',
      offers: [...JSON_ONLY, 'text/html'],
      represent: (x) => index(engine, x),
    },
    {
      ...READ,
      path: '/openapi.json',
      summary: 'The description of this API (OpenAPI 3.1)',
      offers: JSON_ONLY,
      represent: () => described(engine),
    },
    {
      ...READ,
      path: '/livez',
      summary: 'Is the process alive?',
      offers: JSON_ONLY,
      represent: () => jsonRepresentation({ status: 'alive' }),
    },
    {
      ...READ,
      path: '/readyz',
      summary: 'Is it ready for requests?',
      // It alone of these asks the database.
      facts: ['item', ...READ.facts, ...unavailable],
      offers: JSON_ONLY,
      load: () => readiness(engine),
      represent: () => jsonRepresentation({ status: 'ready' }),
    },
  ]
}

/** Not while it is stopping, nor without its database. */
async function readiness(engine: Engine): Promise<Found> {
  if (engine.draining) throw new Unavailable('the server is stopping', { retryAfter: 5 })
  await engine.store.ping()
  return { kind: 'found', item: undefined }
}

const descriptions = new WeakMap<Engine, ReturnType<typeof jsonRepresentation>>()

function described(engine: Engine): ReturnType<typeof jsonRepresentation> {
  const known = descriptions.get(engine) ?? jsonRepresentation(openApi(engine.compiled.declaration, engine.operations))
  descriptions.set(engine, known)
  return known
}

function index(engine: Engine, x: Exchange): ReturnType<typeof jsonRepresentation> {
  return prefersPage(x, JSON_ONLY)
    ? textRepresentation(indexPage(engine), PAGE_FIELDS)
    : jsonRepresentation(indexOf(engine))
}
