/**
 * The member `password` of the accounts collection: taken on create and update, never sent, and
 * kept in a table of its own that no read of an item touches.
 *
 * Order for whoever compiles the collection: `check` and `mayChange` while the content is read;
 * `prepare` before the transaction, since hashing takes a third of a second; `write` inside it.
 */
import type { ProblemError } from '../../rules/index.ts'
import { ADMIN } from './table.ts'
import { hashPassword, hasPlace, inPlace } from './password.ts'
import { writePassword } from './password-row.ts'
import type { ApiDeclaration } from '../declare/declaration.ts'
import type { Caller, Eventually, Tried } from '../operation.ts'
import type { Transaction } from '../storage.ts'

export interface PasswordMember {
  readonly name: 'password'
  /** JSON Schema of the member, for the API's description; optional in every shape, and in no output. */
  readonly schema: Readonly<Record<string, unknown>>
  /** What is wrong with the value; no errors when it fits. Only called when the member was sent. */
  check(value: unknown): readonly ProblemError[]
  /** May this caller set the password of this account? `undefined`: of one that is being created. */
  mayChange(caller: Caller | undefined, account: string | undefined): boolean
  /** Has this address a place left to hash one more? */
  mayHash(address: string): Tried
  /** From a value that passed `check` to what `write` stores. Throws `Unavailable` when too many wait. */
  prepare(value: unknown, address: string): Promise<string>
  /** Stores it, and ends every session of the account except the one whose credential is `keep`. */
  write(tx: Transaction, account: string, prepared: string, keep?: string): Eventually<void>
}

/** The member, where `password()` is declared; the shape of values is a text of 8 to 128 characters. */
export function passwordMember(api: ApiDeclaration): PasswordMember | undefined {
  if (api.accounts === undefined || !api.auth.password) return undefined
  return {
    name: 'password',
    schema: {
      type: 'string',
      minLength: SHORTEST,
      maxLength: LONGEST,
      writeOnly: true,
      description: 'Never sent. Setting it ends the other sessions of the account.',
    },
    check: checkPassword,
    mayChange: (caller, account) => account === undefined || caller?.id === account || caller?.role === ADMIN,
    mayHash: (address) => hasPlace(address, api.limits.passwordsPerAddress),
    prepare: (value, address) => inPlace(address, () => hashPassword(String(value))),
    write: writePassword,
  }
}

const SHORTEST = 8
const LONGEST = 128

/** Characters are code points, as in RFC 8265 and in JSON Schema. */
function checkPassword(value: unknown): readonly ProblemError[] {
  if (typeof value !== 'string') return wrong('A password is a text, and is not taken away once set.')
  if (UNTYPABLE.test(value)) return wrong('A password has no control characters, and is well-formed Unicode.')
  const length = [...value].length
  if (length < SHORTEST || length > LONGEST) return wrong(`A password has ${SHORTEST} to ${LONGEST} characters.`)
  return []
}

/** RFC 8265 §4.2.2 */
const UNTYPABLE = /[\p{Cc}\p{Surrogate}]/u

function wrong(detail: string): readonly ProblemError[] {
  return [{ pointer: '/password', detail, code: 'invalid' }]
}
