/**
 * What a call can be rejected with. A status is no error: it is a reply; `value()` alone makes one of it.
 */

/** No reply: the connection failed, or what came was no HTTP. Its `cause` is what the platform said. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'

  constructor(method: string, url: string, cause: unknown) {
    super(`${method} ${url}: no reply${said(cause)}`, { cause })
  }
}

/** No whole reply within the time for it, content included. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError'

  constructor(method: string, url: string, ms: number) {
    super(`${method} ${url}: no whole reply within ${ms} ms`)
  }
}

/** A reply whose content is not what its status and fields promise: no JSON, too long. */
export class ContentError extends Error {
  override readonly name = 'ContentError'
  declare readonly status: number

  constructor(method: string, url: string, status: number, what: string, cause?: unknown) {
    super(`${method} ${url}: ${status}, but its content is ${what}`, { cause })
    this.status = status
  }
}

/** An update was asked for of something without a strong entity tag: it could only be overwritten blindly. */
export class NoValidator extends Error {
  override readonly name = 'NoValidator'

  constructor(url: string) {
    super(`GET ${url}: no strong ETag, so an update could overwrite what others wrote`)
  }
}

/** A status that `value()` cannot make a value of. */
export class StatusError extends Error {
  override readonly name = 'StatusError'
  declare readonly status: number
  declare readonly problem: unknown

  constructor(
    method: string,
    url: string,
    status: number,
    problem: { readonly title: string; readonly detail?: string },
  ) {
    super(`${method} ${url}: ${status} ${problem.title}${problem.detail === undefined ? '' : `: ${problem.detail}`}`)
    this.status = status
    this.problem = problem
  }
}

/** Platforms say `fetch failed` and keep what failed deeper down. */
function said(cause: unknown): string {
  if (!(cause instanceof Error)) return ''
  // Of a host with several addresses each has failed.
  const deeper: unknown = cause instanceof AggregateError ? cause.errors[0] : cause.cause
  return said(deeper) || (cause.message && ` (${cause.message})`)
}
