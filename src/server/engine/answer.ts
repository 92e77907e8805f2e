/**
 * From a status to a response: its fields and its content.
 *
 * Which fields a status has to carry stands in its row and in the row of the decision that led to
 * it; this file knows only where each field's value comes from.
 */
import {
  type DecisionId,
  DECISIONS,
  formatDate,
  isToken,
  type Node,
  parseList,
  statusRow,
  type StatusRow,
} from '../../rules/index.ts'
import { triesBearer } from './caller.ts'
import { admits, corsFields } from './cors.ts'
import type { Exchange } from './exchange.ts'
import type { Reply } from './incoming.ts'
import type { Eventually, Outcome, Representation } from '../operation.ts'
import { problemContent } from './problem-content.ts'

/** The response to a request whose status is decided; `vanished` when what was to be represented is no longer there. */
export function answer(x: Exchange, status: number): Eventually<Reply | 'vanished'> {
  const row = statusRow(status)
  if (row.class === 'clientError' || row.class === 'serverError') return problemReply(x, status, row)
  const content = row.class === 'success' && row.content === 'usual' ? representation(x) : undefined
  if (content instanceof Promise)
    return content.then((ready) => (ready === 'vanished' ? ready : success(x, status, row, ready)))
  return content === 'vanished' ? content : success(x, status, row, content)
}

function representation(x: Exchange): Eventually<Representation | 'vanished' | undefined> {
  const { loaded, result, operation, plan } = x
  if (result === undefined)
    return (loaded?.kind === 'found' ? loaded.representation : undefined) ?? operation?.represent?.(x)
  if (!('content' in result)) return undefined
  // A secret is said once, so a client that prefers not to be told would have made it for nothing.
  const spared = result.kind === 'created' && x.minimal && !plan.facts.has('secret')
  return spared ? undefined : result.content
}

function success(x: Exchange, status: number, row: StatusRow, content: Representation | undefined): Reply {
  const fields = content === undefined ? sparedFields(x) : content.fields.slice()
  if (row.asIn200 !== undefined) validators(x, fields)
  else if (x.result !== undefined || row.redirect !== undefined || x.operation === undefined) supply(x, row, fields)
  const length = content?.length ?? 0
  if (row.content !== 'never' && content?.stream === undefined) fields.push('Content-Length', String(length))
  if (x.operation !== undefined) caching(x, fields)
  if (content === undefined && hasContent(x.result) && x.minimal) fields.push('Preference-Applied', 'return=minimal')
  // Whoever develops asks of what went well too why it did.
  if (x.engine.explorer !== undefined) fields.push('Request-Id', x.reference)
  const reply =
    row.content === 'never'
      ? finish(x, status, row, fields, undefined, 0)
      : finish(x, status, row, fields, content?.content ?? '', length)
  return content?.stream === undefined ? reply : { ...reply, stream: content.stream }
}

/**
 * The validators of what is stored now say which version the client has made, also where it wants no content: in a 201
 * those of what was created (RFC 9110 §15.3.2), else those of the target (§15.3.5), which an action's item is not.
 */
function sparedFields({ result, path }: Exchange): string[] {
  if (!hasContent(result)) return []
  const { fields } = result.content
  if (result.kind !== 'created' && fields[fields.indexOf('Content-Location') + 1] !== path) return []
  return fields.filter((_, at) => VALIDATORS.has(fields[at - (at % 2)] ?? ''))
}

/** Is there something to send, whether or not the client prefers to have it? */
function hasContent(result: Outcome | undefined): result is Outcome & { readonly content: Representation } {
  return result !== undefined && 'content' in result && result.content !== undefined
}

const VALIDATORS: ReadonlySet<string> = new Set(['ETag', 'Last-Modified'])

/** RFC 9110 §15.4.5: what the 200 would have carried, as far as a cache needs it. */
function validators(x: Exchange, fields: string[]): void {
  if (x.etag !== undefined) fields.push('ETag', x.etag)
  else if (x.lastModified !== undefined) fields.push('Last-Modified', formatDate(x.lastModified))
}

