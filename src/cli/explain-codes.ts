/** What status codes mean, in words; and the question that decides between those that are asked for together. */
import { type Pair, PAIRS, type Prose, PROSE } from '../rules/prose.ts'
import { isStatusCode, type StatusRow, statusRow } from '../rules/status.ts'
import { clause, cachedWords, CONTENT_WORDS, FAULT_WORDS, RETRY_WORDS } from '../rules/words.ts'
import { entry, paint, wrap } from './paragraph.ts'

export function explainCodes(codes: readonly number[], colours: boolean): string {
  return [...codes.map((code) => explainCode(code, colours)), ...pairsOf(codes).map(question)].join('\n\n')
}

/** For programs. Of a code that is not registered, what it is treated as. */
export interface CodesJson {
  readonly statuses: readonly (StatusRow & Partial<Prose> & { readonly code: number; readonly registered: boolean })[]
  readonly pairs: readonly Pair[]
}

export function jsonOfCodes(codes: readonly number[]): CodesJson {
  return {
    statuses: codes.map((code) => ({
      code,
      registered: isStatusCode(code),
      ...statusRow(code),
      ...(isStatusCode(code) && PROSE[code]),
    })),
    pairs: pairsOf(codes),
  }
}

function explainCode(code: number, colours: boolean): string {
  const row = statusRow(code)
  const head = isStatusCode(code)
    ? `${paint(`${code} ${row.phrase}`, code, colours)}  (${clause(row.rfc)})`
    : `${code} is not registered; it is treated as ${row.phrase} (${clause(row.rfc)})`
  return [head, ...[...wordsOf(code), ...factsOf(row), ...others(code)].map(([name, fact]) => entry(name, fact))].join(
    '\n',
  )
}

type Entry = readonly [name: string, text: string]

function wordsOf(code: number): Entry[] {
  if (!isStatusCode(code)) return []
  const { meaning, server, client } = PROSE[code]
  return [
    ['means', meaning],
    ['server', server],
    ['client', client],
  ]
}

function factsOf(row: StatusRow): Entry[] {
  return [
    ['to mend', FAULT_WORDS[row.fault]],
    ['next', RETRY_WORDS[row.retry]],
    ['content', CONTENT_WORDS[row.content]],
    ...named('carries', row.must),
    ...named('should', row.should),
    ...named('never has', row.mustNot),
    ['cached', cachedWords(row)],
    ...named('standing', row.standing && [row.standing]),
  ]
}

function named(name: string, fields: readonly string[] | undefined): Entry[] {
  return fields === undefined ? [] : [[name, fields.join(', ')]]
}

function others(code: number): Entry[] {
  if (!isStatusCode(code)) return []
  return PROSE[code].confusedWith.map((other) => [`or ${other.code}?`, `${other.question} If so, ${code}.`])
}

function pairsOf(codes: readonly number[]): Pair[] {
  return PAIRS.filter((pair) => codes.length > 1 && pair.codes.filter((code) => codes.includes(code)).length > 1)
}

function question({ codes, question: asked, answers }: Pair): string {
  const head = `${codes.join(' or ')}?  `
  return [
    `${head}${wrap(asked, head.length)}`,
    ...codes.map((code) => `  ${code}  ${wrap(answers[code] ?? '', 7)}`),
  ].join('\n')
}
