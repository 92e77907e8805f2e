/**
 * What may be thrown on purpose: the four failures that have a status of their own.
 *
 * Everything else that is thrown is unforeseen and answered 500. A fault never carries text to the
 * client: its message and cause are for the log.
 */

interface FaultOptions {
  /** Seconds after which trying again is sensible; sent as Retry-After (RFC 9110 §10.2.3). */
  readonly retryAfter?: number
  readonly cause?: unknown
}

/** Something this server depends on cannot be reached, or is too busy: 503 (RFC 9110 §15.6.4). */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  /** Seconds. */
  readonly retryAfter: number | undefined
  constructor(message = 'unavailable', options: FaultOptions = {}) {
    super(message, { cause: options.cause })
    this.retryAfter = options.retryAfter
  }
}

/** There is no room left to store what was sent: 507 (RFC 4918 §11.5). */
export class Full extends Error {
  override readonly name = 'Full'
  constructor(message = 'full', options: Pick<FaultOptions, 'cause'> = {}) {
    super(message, { cause: options.cause })
  }
}

/** A server behind this one gave an answer that cannot be used: 502 (RFC 9110 §15.6.3). */
export class BadUpstream extends Error {
  override readonly name = 'BadUpstream'
  constructor(message = 'bad upstream', options: Pick<FaultOptions, 'cause'> = {}) {
    super(message, { cause: options.cause })
  }
}

/** A server behind this one did not answer in time: 504 (RFC 9110 §15.6.5). */
export class UpstreamTimeout extends Error {
  override readonly name = 'UpstreamTimeout'
  constructor(message = 'upstream timeout', options: Pick<FaultOptions, 'cause'> = {}) {
    super(message, { cause: options.cause })
  }
}
