/**
 * JSON of a size that is no long work for anybody who looks at it: a schema, a database, the parser itself.
 *
 * Octets alone do not say that: half a million values go into a megabyte. So the text is measured before it is read.
 */
import type { ApiLimits } from '../declare/limits.ts'

/** What the text says, or what is wrong with it. */
export function parseJson(
  text: string,
  limits: Pick<ApiLimits, 'depth' | 'values'>,
): { readonly json: unknown } | { readonly detail: string } {
  const detail = excess(text, limits)
  if (detail !== undefined) return { detail }
  try {
    const json: unknown = JSON.parse(text)
    return { json }
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1]
    return {
      detail:
        position === undefined ? 'The content is not JSON.' : `The content is not JSON: see character ${position}.`,
    }
  }
}

/** Each value but the first stands after a comma or an opening bracket, and those in texts are none. */
function excess(text: string, { depth, values }: Pick<ApiLimits, 'depth' | 'values'>): string | undefined {
  let found = 1
  let levels = 0
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfText(text, at)
        break
      case BRACKET:
      case BRACE:
        if (++levels > depth) return `The content is nested more than ${depth} levels deep.`
        found++
        break
      case BRACKET_CLOSED:
      case BRACE_CLOSED:
        levels--
        break
      case COMMA:
        found++
    }
    if (found > values) return `The content has more than ${values} values.`
  }
  return undefined
}

/** Where the text that begins at `start` has its closing quote. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    if (code === BACKSLASH) at++
  }
  return text.length
}

const QUOTE = 0x22
const COMMA = 0x2c
const BRACKET = 0x5b
const BACKSLASH = 0x5c
const BRACKET_CLOSED = 0x5d
const BRACE = 0x7b
const BRACE_CLOSED = 0x7d
