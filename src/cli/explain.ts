/** `tenfour explain`: what status codes mean. */
import { isStatusCode, parseStatus, type StatusRow, statusRow } from '../rules/index.ts'
import type { Call, Done } from './command.ts'
import { Failure } from './failure.ts'

export async function explainCommand({ words, host }: Call): Promise<Done> {
  if (words.length === 0)
    throw new Failure('Which code?', { kind: 'misused', next: 'Type one or several:\n\n  tenfour explain 401 403' })
  host.out(words.map((word) => explain(codeOf(word))).join('\n\n'))
  return 'ok'
}

function codeOf(word: string): number {
  const code = parseStatus(word)
  if (code !== undefined) return code
  throw new Failure(`${JSON.stringify(word)} is no status code.`, {
    kind: 'misused',
    next: 'A status code has three digits, from 100 to 999.',
  })
}

function explain(code: number): string {
  const row = statusRow(code)
  const head = isStatusCode(code)
    ? `${code} ${row.phrase}  (RFC ${row.rfc})`
    : `${code} is not registered; it is treated as ${row.phrase} (RFC ${row.rfc})`
  return [head, ...factsOf(row).map(([name, fact]) => `  ${name.padEnd(9)} ${fact}`)].join('\n')
}

function factsOf(row: StatusRow): [string, string][] {
  return [
    ['to mend', FAULT[row.fault]],
    ['next', RETRY[row.retry]],
    ['content', CONTENT[row.content]],
    ...(row.must === undefined ? [] : [['carries', row.must.join(', ')] as [string, string]]),
    ['cached', row.cacheable ? 'may be stored and used again' : 'only if its fields allow it'],
    ...(row.standing === undefined ? [] : [['standing', row.standing] as [string, string]]),
  ]
}

const FAULT: Readonly<Record<StatusRow['fault'], string>> = {
  nobody: 'nothing',
  client: 'the request',
  server: 'the server; nothing was wrong with the request',
}

const RETRY: Readonly<Record<StatusRow['retry'], string>> = {
  unneeded: 'nothing is to be sent again',
  follow: 'go to Location',
  never: 'the same request will not do better',
  later: 'send the same request later',
  changed: 'change the request, then send it again',
  authenticated: 'send credentials, then the same request again',
}

const CONTENT: Readonly<Record<StatusRow['content'], string>> = {
  never: 'never any',
  empty: 'of no octets',
  usual: 'usually some',
}
