/** What `serve` says when it listens: where, who may come in, and what to try. */
import { dirname, join, relative } from 'node:path'
import { existsSync } from 'node:fs'
import type { Engine } from '../server/engine/engine.ts'
import { curlLine } from './curl.ts'
import { explorerAddress } from './explorer.ts'
import type { Host } from './host.ts'
import type { Keys } from './lesson-step.ts'

export interface Place {
  readonly url: string
  /** The file that declares the API. */
  readonly file: string
  /** What could be declared better. */
  readonly notices: readonly string[]
}

/** In development. With a `lesson.ts` beside the API, its requests as lines for a shell; else the API's operations. */
export async function banner({ url, file, notices }: Place, engine: Engine, host: Host): Promise<string> {
  const lesson = join(dirname(file), 'lesson.ts')
  const known = keysOf(engine)
  const lines = existsSync(lesson) ? await lessonLines(lesson, url, known, host) : operationLines(engine)
  return [
    `${relative(host.folder, file)} is served at ${url}`,
    ...notices.map((notice) => `  ${notice}`),
    '',
    ...keyLines(known),
    `Explorer${known.some(({ key }) => key !== undefined) ? ', with the keys' : ''}:`,
    `  ${explorerAddress(url, keysByRole(known))}`,
    '',
    ...lines,
    '',
    'Stop it with Ctrl+C. Every request from now on gives a line here:',
    '',
  ].join('\n')
}

/** From where a key is known. */
interface KnownKey {
  readonly role: string
  readonly key: string | undefined
  readonly from: 'seed' | 'made' | 'none'
}

/** Of the accounts of the seed. One that was made is known to this process alone. */
function keysOf({ compiled, madeKeys }: Engine): KnownKey[] {
  const { accounts, auth, seed } = compiled.declaration
  if (accounts === undefined || !auth.apiKeys) return []
  return (seed[accounts.in] ?? []).map(({ values, key }) => {
    const role = String(values[accounts.role] ?? 'user')
    const made = madeKeys.find(({ login }) => login === values[accounts.login])
    if (key !== undefined) return { role, key, from: 'seed' }
    return { role, key: made?.key, from: made === undefined ? 'none' : 'made' }
  })
}

/** Keys that were made when the API was loaded once more. */
export function madeKeyLines(engine: Engine): string[] {
  return keyLines(keysOf(engine).filter(({ from }) => from === 'made'))
}

function keyLines(keys: readonly KnownKey[]): string[] {
  if (keys.length === 0) return []
  const width = Math.max(...keys.map(({ role }) => role.length))
  const lines = keys.map(
    ({ role, key, from }) => `  ${role.padEnd(width)}  ${key ?? `$${variable(role)}`}${NOTE[from]}`,
  )
  const hint = keys.flatMap(({ role, from }) => (from === 'made' ? [`${variable(role)}=…`] : [])).join(' ')
  return [
    'Keys:',
    ...lines,
    ...(hint === '' ? [] : [`  To keep to keys of your own: ${hint} in the environment, and start again.`]),
    '',
  ]
}

/** Those that are known. */
function keysByRole(keys: readonly KnownKey[]): Record<string, string> {
  return Object.fromEntries(keys.flatMap(({ role, key }) => (key === undefined ? [] : [[role, key]])))
}

const NOTE: Readonly<Record<KnownKey['from'], string>> = {
  seed: '',
  made: '  (made just now; it is shown this once)',
  none: '  (the database has no such account)',
}

async function lessonLines(lesson: string, url: string, known: readonly KnownKey[], host: Host): Promise<string[]> {
  const { loadLesson } = await import('./load-lesson.ts')
  const keys: Keys = { basic: keyOf(known, 'basic'), admin: keyOf(known, 'admin') }
  const { value } = await loadLesson(lesson, host)
  return [
    'One request for each of the ten codes that come first:',
    '',
    ...value.flatMap((step) => [`# ${step.code} ${step.title}`, curlLine(step, url, keys)]),
  ]
}

/** A key that is not known here is taken from the shell's environment. */
function keyOf(known: readonly KnownKey[], role: string): string {
  return known.find((key) => key.role === role)?.key ?? `$${variable(role)}`
}

function variable(role: string): string {
  return `${role.toUpperCase().replace(/\W/g, '_')}_KEY`
}

function operationLines({ operations }: Engine): string[] {
  const declared = operations.map(({ operation }) => operation)
  const width = Math.max(...declared.map(({ method }) => method.length))
  return [
    'Operations:',
    ...declared.map(({ method, path, summary }) => `  ${method.padEnd(width)} ${path}  ${summary}`),
  ]
}
