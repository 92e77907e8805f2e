/** A draft as a line for a shell. */
import { type Draft, fieldsOf } from './draft.ts'
import type { Keys } from './keys.ts'

export function curlOf(draft: Draft, keys: Keys, origin: string): string {
  const implied = draft.content === '' ? 'GET' : 'POST'
  return [
    'curl -i',
    ...(draft.method === implied ? [] : [draft.method === 'HEAD' ? '-I' : `-X ${draft.method}`]),
    ...fieldsOf(draft, keys).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(draft.content === '' ? [] : [`-d ${quote(draft.content)}`]),
    quote(`${origin}${draft.path}`),
  ].join(' ')
}

function quote(text: string): string {
  return /^[\w\-./:]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
