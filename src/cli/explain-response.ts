/** A pasted response: what its code means, and what is wrong with it by the row of its status. */
import { parseChallenges } from '../rules/credentials.ts'
import { parseDate } from '../rules/date.ts'
import { parseEntityTag } from '../rules/etag.ts'
import { parseMediaType } from '../rules/media-type.ts'
import { parseRetryAfter } from '../rules/retry-after.ts'
import { isStatusCode, type StatusRow, statusRow } from '../rules/status.ts'
import { clause } from '../rules/words.ts'
import { explainCodes, jsonOfCodes } from './explain-codes.ts'
import { Failure } from './failure.ts'
import { printable, wrap } from './paragraph.ts'
import { parseResponse, type PastedResponse } from './response-text.ts'

export interface ExplainedResponse {
  readonly told: string
  /** Nothing in it is forbidden by the RFC. */
  readonly holds: boolean
}

export function explainResponse(text: string, json: boolean, colours: boolean): ExplainedResponse {
  const response = parseResponse(text)
  if (response === undefined)
    throw new Failure('This is no response: it does not begin with a status line.', {
      kind: 'misused',
      next: 'Paste it with its status line and its fields:\n\n  curl -si http://127.0.0.1:4010/ | npx tenfour explain -',
    })
  const { status } = response
  const faults = faultsOf(response)
  const holds = faults.every(({ level }) => level !== 'must')
  if (json) return { told: JSON.stringify({ status, faults, ...jsonOfCodes([status]) }, null, 2), holds }
  const said =
    faults.length === 0
      ? ['Nothing is wrong with it, as far as can be seen.']
      : faults.map(({ level, detail, rfc }) => `${MARK[level]} ${wrap(printable(`${detail} (${clause(rfc)})`), 2)}`)
  return { told: [explainCodes([status], colours), said.join('\n')].join('\n\n'), holds }
}

export interface ResponseFault {
  /** `must`: the RFC forbids it. `should`: there has to be a reason. */
  readonly level: 'must' | 'should'
  readonly detail: string
  readonly rfc: string
}

const MARK: Readonly<Record<ResponseFault['level'], string>> = { must: '✗', should: '!' }

/** What can be told from the response alone. */
export function faultsOf({ status, fields, content }: PastedResponse): ResponseFault[] {
  const row = statusRow(status)
  const has = (name: string): boolean => fields.has(name.toLowerCase())
  const fault = (level: ResponseFault['level'], detail: string, rfc = row.rfc): ResponseFault => ({
    level,
    detail,
    rfc,
  })
  return [
    ...standing(status, row).map((detail) => fault('should', detail)),
    ...(row.must ?? [])
      .filter((name) => !has(name))
      .map((name) => fault('must', `${name} is missing: every ${status} carries it.`)),
    ...(row.should ?? [])
      .filter((name) => !has(name))
      .map((name) =>
        fault('should', `${name} is missing: a ${status} carries it wherever there is something to name.`),
      ),
    ...(row.mustNot ?? []).filter(has).map((name) => fault('must', `${name} must not come with a ${status}.`)),
    ...(row.content !== 'usual' && content.trim() !== ''
      ? [fault('must', `There is content, and a ${status} has none.`)]
      : []),
    ...[...fields].flatMap(([name, value]) => {
      const rule = FORM[name]
      return rule === undefined || rule.parse(value)
        ? []
        : [fault('must', `${rule.name} cannot be read: it is ${rule.is}.`, rule.rfc)]
    }),
    ...problemFaults(status, fields.get('content-type') ?? '', content),
  ]
}

function standing(status: number, row: StatusRow): string[] {
  if (!isStatusCode(status)) return [`${status} is not registered: clients take it for ${row.phrase}.`]
  return row.standing === undefined ? [] : [`${status} is ${row.standing}.`]
}

interface Form {
  readonly name: string
  readonly parse: (value: string) => boolean
  readonly is: string
  readonly rfc: string
}

const isDate = (value: string): boolean => parseDate(value, Date.now()) !== undefined
const date = (name: string, rfc: string): Form => ({
  name,
  parse: isDate,
  is: 'a date such as Thu, 01 Jan 1970 00:00:00 GMT',
  rfc,
})

/** Fields whose form is known. */
const FORM: { readonly [name: string]: Form | undefined } = {
  'www-authenticate': {
    name: 'WWW-Authenticate',
    parse: (value) => parseChallenges(value) !== undefined,
    is: 'a list of challenges such as Bearer realm="…"',
    rfc: '9110 §11.6.1',
  },
  etag: {
    name: 'ETag',
    parse: (value) => parseEntityTag(value) !== undefined,
    is: 'a quoted tag such as "7" or W/"7"',
    rfc: '9110 §8.8.3',
  },
  'retry-after': {
    name: 'Retry-After',
    parse: (value) => parseRetryAfter(value, Date.now()) !== undefined,
    is: 'seconds, or a date',
    rfc: '9110 §10.2.3',
  },
  'content-type': {
    name: 'Content-Type',
    parse: (value) => parseMediaType(value) !== undefined,
    is: 'a media type such as application/json',
    rfc: '9110 §8.3',
  },
  date: date('Date', '9110 §6.6.1'),
  'last-modified': date('Last-Modified', '9110 §8.8.2'),
}

/** RFC 9457 §3.1.2: the status in the content is that of the response. */
function problemFaults(status: number, type: string, content: string): ResponseFault[] {
  if (parseMediaType(type)?.essence !== 'application/problem+json' || content.trim() === '') return []
  const rfc = '9457 §3'
  try {
    const problem: unknown = JSON.parse(content)
    if (typeof problem !== 'object' || problem === null || Array.isArray(problem))
      return [{ level: 'must', detail: 'The problem is no JSON object.', rfc }]
    return 'status' in problem && problem.status !== status
      ? [{ level: 'must', detail: 'The status in the problem differs from that of the response.', rfc: '9457 §3.1.2' }]
      : []
  } catch {
    return [{ level: 'must', detail: 'The content is not the JSON that its Content-Type says.', rfc }]
  }
}