/** What chose the representation is named on a 304 as well (RFC 9110 §15.4.5). */
function caching(x: Exchange, fields: string[]): void {
  const secret = x.plan.facts.has('secret')
  fields.push('Cache-Control', secret ? 'no-store' : x.caller === undefined ? 'no-cache' : 'private, no-cache')
  if (x.operation?.variesByCaller === true) fields.push('Vary', 'Authorization')
  if (x.offers.length > 1) fields.push('Vary', 'Accept')
}

function problemReply(x: Exchange, status: number, row: StatusRow): Reply {
  const { content, fields: own } = problemContent(x, status)
  const length = Buffer.byteLength(content)
  const fields = [...own, 'Content-Length', String(length), 'Cache-Control', 'no-store', 'Vary', 'Accept']
  fields.push('Request-Id', x.reference)
  supply(x, row, fields)
  return finish(x, status, row, fields, content, length)
}

/** The fields that the status and the decision behind it ask for, where there is a value. */
function supply(x: Exchange, row: StatusRow, fields: string[]): void {
  const decision = x.decidedBy
  const node: Node | undefined = decision === undefined ? undefined : DECISIONS[decision]
  const names = new Set([...(row.must ?? []), ...(row.should ?? []), ...(node?.sends ?? [])])
  for (const name of names) {
    const value = SUPPLY[name]?.(x, decision)
    if (value !== undefined) fields.push(name, value)
  }
}

const SUPPLY: Readonly<Record<string, (x: Exchange, decision: DecisionId | undefined) => string | undefined>> = {
  Allow: (x) => x.allow,
  'WWW-Authenticate': (x) => x.engine.challenge(x.credentials === 'invalid' && triesBearer(x)),
  Location: location,
  'Retry-After': (x) => String(delaySeconds(x.retryAfter ?? 1)),
  Accept: (x) => listed(x.takes),
  'Accept-Post': (x) => listed(x.engine.routes.takenBy('POST', x.path)),
  'Accept-Patch': (x) => listed(x.engine.routes.takenBy('PATCH', x.path)),
  'Accept-Encoding': () => 'identity',
  'Access-Control-Allow-Methods': (x) => admitted(x, x.allow),
  'Access-Control-Allow-Headers': (x) => admitted(x, fieldNames(x.field('access-control-request-headers'))),
  'Access-Control-Max-Age': (x) => admitted(x, '600'),
}

/** What is no number of seconds is one: whoever comes back too early is told again (RFC 9110 §10.2.3). */
function delaySeconds(seconds: number): number {
  const whole = Math.ceil(seconds)
  return whole > 0 && whole <= LONGEST_DELAY ? whole : 1
}

/** What every recipient can count to (RFC 9111 §1.2.2). */
const LONGEST_DELAY = 2 ** 31

function fieldNames(list = ''): string | undefined {
  return listed(parseList(list).filter(isToken))
}

function listed(types: readonly string[]): string | undefined {
  return types.length === 0 ? undefined : types.join(', ')
}

/** An origin that was not declared is told nothing of what it could send. */
function admitted(x: Exchange, value: string | undefined): string | undefined {
  return x.engine.cors !== undefined && admits(x.engine.cors, x) ? value : undefined
}

function location(x: Exchange): string | undefined {
  const { result, loaded } = x
  if (result !== undefined && 'location' in result) return result.location
  if (result?.kind === 'accepted') return result.monitor
  if (loaded !== undefined && 'to' in loaded) return loaded.to
  return x.engine.routes.newAddress(x)
}

function finish(
  x: Exchange,
  status: number,
  row: StatusRow,
  fields: string[],
  content: string | undefined,
  length: number,
): Reply {
  if (x.engine.cors !== undefined) corsFields(x.engine.cors, x, fields)
  const close = x.broken !== undefined || leavesContent(x)
  if (close) fields.push('Connection', 'close')
  return { status, phrase: row.phrase, fields, content, length, close }
}

/** Octets that nobody asked for are on their way, and reading them to the end is not worth it. */
function leavesContent(x: Exchange): boolean {
  if (!x.hasContent || x.contentTaken) return false
  // What did not come in time may never come, and until then nothing else can (RFC 9110 §15.5.9).
  if (x.content === 'late') return true
  const length = Number(x.field('content-length') ?? Infinity)
  return (x.field('expect') !== undefined && !x.continued) || !(length <= DISCARDED)
}

/** Octets of unwanted content that are read and dropped, so that the connection can be kept. */
const DISCARDED = 64 * 1024
