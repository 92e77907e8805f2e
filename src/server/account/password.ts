/**
 * Passwords, hashed with scrypt (RFC 7914) and kept as `$scrypt$ln=15,r=8,p=3$salt$hash`.
 *
 * The cost stands with the hash, so it can be raised: a hash of another cost is verified at its own,
 * and made anew when its owner next signs in. Off the event loop, two at once, so that the thread
 * pool keeps room for files and names; beyond a bounded queue the answer is `Unavailable`, and each
 * address has a share of that queue.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { Tried } from '../operation.ts'
import { Shares } from '../shares.ts'
import { Gate } from './gate.ts'

/** What to store for a password. Takes about a third of a second. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_OCTETS)
  return formatHash({ ...COST, salt, key: await derive(password, { ...COST, salt }, KEY_OCTETS) })
}

/** Is it the password? Without a stored hash the answer is no, after the same work. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const known = stored === undefined ? NOBODY : parseHash(stored)
  const key = await derive(password, known, known.key.length)
  return timingSafeEqual(key, known.key) && stored !== undefined
}

/** Was it made at the cost of today? */
export function isCurrent(stored: string): boolean {
  const { ln, r, p } = parseHash(stored)
  return ln === COST.ln && r === COST.r && p === COST.p
}

/** Has this address fewer than `most` places among those who hash and wait? */
export function hasPlace(address: string, most: number): Tried {
  return { allowed: places.held(address) < most, retryAfter: RETRY_AFTER }
}

/** Holds a place of this address from now on and until the work is done. */
export async function inPlace<T>(address: string, work: () => Promise<T>): Promise<T> {
  const place = places.claim(address)
  try {
    return await work()
  } finally {
    places.release(place)
  }
}

interface Cost {
  /** The base-2 logarithm of N. */
  readonly ln: number
  readonly r: number
  readonly p: number
}

interface Hash extends Cost {
  readonly salt: Uint8Array
  readonly key: Uint8Array
}

/** One of the settings of equal strength that OWASP names; this one needs 32 MiB at a time. */
const COST: Cost = { ln: 15, r: 8, p: 3 }
const SALT_OCTETS = 16
const KEY_OCTETS = 32

/** What a password is compared with where there is none to compare it with. */
const NOBODY: Hash = { ...COST, salt: randomBytes(SALT_OCTETS), key: randomBytes(KEY_OCTETS) }

/** Seconds after which somebody who found too many there may try again. */
const RETRY_AFTER = 5
const gate = new Gate({ atOnce: 2, waiting: 32, retryAfter: RETRY_AFTER })
const places = new Shares()

function derive(password: string, { ln, r, p, salt }: Omit<Hash, 'key'>, octets: number): Promise<Uint8Array> {
  // The same characters may be typed in several encodings (RFC 8265 §4.2.2).
  const text = password.normalize('NFC')
  const options = { N: 2 ** ln, r, p, maxmem: 256 * r * (2 ** ln + p) }
  return gate.pass(
    () =>
      new Promise((resolve, reject) => {
        scrypt(text, salt, octets, options, (error, key) => (error === null ? resolve(key) : reject(error)))
      }),
  )
}

function formatHash({ ln, r, p, salt, key }: Hash): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(key)}`
}

function parseHash(stored: string): Hash {
  const [, ln, r, p, salt, key] = STORED.exec(stored) ?? []
  if (salt === undefined || key === undefined) throw new TypeError('a stored password is not in its form')
  return {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  }
}

const STORED = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z\d+/]+)\$([A-Za-z\d+/]+)$/

const base64 = (octets: Uint8Array) => Buffer.from(octets).toString('base64').replace(/=+$/, '')
