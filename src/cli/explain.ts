/** `tenfour explain`: what status codes mean. */
import { isStatusCode, PAIRS, parseStatus, PROSE, type StatusRow, statusRow } from '../rules/index.ts'
import type { Call, Done } from './command.ts'
import { Failure } from './failure.ts'

export async function explainCommand({ words, host }: Call): Promise<Done> {
  if (words.length === 0)
    throw new Failure('Which code?', { kind: 'misused', next: 'Type one or several:\n\n  tenfour explain 401 403' })
  const codes = words.map(codeOf)
  host.out([...codes.map(explain), ...between(codes)].join('\n\n'))
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
  const lines = [...wordsOf(code), ...factsOf(row)].map(([name, fact]) => `  ${name.padEnd(9)} ${wrap(fact)}`)
  return [head, ...lines].join('\n')
}

function wordsOf(code: number): [string, string][] {
  if (!isStatusCode(code)) return []
  const { meaning, server, client } = PROSE[code]
  return [
    ['means', meaning],
    ['server', server],
    ['client', client],
  ]
}

/** The questions that decide between codes that were asked for together. */
function between(codes: readonly number[]): string[] {
  return PAIRS.filter((pair) => codes.length > 1 && pair.codes.filter((code) => codes.includes(code)).length > 1).map(
    ({ codes: pair, question, answers }) =>
      [`${pair.join(' or ')}?  ${question}`, ...pair.map((code) => `  ${code}  ${wrap(answers[code] ?? '', 7)}`)].join(
        '\n',
      ),
  )
}

const COLUMNS = 80

/** Breaks a text so that it fits beside what stands before it. */
function wrap(text: string, indent = 12): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + 1 + word.length <= COLUMNS - indent) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines.join(`\n${' '.repeat(indent)}`)
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
