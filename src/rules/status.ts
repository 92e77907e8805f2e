/**
 * Status codes: one row for every code of the IANA registry, and what the RFCs say of it.
 *
 * Rule 1: a status number that decides anything stands in a table of `src/rules`, nowhere else. Hand over the row.
 * Rule 2: rows say what the RFCs say. What Tenfour chose on top of that is in `policy.ts`, prose in `prose.ts`.
 * Pinned by: status.test.ts (every registered code with its registered phrase).
 */

/** The first digit of a code, in words (RFC 9110 §15). */
export type StatusClass = 'interim' | 'success' | 'redirection' | 'clientError' | 'serverError'

export interface StatusRow {
  readonly class: StatusClass
  /** The registered phrase. A recommendation that nobody may compare (RFC 9110 §15.1). */
  readonly phrase: string
  /** RFC number and section, or the draft. */
  readonly rfc: string
  /** `never`: the message ends with its fields. `empty`: its content has zero octets. `usual`: there is some, or may be. */
  readonly content: 'never' | 'empty' | 'usual'
  /** May be stored and reused without explicit freshness (RFC 9110 §15.1). */
  readonly cacheable: boolean
  /** Fields that every such response has to carry. */
  readonly must?: readonly string[]
  /** Fields that a response SHOULD carry; on 201 when POST created (RFC 9110 §9.3.3), on 415 after PATCH (RFC 5789 §2.2). */
  readonly should?: readonly string[]
  readonly mustNot?: readonly string[]
  /** Fields that it has to carry if a 200 to the same request would have. */
  readonly asIn200?: readonly string[]
  /** No cache stores it, whatever its fields say: it is not final, speaks of what is stored already, or its RFC forbids it. */
  readonly neverStored?: true
  /** Who has to mend something before it goes better. */
  readonly fault: 'nobody' | 'client' | 'server'
  /**
   * What makes sense next: nothing is `unneeded`; `follow` Location; `never` the same request; the same request `later`;
   * once it was `changed`; once it is `authenticated`.
   */
  readonly retry: 'unneeded' | 'follow' | 'never' | 'later' | 'changed' | 'authenticated'
  /** Where Location leads: for good or for now, and with which method; `rewritable` means POST may become GET. */
  readonly redirect?: { readonly permanent: boolean; readonly method: 'kept' | 'rewritable' | 'GET' }
  /** Registered, but not to be sent. `temporary` registrations can lapse. */
  readonly standing?: 'deprecated' | 'unused' | 'temporary'
  /** One of the ten that come first everywhere. */
  readonly essential?: true
}

/** The fields a cache needs to bring a stored response up to date, or to combine parts (RFC 9110 §15.3.7, §15.4.5). */
const VALIDATING = ['Cache-Control', 'Content-Location', 'Date', 'ETag', 'Expires', 'Vary'] as const
/** What would announce content that cannot follow (RFC 9110 §8.6, RFC 9112 §6.1). */
const FRAMING = ['Content-Length', 'Transfer-Encoding'] as const

