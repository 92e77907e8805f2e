/**
 * Schemas of the API's description. What operations take and answer with is written once, under a
 * name, and referred to wherever it stands, in lists as well.
 *
 * A schema comes with its own `$defs`, and in this document `#/$defs/…` would lead nowhere; so
 * definitions become components as well.
 */
import { isObject } from '../../rules/merge-patch.ts'
import { claim, pascal } from './names.ts'

export type Json = Readonly<Record<string, unknown>>

/** What an operation takes or answers with, and what to call it. */
export interface Named {
  readonly name: string
  readonly schema: Json
}

export class SchemaComponents {
  readonly components: Record<string, unknown> = {}
  readonly #taken: Set<string>
  /** By its text, the name of a schema. */
  readonly #names = new Map<string, string>()
  /** By the text of a schema with definitions, the name of each. */
  readonly #definitions = new Map<string, ReadonlyMap<string, string>>()

  /** The first name for a schema wins. `reserved`: names of other schemas. */
  constructor(shapes: readonly Named[], reserved: readonly string[]) {
    this.#taken = new Set(reserved)
    const named = shapes.filter(({ schema }) => isObject(schema['properties']))
    for (const { schema, name } of named) {
      const text = JSON.stringify(schema)
      if (!this.#names.has(text)) this.#names.set(text, claim(name, this.#taken))
    }
    for (const [text, name] of this.#names) this.components[name] = this.#members(JSON.parse(text) as Json, name)
  }

  /** The schema as it stands where it is used: by name if it has one. */
  use({ schema, name }: Named): unknown {
    return this.#rewrite(schema, name, NO_DEFINITIONS)
  }

  #rewrite(node: unknown, owner: string, definitions: ReadonlyMap<string, string>): unknown {
    if (Array.isArray(node)) return node.map((element) => this.#rewrite(element, owner, definitions))
    if (!isObject(node)) return node
    const name = this.#names.get(JSON.stringify(node))
    return name === undefined ? this.#members(node, owner, definitions) : { $ref: `${SCHEMAS}${name}` }
  }

  #members(node: Json, owner: string, outer: ReadonlyMap<string, string> = NO_DEFINITIONS): Json {
    const definitions = isObject(node['$defs']) ? this.#define(node, node['$defs'], owner) : outer
    const members = Object.entries(node).filter(([key]) => key !== '$defs')
    return Object.fromEntries(
      members.map(([key, value]) => {
        const defined = key === '$ref' && typeof value === 'string' ? definitions.get(value) : undefined
        return [key, defined === undefined ? this.#rewrite(value, owner, definitions) : `${SCHEMAS}${defined}`]
      }),
    )
  }

  /** Makes components of a schema's definitions: from a reference to its component's name. */
  #define(schema: Json, $defs: Json, owner: string): ReadonlyMap<string, string> {
    const text = JSON.stringify(schema)
    const known = this.#definitions.get(text)
    if (known !== undefined) return known
    const keys = Object.keys($defs)
    const names = new Map(keys.map((key) => [`#/$defs/${key}`, claim(`${owner}${pascal(key)}`, this.#taken)]))
    this.#definitions.set(text, names)
    for (const key of keys) {
      this.components[names.get(`#/$defs/${key}`) ?? key] = this.#rewrite($defs[key], owner, names)
    }
    return names
  }
}

const SCHEMAS = '#/components/schemas/'
const NO_DEFINITIONS: ReadonlyMap<string, string> = new Map()
