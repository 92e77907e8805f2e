/** A request as somebody writes it. */
import type { Keys } from './keys.ts'

export interface Draft {
  readonly method: string
  /** With its query. */
  readonly path: string
  /** Whose key is sent: a role; empty for nobody's. */
  readonly as: string
  /** One to a line: `If-Match: "7"`. */
  readonly fields: string
  readonly content: string
}

export const EMPTY: Draft = { method: 'GET', path: '/', as: '', fields: '', content: '' }

/** Every field that is sent, in order; what is no `name: value` is left out. */
export function fieldsOf({ as, fields, content }: Draft, keys: Keys): [name: string, value: string][] {
  const written = fields.split('\n').flatMap((line): [string, string][] => {
    const [, name, value] = FIELD.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value]]
  })
  const has = (name: string): boolean => written.some(([known]) => known.toLowerCase() === name)
  const key = keys[as]
  return [
    ...(key === undefined || has('authorization') ? [] : [['Authorization', `Bearer ${key}`] as [string, string]]),
    ...(content === '' || has('content-type') ? [] : [['Content-Type', 'application/json'] as [string, string]]),
    ...written,
  ]
}

/** RFC 9110 §5.1, §5.5. */
const FIELD = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*([\t\x20-\x7e\x80-\xff]*?)\s*$/

/** What is written among the fields and is none. */
export function linesLeftOut({ fields }: Draft): string[] {
  return fields
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !FIELD.test(line))
}

/** The draft with a field set, or without it. */
export function withField(draft: Draft, name: string, value: string | undefined): Draft {
  const others = draft.fields
    .split('\n')
    .filter((line) => line.trim() !== '' && line.split(':')[0]?.trim().toLowerCase() !== name.toLowerCase())
  return { ...draft, fields: [...others, ...(value === undefined ? [] : [`${name}: ${value}`])].join('\n') }
}

/** Fields that a browser sets by itself, and takes from nobody. */
const BROWSERS =
  /^(accept-charset|accept-encoding|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/i

export function keptByBrowser(draft: Draft): string[] {
  return fieldsOf(draft, {}).flatMap(([name]) => (BROWSERS.test(name) ? [name] : []))
}
