/**
 * Request methods: what the RFCs promise of each.
 *
 * Names are case-sensitive (RFC 9110 §9.1). A method that is not here promises nothing: `methodRow`
 * takes it for neither safe nor idempotent.
 */

export interface MethodRow {
  /** RFC number and section. */
  readonly rfc: string
  /** The client asks for no change (RFC 9110 §9.2.1). */
  readonly safe: boolean
  /** Several such requests have the effect of one, so it may be repeated automatically (RFC 9110 §9.2.2). */
  readonly idempotent: boolean
  /** `explicit`: only with explicit freshness and the Content-Location of the target (RFC 9110 §9.3.3, RFC 5789 §2). */
  readonly cacheable: 'yes' | 'explicit' | 'no'
  /** Content in the request: the point of it, allowed, without generally defined meaning, or not to be sent. */
  readonly content: 'expected' | 'allowed' | 'meaningless' | 'forbidden'
  /** A selected representation is at hand, so that preconditions are evaluated (RFC 9110 §13.2.1). */
  readonly selects: boolean
}

// oxfmt-ignore
export const METHOD = {
  GET:     { rfc: '9110 §9.3.1', safe: true, idempotent: true, cacheable: 'yes', content: 'meaningless', selects: true },
  HEAD:    { rfc: '9110 §9.3.2', safe: true, idempotent: true, cacheable: 'yes', content: 'meaningless', selects: true },
  POST:    { rfc: '9110 §9.3.3', safe: false, idempotent: false, cacheable: 'explicit', content: 'expected', selects: true },
  PUT:     { rfc: '9110 §9.3.4', safe: false, idempotent: true, cacheable: 'no', content: 'expected', selects: true },
  PATCH:   { rfc: '5789 §2', safe: false, idempotent: false, cacheable: 'explicit', content: 'expected', selects: true },
  DELETE:  { rfc: '9110 §9.3.5', safe: false, idempotent: true, cacheable: 'no', content: 'meaningless', selects: true },
  OPTIONS: { rfc: '9110 §9.3.7', safe: true, idempotent: true, cacheable: 'no', content: 'allowed', selects: false },
  TRACE:   { rfc: '9110 §9.3.8', safe: true, idempotent: true, cacheable: 'no', content: 'forbidden', selects: false },
  CONNECT: { rfc: '9110 §9.3.6', safe: false, idempotent: false, cacheable: 'no', content: 'meaningless', selects: false },
} as const satisfies Record<string, MethodRow>

export type Method = keyof typeof METHOD

/** The method, if it is one of the table's; `get` is not (RFC 9110 §9.1). */
export function parseMethod(text: string): Method | undefined {
  return isMethod(text) ? text : undefined
}

/** What is promised of a method, known or not. */
export function methodRow(name: string): MethodRow {
  return isMethod(name) ? METHOD[name] : UNKNOWN
}

const UNKNOWN: MethodRow = {
  rfc: '9110 §9.1',
  safe: false,
  idempotent: false,
  cacheable: 'no',
  content: 'allowed',
  selects: true,
}

function isMethod(name: string): name is Method {
  return Object.hasOwn(METHOD, name)
}
