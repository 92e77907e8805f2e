/**
 * Tokens: 256 random bits, readable as ours by their beginning. What is stored is the digest.
 *
 * One round of SHA-256 without salt is enough, since nobody can guess 256 bits; a key that an
 * operator chooses must be as long to be as safe.
 */
import { hash, randomBytes } from 'node:crypto'
import { remember } from '../../rules/remember.ts'

const BEGINNING = { session: 'ten_s_', key: 'ten_k_' } as const

export type CredentialKind = keyof typeof BEGINNING

/** A new token, as it is handed out: once. */
export function newToken(kind: CredentialKind): string {
  return BEGINNING[kind] + randomBytes(32).toString('base64url')
}

/** What is stored of a token, and what it is looked up by. */
export const digest = remember((token: string): string => hash('sha256', token, 'base64url'))

/** Any token68 can be a key (RFC 9110 §11.2), except what begins like a session. */
export function kindOf(token: string): CredentialKind {
  return token.startsWith(BEGINNING.session) ? 'session' : 'key'
}

/** Why an operator's own key cannot be one, or undefined. */
export function keyFault(key: string): string | undefined {
  if (!TOKEN68.test(key)) return 'a key consists of letters, digits and -._~+/, with = at its end only'
  if (kindOf(key) === 'session') return `a key does not begin with ${BEGINNING.session}`
  return undefined
}

const TOKEN68 = /^[\w\-.~+/]+=*$/
