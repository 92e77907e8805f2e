/** From a cure of the table to changes of one request: what it is to be changed to, as far as that is known. */
import { formatDate } from './date.ts'
import type { MemberChange, Remedy } from './explanation.ts'
import type { ProblemError } from './problem.ts'
import { type Cure, GUARD, MISTAKE } from './remedy.ts'

/** What an exchange knows that its path does not say. No value that was sent. */
export interface Circumstances {
  /** Who may: `owner`, `admin`; empty where anybody may. */
  readonly guards: readonly string[]
  /** Names of the author's functions among those who decide who may. */
  readonly rules: readonly string[]
  /** What was found wrong. */
  readonly errors: readonly ProblemError[]
  /** The methods of the resource. */
  readonly allow: readonly string[]
  readonly takes: readonly string[]
  readonly offers: readonly string[]
  readonly etag?: string | undefined
  /** Milliseconds since the epoch. */
  readonly lastModified?: number | undefined
  /** Where it is, if it is known to be elsewhere. */
  readonly location?: string | undefined
  /** Seconds. */
  readonly retryAfter?: number | undefined
  /** What the content is declared as, in JSON Schema. */
  readonly input?: object | undefined
}

/** The changes to a request that a cure comes to. */
export function remediesBy(cure: Cure, known: Circumstances): Remedy[] {
  switch (cure.by) {
    case 'credentials':
      return known.guards.map(credentials)
    case 'otherCredentials':
      return known.guards.length === 0
        ? [{ kind: 'withoutField', name: 'Authorization' }, { kind: 'credentials' }]
        : known.guards.map(credentials)
    case 'errors':
      return known.errors.flatMap((error) => mended(error, known))
    case 'method':
      return [{ kind: 'method', allow: known.allow }]
    case 'target':
      return [target(cure, known)]
    case 'content':
      return [{ kind: 'content' }]
    case 'wait':
      return [{ kind: 'wait', seconds: Math.max(1, Math.ceil(known.retryAfter ?? 1)) }]
    case 'field':
      return field(cure.name, cure.value && VALUE[cure.value](known), cure.value !== undefined)
    case 'withoutField':
      return [{ kind: 'withoutField', name: cure.name }]
  }
}

function target({ query }: Extract<Cure, { by: 'target' }>, { location }: Circumstances): Remedy {
  return location === undefined
    ? { kind: 'target' }
    : { kind: 'target', location, ...(query !== undefined && { query }) }
}

function credentials(guard: string): Remedy {
  const row = GUARD.get(guard)
  if (row === undefined) return { kind: 'credentials', role: guard }
  return { kind: 'credentials', ...(row.who !== undefined && { who: row.who }) }
}

/** What is wrong with an operation that takes no content is nothing that was sent. */
function mended({ pointer = '', parameter, code }: ProblemError, { input, takes }: Circumstances): Remedy[] {
  if (parameter !== undefined) return [{ kind: 'parameter', name: parameter, code, together: true }]
  if (takes.length === 0) return []
  const schema = input && memberSchema(input, pointer)
  const change = changeOf(pointer, code, schema)
  return [{ kind: 'member', pointer, code, change, ...(schema !== undefined && { schema }), together: true }]
}

/** The pointer to the whole is empty (RFC 6901 §5), and the whole is no member. */
function changeOf(pointer: string, code: string, schema: object | undefined): MemberChange {
  if (pointer === '') return 'choose'
  return MISTAKE.get(code)?.change ?? (schema === undefined ? 'leave' : 'set')
}

/** Of a member at the top. */
function memberSchema(input: object, pointer: string): object | undefined {
  const properties: unknown = 'properties' in input ? input.properties : undefined
  const name = pointer.slice(1)
  if (typeof properties !== 'object' || properties === null || !Object.hasOwn(properties, name)) return undefined
  const schema: unknown = properties[name as keyof typeof properties]
  return typeof schema === 'object' && schema !== null ? schema : undefined
}

/** A field that needs a value that nobody has is no remedy. */
function field(name: string, value: string | undefined, needed: boolean): Remedy[] {
  return value === undefined && needed ? [] : [{ kind: 'field', name, ...(value !== undefined && { value }) }]
}

const VALUE: Readonly<
  Record<NonNullable<Extract<Cure, { by: 'field' }>['value']>, (known: Circumstances) => string | undefined>
> = {
  etag: ({ etag }) => etag,
  lastModified: ({ lastModified }) => (lastModified === undefined ? undefined : formatDate(lastModified)),
  takes: ({ takes }) => takes[0],
  offers: ({ offers }) => offers[0],
}
