/**
 * Reactions: what a client may do by itself about a status, before anybody has to decide anything.
 *
 * Rule 1: a row for each code that asks for more than being read; an unknown code is its class's x00 (RFC 9110 §15).
 * Rule 2: what is repeated is idempotent, or has a key by which the server knows it again (RFC 9110 §9.2.2).
 * Apart from `status.ts`, and `method.ts`, so that a client carries no prose; reaction.test.ts holds them together.
 */
import type { Method } from './method.ts'
import type { StatusCode } from './status.ts'

export interface ReactionRow {
  /**
   * `reuse` what is stored; go where Location says and get that instead (`redirect`), or get it if asked (`follow`);
   * ask the monitor (`poll`); renew the credentials and send again (`authenticate`); wait and send again (`repeat`);
   * read the item anew before writing (`reread`); use a method that Allow names (`switch`).
   */
  readonly may?: 'reuse' | 'redirect' | 'follow' | 'poll' | 'authenticate' | 'repeat' | 'reread' | 'switch'
  /** The method of the request to Location: kept, always GET, or `rewritable`, which means that POST may become GET. */
  readonly redirect?: 'kept' | 'rewritable' | 'GET'
  /** It leads there for good. */
  readonly permanent?: true
}

// oxfmt-ignore
export const REACTION = {
  201: { may: 'follow' },
  202: { may: 'poll' },
  301: { may: 'redirect', redirect: 'rewritable', permanent: true },
  302: { may: 'redirect', redirect: 'rewritable' },
  303: { may: 'redirect', redirect: 'GET' },
  304: { may: 'reuse' },
  307: { may: 'redirect', redirect: 'kept' },
  308: { may: 'redirect', redirect: 'kept', permanent: true },
  401: { may: 'authenticate' },
  405: { may: 'switch' },
  408: { may: 'repeat' },
  412: { may: 'reread' },
  425: { may: 'repeat' },
  429: { may: 'repeat' },
  500: { may: 'repeat' },
  501: {},
  502: { may: 'repeat' },
  503: { may: 'repeat' },
  504: { may: 'repeat' },
  505: {},
  506: {},
  // Room does not appear within seconds.
  507: {},
  508: {},
  510: {},
  511: {},
} as const satisfies { readonly [S in StatusCode]?: ReactionRow }

/**
 * What a typed call does not end with: a caller never sees it (`absorbed`), or only if client and server disagree
 * about the API (`unexpected`). For types alone; it does not travel.
 */
// oxfmt-ignore
export const ARM = {
  301: 'absorbed', 302: 'absorbed', 303: 'absorbed', 304: 'absorbed', 307: 'absorbed', 308: 'absorbed',
  405: 'unexpected', 406: 'unexpected', 411: 'unexpected', 414: 'unexpected', 415: 'unexpected', 417: 'unexpected',
  431: 'unexpected', 501: 'unexpected', 505: 'unexpected',
} as const satisfies { readonly [S in StatusCode]?: 'absorbed' | 'unexpected' }

/** The codes to which a client may react so. */
export type StatusMay<R extends NonNullable<ReactionRow['may']>> = ReactingWith<{ may: R }>
/** Of what an operation gives, the codes that a well-formed, typed call ends with, once the client has reacted. */
export type Seen<S extends number> = Exclude<S, keyof typeof ARM> | Elsewhere<S>

/** What is found where a redirect leads with GET is what GET gives there. */
type Elsewhere<S> = [S & ReactingWith<{ redirect: 'GET' }>] extends [never] ? never : 200

type ReactingWith<Facts extends object> = {
  [S in keyof typeof REACTION]: (typeof REACTION)[S] extends Facts ? S : never
}[keyof typeof REACTION]

/** What may be done about any code from 100 on; above all classes is taken for a server's error (RFC 9110 §15). */
export function reactionTo(status: number): ReactionRow {
  const rows: { readonly [status: number]: ReactionRow | undefined } = REACTION
  return rows[status] ?? rows[Math.min(status - (status % 100), 500)] ?? {}
}

/** Was the request received, understood and accepted (RFC 9110 §15.3)? Unknown codes of the class too. */
export function isSuccess(status: number): boolean {
  return Math.trunc(status / 100) === 2
}

const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'TRACE'] satisfies Method[]

/** Does the method ask for no change (RFC 9110 §9.2.1)? */
export function isSafe(method: string): boolean {
  return SAFE.includes(method)
}

const IDEMPOTENT: readonly string[] = [...SAFE, ...(['PUT', 'DELETE'] satisfies Method[])]

/** May the same request be sent again by itself (RFC 9110 §9.2.2)? `keyed`: it has an Idempotency-Key. */
export function mayRepeat(method: string, keyed: boolean): boolean {
  return keyed || IDEMPOTENT.includes(method)
}

/** The method of the request to Location (RFC 9110 §15.4): POST may become GET; HEAD stays as it is. */
export function redirectedMethod({ redirect }: ReactionRow, method: string): string {
  const changes = redirect === 'GET' ? method !== 'HEAD' : redirect === 'rewritable' && method === 'POST'
  return changes ? 'GET' : method
}