// oxfmt-ignore
export const STATUS = {
  100: { phrase: 'Continue', rfc: '9110 §15.2.1', class: 'interim',
         content: 'never', cacheable: false, neverStored: true, mustNot: FRAMING, fault: 'nobody', retry: 'unneeded' },
  101: { phrase: 'Switching Protocols', rfc: '9110 §15.2.2', class: 'interim',
         content: 'never', cacheable: false, neverStored: true, must: ['Upgrade', 'Connection'], mustNot: FRAMING, fault: 'nobody', retry: 'unneeded' },
  102: { phrase: 'Processing', rfc: '2518 §10.1', class: 'interim',
         content: 'never', cacheable: false, neverStored: true, mustNot: FRAMING, fault: 'nobody', retry: 'unneeded', standing: 'deprecated' },
  103: { phrase: 'Early Hints', rfc: '8297 §2', class: 'interim',
         content: 'never', cacheable: false, neverStored: true, mustNot: FRAMING, fault: 'nobody', retry: 'unneeded' },
  104: { phrase: 'Upload Resumption Supported', rfc: 'draft-ietf-httpbis-resumable-upload', class: 'interim',
         content: 'never', cacheable: false, neverStored: true, mustNot: FRAMING, fault: 'nobody', retry: 'unneeded', standing: 'temporary' },
  200: { phrase: 'OK', rfc: '9110 §15.3.1', class: 'success',
         content: 'usual', cacheable: true, fault: 'nobody', retry: 'unneeded', essential: true },
  201: { phrase: 'Created', rfc: '9110 §15.3.2', class: 'success',
         content: 'usual', cacheable: false, should: ['Location'], fault: 'nobody', retry: 'unneeded', essential: true },
  202: { phrase: 'Accepted', rfc: '9110 §15.3.3', class: 'success',
         content: 'usual', cacheable: false, fault: 'nobody', retry: 'unneeded' },
  203: { phrase: 'Non-Authoritative Information', rfc: '9110 §15.3.4', class: 'success',
         content: 'usual', cacheable: true, fault: 'nobody', retry: 'unneeded' },
  204: { phrase: 'No Content', rfc: '9110 §15.3.5', class: 'success',
         content: 'never', cacheable: true, mustNot: FRAMING, fault: 'nobody', retry: 'unneeded', essential: true },
  205: { phrase: 'Reset Content', rfc: '9110 §15.3.6', class: 'success',
         content: 'empty', cacheable: false, fault: 'nobody', retry: 'unneeded' },
  206: { phrase: 'Partial Content', rfc: '9110 §15.3.7', class: 'success',
         content: 'usual', cacheable: true, asIn200: VALIDATING, fault: 'nobody', retry: 'unneeded' },
  207: { phrase: 'Multi-Status', rfc: '4918 §11.1', class: 'success',
         content: 'usual', cacheable: false, fault: 'nobody', retry: 'unneeded' },
  208: { phrase: 'Already Reported', rfc: '5842 §7.1', class: 'success',
         content: 'usual', cacheable: false, fault: 'nobody', retry: 'unneeded' },
  226: { phrase: 'IM Used', rfc: '3229 §10.4.1', class: 'success',
         content: 'usual', cacheable: false, must: ['ETag'], fault: 'nobody', retry: 'unneeded' },
  300: { phrase: 'Multiple Choices', rfc: '9110 §15.4.1', class: 'redirection',
         content: 'usual', cacheable: true, fault: 'nobody', retry: 'follow' },
  301: { phrase: 'Moved Permanently', rfc: '9110 §15.4.2', class: 'redirection',
         content: 'usual', cacheable: true, should: ['Location'], fault: 'nobody', retry: 'follow', redirect: { permanent: true, method: 'rewritable' } },
  302: { phrase: 'Found', rfc: '9110 §15.4.3', class: 'redirection',
         content: 'usual', cacheable: false, should: ['Location'], fault: 'nobody', retry: 'follow', redirect: { permanent: false, method: 'rewritable' } },
  303: { phrase: 'See Other', rfc: '9110 §15.4.4', class: 'redirection',
         content: 'usual', cacheable: false, must: ['Location'], fault: 'nobody', retry: 'follow', redirect: { permanent: false, method: 'GET' } },
  304: { phrase: 'Not Modified', rfc: '9110 §15.4.5', class: 'redirection',
         content: 'never', cacheable: false, neverStored: true, asIn200: VALIDATING, fault: 'nobody', retry: 'unneeded', essential: true },
  305: { phrase: 'Use Proxy', rfc: '9110 §15.4.6', class: 'redirection',
         content: 'usual', cacheable: false, fault: 'nobody', retry: 'never', standing: 'deprecated' },
  306: { phrase: '(Unused)', rfc: '9110 §15.4.7', class: 'redirection',
         content: 'usual', cacheable: false, fault: 'nobody', retry: 'never', standing: 'unused' },
  307: { phrase: 'Temporary Redirect', rfc: '9110 §15.4.8', class: 'redirection',
         content: 'usual', cacheable: false, should: ['Location'], fault: 'nobody', retry: 'follow', redirect: { permanent: false, method: 'kept' } },
  308: { phrase: 'Permanent Redirect', rfc: '9110 §15.4.9', class: 'redirection',
         content: 'usual', cacheable: true, should: ['Location'], fault: 'nobody', retry: 'follow', redirect: { permanent: true, method: 'kept' } },
  400: { phrase: 'Bad Request', rfc: '9110 §15.5.1', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'client', retry: 'changed', essential: true },
  401: { phrase: 'Unauthorized', rfc: '9110 §15.5.2', class: 'clientError',
         content: 'usual', cacheable: false, must: ['WWW-Authenticate'], fault: 'client', retry: 'authenticated', essential: true },
  402: { phrase: 'Payment Required', rfc: '9110 §15.5.3', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'client', retry: 'changed' },
  403: { phrase: 'Forbidden', rfc: '9110 §15.5.4', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'client', retry: 'never', essential: true },
  404: { phrase: 'Not Found', rfc: '9110 §15.5.5', class: 'clientError',
         content: 'usual', cacheable: true, fault: 'client', retry: 'never', essential: true },
  405: { phrase: 'Method Not Allowed', rfc: '9110 §15.5.6', class: 'clientError',
         content: 'usual', cacheable: true, must: ['Allow'], fault: 'client', retry: 'changed' },
  406: { phrase: 'Not Acceptable', rfc: '9110 §15.5.7', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'client', retry: 'changed' },
  407: { phrase: 'Proxy Authentication Required', rfc: '9110 §15.5.8', class: 'clientError',
         content: 'usual', cacheable: false, must: ['Proxy-Authenticate'], fault: 'client', retry: 'authenticated' },
  408: { phrase: 'Request Timeout', rfc: '9110 §15.5.9', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'client', retry: 'later' },
  409: { phrase: 'Conflict', rfc: '9110 §15.5.10', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'client', retry: 'changed', essential: true },
  410: { phrase: 'Gone', rfc: '9110 §15.5.11', class: 'clientError',
         content: 'usual', cacheable: true, fault: 'nobody', retry: 'never' },
  411: { phrase: 'Length Required', rfc: '9110 §15.5.12', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'client', retry: 'changed' },
  412: { phrase: 'Precondition Failed', rfc: '9110 §15.5.13', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'nobody', retry: 'changed' },
  413: { phrase: 'Content Too Large', rfc: '9110 §15.5.14', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'client', retry: 'changed' },
  414: { phrase: 'URI Too Long', rfc: '9110 §15.5.15', class: 'clientError',
         content: 'usual', cacheable: true, fault: 'client', retry: 'changed' },
  415: { phrase: 'Unsupported Media Type', rfc: '9110 §15.5.16', class: 'clientError',
         content: 'usual', cacheable: false, should: ['Accept-Patch'], fault: 'client', retry: 'changed' },
  416: { phrase: 'Range Not Satisfiable', rfc: '9110 §15.5.17', class: 'clientError',
         content: 'usual', cacheable: false, should: ['Content-Range'], fault: 'client', retry: 'changed' },
  417: { phrase: 'Expectation Failed', rfc: '9110 §15.5.18', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'client', retry: 'changed' },
  418: { phrase: '(Unused)', rfc: '9110 §15.5.19', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'nobody', retry: 'never', standing: 'unused' },
  421: { phrase: 'Misdirected Request', rfc: '9110 §15.5.20', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'client', retry: 'later' },
  422: { phrase: 'Unprocessable Content', rfc: '9110 §15.5.21', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'client', retry: 'changed' },
  423: { phrase: 'Locked', rfc: '4918 §11.3', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'nobody', retry: 'later' },
  424: { phrase: 'Failed Dependency', rfc: '4918 §11.4', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'client', retry: 'changed' },
  425: { phrase: 'Too Early', rfc: '8470 §5.2', class: 'clientError',
         content: 'usual', cacheable: false, fault: 'nobody', retry: 'later' },
  426: { phrase: 'Upgrade Required', rfc: '9110 §15.5.22', class: 'clientError',
         content: 'usual', cacheable: false, must: ['Upgrade', 'Connection'], fault: 'client', retry: 'changed' },
  428: { phrase: 'Precondition Required', rfc: '6585 §3', class: 'clientError',
         content: 'usual', cacheable: false, neverStored: true, fault: 'client', retry: 'changed' },
  429: { phrase: 'Too Many Requests', rfc: '6585 §4', class: 'clientError',
         content: 'usual', cacheable: false, neverStored: true, fault: 'client', retry: 'later' },
  431: { phrase: 'Request Header Fields Too Large', rfc: '6585 §5', class: 'clientError',
         content: 'usual', cacheable: false, neverStored: true, fault: 'client', retry: 'changed' },
  451: { phrase: 'Unavailable For Legal Reasons', rfc: '7725 §3', class: 'clientError',
         content: 'usual', cacheable: true, should: ['Link'], fault: 'nobody', retry: 'never' },
  500: { phrase: 'Internal Server Error', rfc: '9110 §15.6.1', class: 'serverError',
         content: 'usual', cacheable: false, fault: 'server', retry: 'later', essential: true },
  501: { phrase: 'Not Implemented', rfc: '9110 §15.6.2', class: 'serverError',
         content: 'usual', cacheable: true, fault: 'server', retry: 'never' },
  502: { phrase: 'Bad Gateway', rfc: '9110 §15.6.3', class: 'serverError',
         content: 'usual', cacheable: false, fault: 'server', retry: 'later' },
  503: { phrase: 'Service Unavailable', rfc: '9110 §15.6.4', class: 'serverError',
         content: 'usual', cacheable: false, fault: 'server', retry: 'later' },
  504: { phrase: 'Gateway Timeout', rfc: '9110 §15.6.5', class: 'serverError',
         content: 'usual', cacheable: false, fault: 'server', retry: 'later' },
  505: { phrase: 'HTTP Version Not Supported', rfc: '9110 §15.6.6', class: 'serverError',
         content: 'usual', cacheable: false, fault: 'server', retry: 'changed' },
  506: { phrase: 'Variant Also Negotiates', rfc: '2295 §8.1', class: 'serverError',
         content: 'usual', cacheable: false, fault: 'server', retry: 'never' },
  507: { phrase: 'Insufficient Storage', rfc: '4918 §11.5', class: 'serverError',
         content: 'usual', cacheable: false, fault: 'server', retry: 'later' },
  508: { phrase: 'Loop Detected', rfc: '5842 §7.2', class: 'serverError',
         content: 'usual', cacheable: false, fault: 'server', retry: 'never' },
  510: { phrase: 'Not Extended', rfc: '2774 §7', class: 'serverError',
         content: 'usual', cacheable: false, fault: 'server', retry: 'changed', standing: 'deprecated' },
  511: { phrase: 'Network Authentication Required', rfc: '6585 §6', class: 'serverError',
         content: 'usual', cacheable: false, neverStored: true, fault: 'nobody', retry: 'authenticated' },
} as const satisfies Record<number, StatusRow>

