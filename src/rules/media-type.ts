/**
 * Media types (RFC 9110 §8.3.1). Type and subtype come out in lower case, values of parameters as they were sent.
 */
import { parseParameters, type Parameters } from './parameters.ts'
import { endOfToken, skipSpace } from './token.ts'

export interface MediaType {
  readonly type: string
  readonly subtype: string
  /** `type/subtype`: what one compares. */
  readonly essence: string
  readonly parameters: Parameters
}

/** The value of Content-Type, or undefined when it names no media type. */
export function parseMediaType(text: string): MediaType | undefined {
  const start = skipSpace(text, 0)
  const slash = endOfToken(text, start)
  const end = endOfToken(text, slash + 1)
  if (slash === start || text.charCodeAt(slash) !== SLASH || end === slash + 1) return undefined
  const parameters = parseParameters(text, end)
  if (parameters === undefined) return undefined
  const essence = text.slice(start, end).toLowerCase()
  const typeLength = slash - start
  return { type: essence.slice(0, typeLength), subtype: essence.slice(typeLength + 1), essence, parameters }
}

const SLASH = 0x2f

/** What it is, in lower case, whatever its parameters say: enough for who only reads what came. */
export function lenientEssence(text: string): string | undefined {
  return ESSENCE.exec(text)?.[1]?.toLowerCase()
}

const ESSENCE = /^[\t ]*([\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+)[\t ]*(?:;|$)/
