/**
 * Bearer tokens (RFC 6750), renewed once for all requests that were refused with the same one.
 *
 * Each request remembers the token it was sent with: a late 401 to a token that is already old is no
 * reason to renew again.
 */

export interface Auth {
  /** The value of Authorization; undefined for none. */
  credentials(): string | undefined | Promise<string | undefined>
  /** After a 401 to these credentials: how there came to be other ones; undefined if there are none. */
  renew(refused: string | undefined): Promise<'refresh' | 'another request' | undefined>
}

export interface BearerOptions {
  /** The token, or where to look it up at the first request. */
  readonly token?: string | undefined | (() => string | undefined | Promise<string | undefined>)
  /** Gets a new token: signs in again, or uses a refresh token. Without one, a 401 is final. */
  readonly refresh?: () => Promise<string | undefined>
}

export function bearer({ token, refresh }: BearerOptions): Auth {
  let current: Promise<string | undefined> | undefined
  let renewing: Promise<string | undefined> | undefined
  const load = async (): Promise<string | undefined> => (typeof token === 'function' ? token() : token)
  const credentials = async (): Promise<string | undefined> => {
    const held = await (current ??= load()).catch((error: unknown) => {
      // Looked up again next time, if it could not be this time.
      current = undefined
      throw error
    })
    return held === undefined ? undefined : `Bearer ${held}`
  }
  return {
    credentials,
    async renew(refused) {
      const before = current
      // Also if they came to be others just while this was looked up.
      if ((await credentials()) !== refused || current !== before) return 'another request'
      renewing ??= refresh?.()
      try {
        const fresh = await renewing
        if (fresh === undefined) return undefined
        current = Promise.resolve(fresh)
        return 'refresh'
      } finally {
        // Not before the new ones are there, or somebody would renew them again.
        renewing = undefined
      }
    },
  }
}