/** A registered code. */
export type StatusCode = keyof typeof STATUS
/** The registered codes whose rows have these facts: `StatusWith<{ class: 'success' }>`. */
export type StatusWith<Facts extends Partial<StatusRow>> = {
  [Code in StatusCode]: (typeof STATUS)[Code] extends Facts ? Code : never
}[StatusCode]
/** Codes whose responses have no content. */
export type Bodyless = StatusWith<{ content: 'never' | 'empty' }>
/** The ten codes that come first everywhere. */
export type Essential = StatusWith<{ essential: true }>

const ROWS: Readonly<Record<number, StatusRow>> = STATUS
/** By first digit. An unknown code is its class's x00, but heuristic caching is only for codes defined so (RFC 9111 §4.2.2). */
const FALLBACK: Readonly<Record<number, StatusRow>> = {
  1: STATUS[100],
  2: { ...STATUS[200], cacheable: false },
  3: { ...STATUS[300], cacheable: false },
  4: STATUS[400],
  5: STATUS[500],
}

/**
 * What is known of a code. Unregistered codes are taken for the x00 of their class, and all above 599 for a
 * 500 (RFC 9110 §15).
 */
export function statusRow(code: number): StatusRow {
  return ROWS[code] ?? FALLBACK[Math.floor(code / 100)] ?? STATUS[500]
}

/** Is it in the registry? */
export function isStatusCode(code: number): code is StatusCode {
  return ROWS[code] !== undefined
}

/** Three digits, 100 to 999: what a status line can hold (RFC 9112 §4). */
export function parseStatus(value: string | number): number | undefined {
  const code = typeof value === 'number' ? value : THREE_DIGITS.test(value) ? Number(value) : 0
  return Number.isInteger(code) && code >= 100 && code <= 999 ? code : undefined
}

const THREE_DIGITS = /^\d{3}$/

/** Every registered code, ascending. */
export const STATUS_CODES: readonly StatusCode[] = Object.keys(STATUS).map(Number).filter(isStatusCode)

/** The ten, in the lesson's order, which is the ascending one. */
export const ESSENTIAL: readonly Essential[] = STATUS_CODES.filter(isEssential)

function isEssential(code: StatusCode): code is Essential {
  return statusRow(code).essential === true
}
