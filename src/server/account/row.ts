/**
 * An account that an operator states, as a row: every member through its schema, whoever may set it
 * over HTTP. Hooks are not run: there is no request they could speak of.
 */
import { accountsIn } from './table.ts'
import type { ApiDeclaration, SeedItem } from '../declare/declaration.ts'
import { INPUT_ERROR, schemaErrors } from '../collection/input-error.ts'
import type { ProblemError } from '../../rules/index.ts'
import { keyFault } from './token.ts'
import { passwordMember } from './member.ts'
import { collectionNamed } from '../declare/collections.ts'
import type { Value } from '../storage.ts'

export interface AccountRow {
  readonly errors: readonly ProblemError[]
  readonly values: Readonly<Record<string, Value>>
}

export async function accountRow(api: ApiDeclaration, item: SeedItem): Promise<AccountRow> {
  const { fields, check } = collectionNamed(api, accountsIn(api).in)
  const errors: ProblemError[] = credentialErrors(api, item)
  const values: Record<string, Value> = {}
  for (const name of Object.keys(item.values)) if (fields[name] === undefined) errors.push(INPUT_ERROR.unknown(name))
  for (const [name, { schema }] of Object.entries(fields)) {
    const sent = item.values[name]
    const result = await schema['~standard'].validate(sent)
    if (result.issues === undefined) {
      if (result.value !== undefined) values[name] = result.value
    } else if (sent === undefined) errors.push(INPUT_ERROR.required(name))
    else errors.push(...schemaErrors(name, result.issues, sent))
  }
  if (errors.length === 0) errors.push(...(check?.(values) ?? []))
  return { errors, values }
}

function credentialErrors(api: ApiDeclaration, { key, password }: SeedItem): ProblemError[] {
  const errors: ProblemError[] = []
  if (key !== undefined) {
    const detail = api.auth.apiKeys ? keyFault(key) : 'Keys are used where auth declares apiKeys().'
    if (detail !== undefined) errors.push({ pointer: '/key', detail, code: 'invalid' })
  }
  if (password !== undefined) {
    const undeclared = {
      pointer: '/password',
      detail: 'Passwords are used where auth declares password().',
      code: 'invalid',
    }
    errors.push(...(passwordMember(api)?.check(password) ?? [undeclared]))
  }
  return errors
}
