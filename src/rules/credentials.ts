/**
 * Challenges and credentials (RFC 9110 §11.3, §11.4): a scheme, then one token or parameters.
 *
 * Scheme and parameter names are case-insensitive and come out in lower case. A parameter given twice makes the
 * whole malformed (§11.2).
 */
import { parseList } from './list.ts'
import type { Parameters } from './parameters.ts'
import { formatQuotedString } from './quoted-string.ts'
import { isToken } from './token.ts'

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
  const [one, other] = parseChallenges(text) ?? []
  return other === undefined && !/^[\t ]*,/.test(text) ? one : undefined
}

/** The value of WWW-Authenticate: every challenge, or undefined when there is none or one is malformed. */
export function parseChallenges(text: string): Challenge[] | undefined {
  const challenges: { scheme: string; token68?: string; parameters?: Record<string, string> }[] = []
  for (const member of parseList(text)) {
    const [item, scheme, name, plain, quoted = '', token68] = MEMBER.exec(member) ?? []
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase() })
    const last = challenges.at(-1)
    // Nothing that can be read, or nothing that it belongs to.
    if (item === undefined || last === undefined || last.token68 !== undefined) return undefined
    if (name !== undefined) {
      const parameters = (last.parameters ??= Object.create(null))
      if (name.toLowerCase() in parameters) return undefined
      parameters[name.toLowerCase()] = plain ?? quoted.replace(/\\(.)/g, '$1')
    } else if (token68 !== undefined) {
      if (scheme === undefined) return undefined
      last.token68 = token68
    }
  }
  return challenges.length === 0 ? undefined : challenges
}

/** One challenge. Values are always quoted, as realm MUST be (RFC 9110 §11.5). Throws a TypeError for a name that is no token. */
export function formatChallenge(scheme: string, parameters: Readonly<Record<string, string>> = {}): string {
  const parts = Object.entries(parameters).map(([name, value]) => `${token(name)}=${formatQuotedString(value)}`)
  return parts.length === 0 ? token(scheme) : `${token(scheme)} ${parts.join(', ')}`
}

/**
 * What stands between two commas: a scheme, alone or before one of the others; a parameter; a token68, which is all
 * that follows the scheme: `a=b` is a parameter, `a=` a token68. White space around `=` is dropped, although a sender
 * MUST NOT write it (RFC 9110 §11.2).
 */
const MEMBER =
  /^(?:([\w!#$%&'*+.^`|~-]+)(?: +|$))?(?:([\w!#$%&'*+.^`|~-]+)[\t ]*=[\t ]*(?:([\w!#$%&'*+.^`|~-]+)|"((?:[\t !#-[\]-~\x80-\xff]|\\[\t -~\x80-\xff])*)")|([\w\-.~+/]+=*))?$/

function token(text: string): string {
  if (!isToken(text)) throw new TypeError(`not a token: ${text}`)
  return text
}
