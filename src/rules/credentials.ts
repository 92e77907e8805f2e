/**
 * Challenges and credentials (RFC 9110 §11.3, §11.4): a scheme, then one token or parameters.
 *
 * Scheme and parameter names are case-insensitive and come out in lower case. A parameter given twice makes the
 * whole malformed (§11.2).
 */
import type { Parameters } from './parameters.ts'
import { formatQuotedString } from './quoted-string.ts'
import { isToken, skipSpace } from './token.ts'

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
  at(COMMAS, text, 0)
  for (let end = COMMAS.lastIndex; end < text.length;) {
    const read = readOne(text, end)
    if (read === undefined) return undefined
    challenges.push(read.credentials)
    end = read.end
  }
  return challenges.length === 0 ? undefined : challenges
}

/** One challenge. Values are always quoted, as realm MUST be (RFC 9110 §11.5). Throws a TypeError for a name that is no token. */
export function formatChallenge(scheme: string, parameters: Readonly<Record<string, string>> = {}): string {
  const parts = Object.entries(parameters).map(([name, value]) => `${token(name)}=${formatQuotedString(value)}`)
  return parts.length === 0 ? token(scheme) : `${token(scheme)} ${parts.join(', ')}`
}

/** A scheme, and after at least one space perhaps a token68: `a=b` is a parameter, `a=` a token68. */
const SCHEME = /([\w!#$%&'*+.^`|~-]+)(?:(?= )[\t ]+([\w\-.~+/]+=*)(?=[\t ]*(?:,|$)))?/y
/** White space around `=` is dropped, although a sender MUST NOT write it (RFC 9110 §11.2). */
const PARAMETER =
  /([\w!#$%&'*+.^`|~-]+)[\t ]*=[\t ]*(?:([\w!#$%&'*+.^`|~-]+)|"((?:[\t !#-[\]-~\x80-\xff]|\\[\t -~\x80-\xff])*)")/y
/** Nothing but a comma, or the end, may come after a credential or a parameter. */
const END = /[\t ]*(?:$|,[\t ,]*)/y
const COMMAS = /[\t ,]*/y

interface Read {
  readonly credentials: Credentials
  /** The start of what follows, or the length of the text. */
  readonly end: number
}

function readOne(text: string, start: number): Read | undefined {
  const [, name, token68] = at(SCHEME, text, start) ?? []
  if (name === undefined) return undefined
  const scheme = name.toLowerCase()
  const after = SCHEME.lastIndex
  if (token68 !== undefined) return finished(text, after, { scheme, token68 })
  return text[after] === ' ' ? readParameters(text, after, scheme) : finished(text, after, { scheme })
}

/** After a comma a name with `=` is one more parameter, any other token the next scheme. */
function readParameters(text: string, start: number, scheme: string): Read | undefined {
  const parameters: Record<string, string> = Object.create(null)
  at(COMMAS, text, start)
  let end = COMMAS.lastIndex
  let read = finished(text, start, { scheme })
  for (;;) {
    const [, name, plain, quoted = ''] = at(PARAMETER, text, end) ?? []
    if (name === undefined) return read
    if (name.toLowerCase() in parameters) return undefined
    parameters[name.toLowerCase()] = plain ?? quoted.replace(/\\(.)/g, '$1')
    read = finished(text, PARAMETER.lastIndex, { scheme, parameters })
    if (read === undefined) return undefined
    end = read.end
  }
}

function finished(text: string, end: number, credentials: Credentials): Read | undefined {
  return at(END, text, end) === null ? undefined : { credentials, end: END.lastIndex }
}

/** What the pattern, which is sticky, finds there; its `lastIndex` is then the end of that. */
function at(pattern: RegExp, text: string, start: number): RegExpExecArray | null {
  pattern.lastIndex = start
  return pattern.exec(text)
}

function token(text: string): string {
  if (!isToken(text)) throw new TypeError(`not a token: ${text}`)
  return text
}
