/** The exchanges that are kept: all of them, each as it ends, and why one got its code. */
import { type ExchangeLine, type ExchangeList, type ExplainedExchange, STATUS_CODES } from '../../rules/index.ts'
import { foundItem } from '../account/caller.ts'
import { PAGE_FIELDS, prefersPage } from '../engine/page.ts'
import { jsonRepresentation, textRepresentation } from '../engine/representation.ts'
import type { Exchange, Found, Operation, Parameter, Representation } from '../operation.ts'
import { AIDS } from './address.ts'
import { explanationPage } from './explanation-page.ts'
import { nearby } from './nearby.ts'
import type { Traces } from './traces.ts'

const JSON_ONLY = ['application/json']
const JSON_OR_PAGE = [...JSON_ONLY, 'text/html']
const READ = {
  method: 'GET',
  facts: ['item', 'mustExist', 'negotiated', 'reads'],
  takes: [],
  offers: JSON_ONLY,
  query: [],
  shapes: {},
} as const satisfies Partial<Operation>

/** `explorer`: is there a page that shows more? */
export function exchangeOperations(traces: Traces, explorer: boolean): Operation[] {
  return [
    {
      ...READ,
      path: `${AIDS}x/{reference}`,
      summary: 'Why a request got its code',
      offers: JSON_OR_PAGE,
      load: (x) => keptOrWhy(x, traces),
      represent: (x) => explained(x, explorer),
    },
    {
      ...READ,
      path: `${AIDS}exchanges`,
      summary: 'The last exchanges',
      query: [STATUS, OPERATION],
      load: (x) => nearby(x, traces),
      represent: (x) => jsonRepresentation({ exchanges: traces.list(wanted(x.query)) } satisfies ExchangeList),
    },
    {
      ...READ,
      path: `${AIDS}exchanges/live`,
      summary: 'Every exchange as it ends, as server-sent events',
      offers: ['text/event-stream'],
      load: (x) => nearby(x, traces),
      represent: () => ({ ...textRepresentation('', EVENTS), stream: traces.follow }),
    },
  ]
}

/** Who finds the aids is told why this is not among them; for everybody else there is nothing here. */
function keptOrWhy(x: Exchange, traces: Traces): Found {
  const kept = traces.explain(x.params.reference ?? '')
  return kept === undefined && nearby(x, traces).kind === 'found' ? FORGOTTEN : nearby(x, kept)
}

const FORGOTTEN: Found = {
  kind: 'missing',
  detail:
    'No exchange with this reference is kept: of all exchanges the last two hundred are, and of those that failed or were slow the last two hundred, until the server stops.',
}

/** In production, for one role: the reference is in the log, and on every error. */
export function guardedTraceOperation(traces: Traces, role: string): Operation {
  return {
    ...READ,
    path: `${AIDS}x/{reference}`,
    summary: 'Why a request got its code',
    facts: ['accounts', 'guarded', 'roles', ...READ.facts],
    classAllows: (caller) => caller.role === role,
    load(x) {
      const item = traces.explain(x.params.reference ?? '')
      return item === undefined ? { kind: 'missing' } : { kind: 'found', item }
    },
    represent: (x) => jsonRepresentation(foundItem<ExplainedExchange>(x)),
    explain: () => `the caller has not the role ${role}`,
  }
}

const EVENTS = ['Content-Type', 'text/event-stream']

const STATUS: Parameter = {
  name: 'status',
  description: 'Those with this status',
  schema: { enum: STATUS_CODES },
  check: (value) => (/^[1-9]\d\d$/.test(value) ? undefined : 'A status has three digits, from 100 to 999.'),
}

const OPERATION: Parameter = {
  name: 'operation',
  description: 'Those of this operation',
  schema: { type: 'string' },
  check: () => undefined,
}

function wanted({ status, operation }: Exchange['query']): (line: ExchangeLine) => boolean {
  return (line) =>
    (status === undefined || line.status === Number(status)) &&
    (operation === undefined || line.operation === operation)
}

function explained(x: Exchange, explorer: boolean): Representation {
  const explanation = foundItem<ExplainedExchange>(x)
  return prefersPage(x, JSON_ONLY)
    ? textRepresentation(explanationPage(explanation, explorer), PAGE_FIELDS)
    : jsonRepresentation(explanation)
}
