/**
 * Transfer-Encoding (RFC 9112 §6.1).
 */
import { parseList } from './list.ts'
import { parseParameters } from './parameters.ts'
import { endOfToken } from './token.ts'

/** The codings in the order they were applied, in lower case, without parameters; undefined when one is malformed. */
export function parseTransferEncoding(text: string): string[] | undefined {
  const codings: string[] = []
  for (const member of parseList(text)) {
    const end = endOfToken(member, 0)
    if (end === 0 || parseParameters(member, end) === undefined) return undefined
    codings.push(member.slice(0, end).toLowerCase())
  }
  return codings
}
