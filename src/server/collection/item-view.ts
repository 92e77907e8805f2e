/**
 * What a caller sees of an item: the members, the entity tag, the representation.
 *
 * A variant is a small number, one for each set of members that some role is shown. Callers with the
 * same variant see the same octets. The tag is the version and a fingerprint of collection
 * and variant, made once: strong, because it changes whenever the octets do (RFC 9110 §8.8.1), and
 * never a hash of the content, so that it is known without reading the row.
 */
import { createHash } from 'node:crypto'
import { formatDate } from '../../rules/index.ts'
import { jsonSchema } from '../declare/json-schema.ts'
import type { Member } from './member.ts'
import type { Caller, Representation } from '../operation.ts'
import { textRepresentation } from '../engine/representation.ts'
import type { Row } from '../storage.ts'

/** Members of one variant, ready to be written. */
interface Variant {
  /** Name → `,"name":` */
  readonly keys: ReadonlyMap<string, string>
  /** What follows the version in a tag, the quote included. */
  readonly mark: string
}

/** Changes with the form of what is sent, so that no old tag fits a new form. */
const FORM = 1

export class ItemView {
  readonly #name: string
  readonly #members: readonly Member[]
  /** What is shown, by variant; the first is what everybody sees. */
  readonly #shown: (readonly Member[])[]
  /** Of every role that some member is kept for. */
  readonly #variantOfRole = new Map<string, number>()
  readonly #variants: Variant[] = []

  constructor(name: string, members: ReadonlyMap<string, Member>) {
    this.#name = name
    this.#members = [...members.values()]
    this.#shown = [this.#shownTo(undefined)]
    for (const role of new Set(this.#members.flatMap(({ facts: { readBy = [] } }) => readBy))) {
      const shown = this.#shownTo(role)
      const known = this.#shown.findIndex((other) => namesOf(other) === namesOf(shown))
      this.#variantOfRole.set(role, known < 0 ? this.#shown.push(shown) - 1 : known)
    }
  }

  /** Do different callers see different members? */
  get varies(): boolean {
    return this.#shown.length > 1
  }

  variantOf(caller: Caller | undefined): number {
    const role = caller?.role
    return role === undefined ? 0 : (this.#variantOfRole.get(role) ?? 0)
  }

  /** Does this variant show the member? */
  shows(variant: number, name: string): boolean {
    return this.#at(variant).keys.has(name)
  }

  etag(version: number, variant: number): string {
    return `"${version.toString(36)}${this.#at(variant).mark}`
  }

  /** The item as JSON, as this variant shows it. */
  content(row: Row, variant: number): string {
    let content = `{"id":${JSON.stringify(row.id)}`
    for (const [name, key] of this.#at(variant).keys) {
      const value = row.values[name]
      if (value !== undefined) content += key + JSON.stringify(value)
    }
    const createdAt = timestamp(row.createdAt)
    const updatedAt = row.version === row.createdAt ? createdAt : timestamp(row.version)
    return `${content},"createdAt":"${createdAt}","updatedAt":"${updatedAt}"}`
  }

  /** With its validators; Last-Modified is never later than `now` (RFC 9110 §8.8.2.1). */
  representation(row: Row, variant: number, now: number): Representation {
    return textRepresentation(this.content(row, variant), [
      'Content-Type',
      'application/json',
      'ETag',
      this.etag(row.version, variant),
      'Last-Modified',
      formatDate(Math.min(row.version, now)),
    ])
  }

  /** Every member, hidden ones included: for rules, hooks and actions. A new object each time. */
  item(row: Row): Record<string, unknown> {
    const item: Record<string, unknown> = { id: row.id }
    for (const { name } of this.#members) if (row.values[name] !== undefined) item[name] = row.values[name]
    item['createdAt'] = timestamp(row.createdAt)
    item['updatedAt'] = timestamp(row.version)
    return item
  }

  #shownTo(role: string | undefined): readonly Member[] {
    return this.#members.filter(
      ({ facts: { hidden, readBy } }) =>
        hidden !== true && (readBy === undefined || (role !== undefined && readBy.includes(role))),
    )
  }

  #variant(variant: number): Variant {
    const visible = this.#shown[variant] ?? []
    const form = [
      FORM,
      this.#name,
      variant,
      visible.map((member) => [member.name, jsonSchema(member.facts.schema, 'output')]),
    ]
    const fingerprint = createHash('sha256').update(JSON.stringify(form)).digest('base64url').slice(0, 6)
    return {
      keys: new Map(visible.map((member) => [member.name, `,${JSON.stringify(member.name)}:`])),
      mark: `.${fingerprint}"`,
    }
  }

  #at(variant: number): Variant {
    return (this.#variants[variant] ??= this.#variant(variant))
  }
}

/** RFC 3339, UTC, milliseconds. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString()
}

const namesOf = (members: readonly Member[]): string => members.map(({ name }) => name).join()
