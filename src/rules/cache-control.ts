/**
 * Cache-Control (RFC 9111 §5.2, RFC 5861, RFC 8246). Unknown directives are ignored (§5.2.3).
 *
 * Where a value is in doubt the reading is the one that stores and reuses least: an invalid number of seconds is 0
 * (§4.2.1), a switch with a needless value is on. Of repeats the first counts (§4.2.1).
 */
import { parseList } from './list.ts'

/** What each directive has after its name. */
const DIRECTIVE = {
  'max-age': 'seconds',
  's-maxage': 'seconds',
  'min-fresh': 'seconds',
  'stale-while-revalidate': 'seconds',
  'stale-if-error': 'seconds',
  'max-stale': 'optionalSeconds',
  'no-cache': 'fields',
  private: 'fields',
  'no-store': 'nothing',
  'no-transform': 'nothing',
  'must-revalidate': 'nothing',
  'proxy-revalidate': 'nothing',
  'must-understand': 'nothing',
  'only-if-cached': 'nothing',
  public: 'nothing',
  immutable: 'nothing',
} as const

/** `max-stale` alone is Infinity: however stale. */
interface Values {
  readonly seconds: number
  readonly optionalSeconds: number
  /** Lower-case names of the fields it is about; true, if it is about the whole response. */
  readonly fields: true | readonly string[]
  readonly nothing: true
}

type Name = keyof typeof DIRECTIVE

/** The directives that were given, with their values. Seconds are at most 2^31 (RFC 9111 §1.2.2). */
export type CacheControl = { readonly [N in Name]?: Values[(typeof DIRECTIVE)[N]] }

export function parseCacheControl(text: string): CacheControl {
  const directives: { [name: string]: Values[keyof Values] } = {}
  for (const member of parseList(text)) {
    const [, token = '', plain, quoted] = MEMBER.exec(member) ?? []
    const name = token.toLowerCase()
    if (!isDirective(name)) continue
    const said = plain ?? quoted?.replace(/\\(.)/g, '$1') ?? ''
    const value = READ[DIRECTIVE[name]](token === member ? undefined : said)
    const first = directives[name]
    // A directive for the whole response outweighs one for some of its fields (RFC 9111 §5.2.2.4, §5.2.2.7).
    if (first === undefined || (value === true && typeof first === 'object')) directives[name] = value
  }
  return directives
}

/** A name, and if one follows a value: a token, or a quoted string. */
const MEMBER =
  /^([\w!#$%&'*+.^`|~-]+)(?:[\t ]*=[\t ]*(?:([\w!#$%&'*+.^`|~-]+)|"((?:[\t !#-[\]-~\x80-\xff]|\\[\t -~\x80-\xff])*)"))?/
const DIGITS = /^\d+$/
const MOST_SECONDS = 2 ** 31

/** Undefined is a directive without a value, '' also one whose value cannot be read. */
const READ: { readonly [Kind in keyof Values]: (value: string | undefined) => Values[Kind] } = {
  seconds: (value = '') => (DIGITS.test(value) ? Math.min(Number(value), MOST_SECONDS) : 0),
  optionalSeconds: (value) => (value === undefined ? Number.POSITIVE_INFINITY : READ.seconds(value)),
  fields: (value = '') => (value === '' ? true : parseList(value.toLowerCase())),
  nothing: () => true,
}

function isDirective(name: string): name is Name {
  return Object.hasOwn(DIRECTIVE, name)
}
