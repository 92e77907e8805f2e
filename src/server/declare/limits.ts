/** How much an API takes of a request and of all together, and for how long it waits. */

export interface ApiLimits {
  /** Octets of the request target. */
  readonly target: number
  /** Octets of the field section. */
  readonly fields: number
  /** Octets of content. */
  readonly content: number
  /** Levels of arrays and objects in JSON. */
  readonly depth: number
  /** Values in JSON, arrays and objects among them. */
  readonly values: number
  /** Milliseconds for the head section to arrive. */
  readonly headTime: number
  /** Milliseconds for the content to arrive. */
  readonly contentTime: number
  /** Milliseconds a stop waits for requests in progress. */
  readonly drainTime: number
  /** Requests in progress at once. */
  readonly requests: number
  /** Of these, from one address (of IPv6, one network of 64 bits). Behind a proxy all come from its address. */
  readonly requestsPerAddress: number
  /** Passwords from one address that are hashed or wait for it, of 34 in all: at logins, sign-ups and changes. */
  readonly passwordsPerAddress: number
  /** Failed logins a minute, to one account from one address. */
  readonly failedLogins: number
}

/** Sizes in octets, times in milliseconds. A line of 8,000 octets must be taken (RFC 9112 §3). */
export const LIMITS: ApiLimits = {
  target: 8192,
  fields: 16_384,
  content: 1_048_576,
  depth: 64,
  values: 10_000,
  headTime: 10_000,
  contentTime: 30_000,
  drainTime: 10_000,
  requests: 1000,
  requestsPerAddress: 500,
  passwordsPerAddress: 8,
  failedLogins: 10,
}
