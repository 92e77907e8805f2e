/** A value that fits a JSON Schema, as far as its plain words say; another each time, so that it is unique. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly readOnly?: boolean
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

/** `name` is what the member is called, so that a text says what it is. */
export function sampleOf(schema: object, name: string): unknown {
  const known = schema as Schema
  if (known.const !== undefined) return known.const
  if (known.enum !== undefined) return known.enum[0]
  const [choice] = known.anyOf ?? known.oneOf ?? []
  if (choice !== undefined) return sampleOf(choice, name)
  return SAMPLE[[known.type].flat()[0] ?? typeOf(known)]?.(known, name)
}

const typeOf = ({ properties }: Schema): string => (properties === undefined ? 'string' : 'object')

const SAMPLE: Readonly<Record<string, (schema: Schema, name: string) => unknown>> = {
  string: text,
  integer: ({ minimum = 1 }) => minimum,
  number: ({ minimum = 1 }) => minimum,
  boolean: () => true,
  null: () => null,
  array: () => [],
  object: members,
}

/** What has to be there; where nothing has, the first member that can be. */
function members({ properties = {}, required = [] }: Schema): object {
  const writable = Object.entries(properties).filter(([, { readOnly }]) => readOnly !== true)
  const needed = writable.filter(([name]) => required.includes(name))
  const shown = needed.length === 0 ? writable.slice(0, 1) : needed
  return Object.fromEntries(shown.map(([name, member]) => [name, sampleOf(member, name)]))
}

const FORMAT: Readonly<Record<string, () => string>> = {
  email: () => `${unlike()}@example.com`,
  uri: () => 'https://example.com/',
  uuid: () => crypto.randomUUID(),
  date: () => new Date().toISOString().slice(0, 10),
  'date-time': () => new Date().toISOString(),
}

/** What makes it unlike others stands first where there is little room. */
function text({ format = '', minLength = 0, maxLength = Infinity }: Schema, name: string): string {
  const sample = `${name}-${unlike()}`
  return (
    FORMAT[format]?.() ?? (sample.length > maxLength ? unlike().slice(0, maxLength) : sample).padEnd(minLength, 'x')
  )
}

/** Hardly ever the same twice. */
function unlike(): string {
  return crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36) ?? ''
}
