/** A step of a lesson as one line for a shell: ready to be pasted, and to be pasted again. */
import { curlArguments, fillFields, shellQuoted } from '../rules/index.ts'
import type { Keys, LessonRequest, LessonStep } from './lesson-step.ts'

export function curlLine({ prepare, request }: LessonStep, url: string, keys: Keys): string {
  const taken = prepare === undefined ? [] : fieldsTaken(request)
  const before =
    prepare !== undefined && taken.length === 0 ? `curl -so /dev/null ${argumentsOf(prepare, url, keys)}; ` : ''
  const field = (name: string): string =>
    prepare === undefined ? '' : `$(curl -si ${argumentsOf(prepare, url, keys)} | ${TAKE[name] ?? ''})`
  return `${before}curl -i ${argumentsOf(request, url, keys, field)}`
}

/** Which fields of the preparation's answer the request needs. */
function fieldsTaken({ path, fields = {} }: LessonRequest): string[] {
  const taken: string[] = []
  for (const text of [path, ...Object.values(fields)]) fillFields(text, (name) => (taken.push(name), ''))
  return taken
}

/** Their values, without the end of the line. */
const TAKE: Readonly<Record<string, string>> = {
  Location: `sed -n 's/^Location: \\([^[:space:]]*\\).*/\\1/p'`,
  ETag: `sed -n 's/^ETag: \\([^[:space:]]*\\).*/\\1/p'`,
}

function argumentsOf(
  { method, path, as, fields = {}, content }: LessonRequest,
  url: string,
  keys: Keys,
  field: (name: string) => string = () => '',
): string {
  const written: (readonly [string, string])[] = [
    ...(as === undefined ? [] : [['Authorization', `Bearer ${keys[as]}`] as const]),
    ...(content === undefined ? [] : [['Content-Type', 'application/json'] as const]),
    ...Object.entries(fields),
  ]
  const request = {
    method,
    url: `${url}${path}`,
    fields: written,
    content: content === undefined ? '' : JSON.stringify(content),
  }
  return curlArguments(request, (text) => quoted(text, field))
}

/** In single quotes, unless the shell is to look inside. */
function quoted(text: string, field: (name: string) => string): string {
  const open = /\{[A-Z][\w-]*\}|\$[A-Z_]+/.test(text)
  return open ? `"${fillFields(text.replace(/["\\`]/g, '\\$&'), field)}"` : shellQuoted(text)
}
