/** From what would have helped to the request that has it: one change, ready to be sent. */
import { type ExplainedExchange, GUARD, methodRow, parseQuery, type Remedy } from '../../src/rules/index.ts'
import { type Draft, EMPTY, withField } from './draft.ts'
import type { Keys } from './keys.ts'
import { sampleOf } from './sample.ts'

export interface Change {
  /** `as admin`, `with If-Match "7"`, `with username` */
  readonly label: string
  readonly draft: Draft
  /** Nothing is left to be filled in. */
  readonly ready: boolean
  /** Milliseconds to wait first. */
  readonly wait?: number
}

/** `sent`: the request, if this page sent it; of another only method and path are known. */
export function changesFor(exchange: ExplainedExchange, sent: Draft | undefined, keys: Keys): readonly Change[] {
  const { method, path, whyNot } = exchange
  const draft = sent ?? { ...EMPTY, method, path }
  const complete = sent !== undefined || !takesContent(method)
  const remedies = whyNot?.remedies ?? []
  const together = remedies.filter((remedy) => 'together' in remedy)
  const apart = remedies.filter((remedy) => !('together' in remedy))
  const changes = [
    ...(together.length === 0 ? [] : [mended(draft, together)]),
    ...apart.flatMap((remedy) => CHANGE[remedy.kind]?.(draft, remedy as never, keys) ?? []),
  ]
  const labels = new Set<string>()
  return changes
    .filter(({ label }) => !labels.has(label) && labels.add(label))
    .map((change) => ({ ...change, ready: change.ready && complete }))
}

const takesContent = (method: string): boolean => methodRow(method).content === 'expected'

type Kind<K extends Remedy['kind']> = Extract<Remedy, { kind: K }>

const CHANGE: { readonly [K in Remedy['kind']]?: (draft: Draft, remedy: Kind<K>, keys: Keys) => Change[] } = {
  credentials(draft, { role, who }, keys) {
    const clean = withField(draft, 'Authorization', undefined)
    // Keys are known by role, so whoever asks has to say whose this takes.
    if (who !== undefined) return [{ label: `as ${GUARD.get(who)?.words}`, draft: { ...clean, as: '' }, ready: false }]
    const roles = role === undefined ? Object.keys(keys) : [role]
    return roles.map((as) => ({ label: `as ${as}`, draft: { ...clean, as }, ready: keys[as] !== undefined }))
  },
  field: (draft, { name, value }) => [
    {
      label: value === undefined ? `with ${name}` : `with ${name} ${value}`,
      draft: withField(draft, name, value ?? ''),
      ready: value !== undefined,
    },
  ],
  withoutField(draft, { name }) {
    const as = name === 'Authorization' ? '' : draft.as
    return [{ label: `without ${name}`, draft: { ...withField(draft, name, undefined), as }, ready: true }]
  },
  method: (draft, { allow }) =>
    allow
      .filter((method) => method !== 'OPTIONS' && method !== 'HEAD')
      .map((method) => ({
        label: `with ${method}`,
        draft: { ...draft, method },
        ready: method === 'GET' || draft.content !== '' || !takesContent(method),
      })),
  target(draft, { location, query }) {
    if (location === undefined) return []
    const path = query === undefined ? location : `${location}${/\?.*/s.exec(draft.path)?.[0] ?? ''}`
    return [{ label: `at ${path}`, draft: { ...draft, path }, ready: true }]
  },
  content: (draft) => [{ label: 'with other content', draft, ready: false }],
  wait: (draft, { seconds }) => [
    { label: seconds > 0 ? `again, in ${seconds} s` : 'again', draft, ready: true, wait: seconds * 1000 },
  ],
}

/** Every wrong member mended, every wrong parameter left away, and one that is missed put there, for its value to be written. */
function mended(draft: Draft, remedies: readonly (Kind<'member'> | Kind<'parameter'>)[]): Change {
  let { path, content } = draft
  let ready = true
  for (const remedy of remedies) {
    if (remedy.kind === 'parameter') {
      path = isLeft(remedy) ? withoutParameter(path, remedy.name) : withParameter(path, remedy.name)
      ready &&= isLeft(remedy)
      continue
    }
    const changed = withMember(content, remedy)
    ready &&= changed !== undefined
    content = changed ?? content
  }
  return { label: labelOf(remedies), draft: { ...draft, path, content }, ready }
}

/** `with username, slug and without bogus, ?colour` */
function labelOf(remedies: readonly (Kind<'member'> | Kind<'parameter'>)[]): string {
  const [left, set] = [remedies.filter(isLeft), remedies.filter((remedy) => !isLeft(remedy))]
  const named = (word: string, some: typeof remedies): string[] =>
    some.length === 0 ? [] : [`${word} ${some.map(nameOf).join(', ')}`]
  return [...named('with', set), ...named('without', left)].join(' and ')
}

function isLeft(remedy: Kind<'member'> | Kind<'parameter'>): boolean {
  return remedy.kind === 'parameter' ? remedy.code !== 'required' : remedy.change === 'leave'
}

function nameOf(remedy: Kind<'member'> | Kind<'parameter'>): string {
  if (remedy.kind === 'parameter') return `?${remedy.name}`
  return remedy.pointer === '' ? 'other content' : unescaped(remedy.pointer.slice(1))
}

/** Names are compared as they were meant, however they were escaped. */
function withoutParameter(path: string, name: string): string {
  const [bare = '', query = ''] = path.split('?')
  const others = query.split('&').filter((part) => part !== '' && parseQuery(part)?.[0]?.[0] !== name)
  return others.length === 0 ? bare : `${bare}?${others.join('&')}`
}

function withParameter(path: string, name: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${encodeURIComponent(name)}=`
}

/** The content with the member that the pointer names as it is declared; undefined if that cannot be told. */
function withMember(content: string, { pointer, change, schema = {} }: Kind<'member'>): string | undefined {
  const path = pointer.split('/').slice(1).map(unescaped)
  const last = path.pop()
  if (last === undefined || change === 'choose') return undefined
  try {
    const whole: unknown = content === '' ? {} : JSON.parse(content)
    let at: unknown = whole
    for (const name of path) at = isRecord(at) ? at[name] : undefined
    if (!isRecord(at)) return undefined
    if (change === 'leave') delete at[last]
    else at[last] = sampleOf(schema, last)
    return JSON.stringify(whole, null, 2)
  } catch {
    return undefined
  }
}

function unescaped(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
