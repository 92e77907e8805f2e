/**
 * Prefer (RFC 7240). A wish never fails: what is unknown or malformed is ignored, and of repeats the first counts.
 */
import { parseList } from './list.ts'
import { endOfToken } from './token.ts'
import { valueAfter } from './parameters.ts'

export interface Preferences {
  /** RFC 7240 §4.2. */
  readonly return?: 'minimal' | 'representation'
  /** Seconds the client is ready to wait (§4.3). */
  readonly wait?: number
  /** RFC 7240 §4.4. */
  readonly handling?: 'strict' | 'lenient'
  /** RFC 7240 §4.1. */
  readonly 'respond-async'?: true
}

export function parsePrefer(text: string): Preferences {
  const values = new Map<string, string>()
  /** Names given with two different values: such a pair counts as none (§4.2, §4.4). */
  const torn = new Set<string>()
  for (const member of parseList(text)) {
    const end = endOfToken(member, 0)
    const name = member.slice(0, end).toLowerCase()
    const value = valueAfter(member, end)?.text.toLowerCase() ?? ''
    const first = values.get(name)
    if (first === undefined) values.set(name, value)
    else if (first !== value) torn.add(name)
  }
  const wanted = torn.has('return') ? undefined : values.get('return')
  const handling = torn.has('handling') ? undefined : values.get('handling')
  const wait = values.get('wait')
  return {
    ...((wanted === 'minimal' || wanted === 'representation') && { return: wanted }),
    ...(wait !== undefined && DIGITS.test(wait) && { wait: Number(wait) }),
    ...((handling === 'strict' || handling === 'lenient') && { handling }),
    ...(values.get('respond-async') === '' && { 'respond-async': true }),
  }
}

const DIGITS = /^\d{1,9}$/
