/**
 * Challenges and credentials (RFC 9110 §11.3, §11.4): a scheme, then one token or parameters.
 *
 * Scheme and parameter names are case-insensitive and come out in lower case. A parameter given twice makes the
 * whole malformed (§11.2).
 */
import { type Parameters, valueAfter } from './parameters.ts'
import { formatQuotedString } from './quoted-string.ts'
import { endOfToken, isToken, skipSpace } from './token.ts'

/** What follows the scheme is a token68, or parameters, or nothing. */
export interface Credentials {
  readonly scheme: string
  readonly token68?: string
  readonly parameters?: Parameters
}

/** The same shape, asked for instead of given. */
export type Challenge = Credentials

/** The value of Authorization. */
export function parseCredentials(text: string): Credentials | undefined {
  const read = readOne(text, skipSpace(text, 0))
  return read !== undefined && read.end === text.length ? read.credentials : undefined
}

/** The value of WWW-Authenticate: every challenge, or undefined when there is none or one is malformed. */
export function parseChallenges(text: string): Challenge[] | undefined {
  const challenges: Challenge[] = []
  let at = skipCommas(text, 0)
  while (at < text.length) {
    const read = readOne(text, at)
    if (read === undefined) return undefined
    challenges.push(read.credentials)
    at = read.end
  }
  return challenges.length === 0 ? undefined : challenges
}

/** One challenge. Values are always quoted, as realm MUST be (RFC 9110 §11.5). Throws a TypeError for a name that is no token. */
export function formatChallenge(scheme: string, parameters: Readonly<Record<string, string>> = {}): string {
  const parts = Object.entries(parameters).map(([name, value]) => `${token(name)}=${formatQuotedString(value)}`)
  return parts.length === 0 ? token(scheme) : `${token(scheme)} ${parts.join(', ')}`
}

const COMMA = 0x2c
const SPACE = 0x20
/** Alone up to the next comma: `a=b` is a parameter, `a=` a token68. */
const TOKEN68 = /[\w\-.~+/]+=*(?=[\t ]*(?:,|$))/y

interface Read {
  readonly credentials: Credentials
  /** The start of what follows, or the length of the text. */
  readonly end: number
}

function readOne(text: string, start: number): Read | undefined {
  const end = endOfToken(text, start)
  const scheme = text.slice(start, end).toLowerCase()
  if (end === start) return undefined
  if (text.charCodeAt(end) !== SPACE) return finished(text, end, { scheme })
  const at = skipSpace(text, end)
  TOKEN68.lastIndex = at
  if (TOKEN68.test(text)) {
    const last = TOKEN68.lastIndex
    return finished(text, last, { scheme, token68: text.slice(at, last) })
  }
  return readParameters(text, at, scheme)
}

/** After a comma a name with `=` is one more parameter, any other token the next scheme. */
function readParameters(text: string, start: number, scheme: string): Read | undefined {
  const parameters: Record<string, string> = Object.create(null)
  let at = skipCommas(text, start)
  let read = finished(text, start, { scheme })
  for (;;) {
    const end = endOfToken(text, at)
    const value = end === at ? undefined : valueAfter(text, end)
    if (value === undefined) return read
    const name = text.slice(at, end).toLowerCase()
    if (name in parameters) return undefined
    parameters[name] = value.text
    read = finished(text, value.end, { scheme, parameters })
    if (read === undefined) return undefined
    at = read.end
  }
}

/** Nothing but a comma, or the end, may come after. */
function finished(text: string, at: number, credentials: Credentials): Read | undefined {
  const next = skipSpace(text, at)
  if (next < text.length && text.charCodeAt(next) !== COMMA) return undefined
  return { credentials, end: skipCommas(text, next) }
}

function skipCommas(text: string, at: number): number {
  let next = skipSpace(text, at)
  while (text.charCodeAt(next) === COMMA) next = skipSpace(text, next + 1)
  return next
}

function token(text: string): string {
  if (!isToken(text)) throw new TypeError(`not a token: ${text}`)
  return text
}
