/** A draft as a line for a shell. */
import { curlArguments } from '../../src/rules/index.ts'
import { type Draft, fieldsOf } from './draft.ts'
import type { Keys } from './keys.ts'

export function curlOf(draft: Draft, keys: Keys, origin: string): string {
  const { method, path, content } = draft
  return `curl -i ${curlArguments({ method, url: `${origin}${path}`, fields: fieldsOf(draft, keys), content })}`
}
