/**
 * The query of a list: which parameters it knows, what each may be, and what they come to.
 *
 * Each is checked before anything is loaded, so that a list is only ever asked of the store with a
 * filter and a sort it has an index for.
 */
import type { Collection } from './context.ts'
import { fingerprint, parseCursor, type Place } from './cursor.ts'
import { jsonSchema, valuesOf } from '../declare/json-schema.ts'
import { isStorable } from './json-value.ts'
import type { Member } from './member.ts'
import type { Parameter } from '../operation.ts'
import type { ColumnType, SortKey, Value } from '../storage.ts'
import { MOST_FILTERS, sortsOf } from './table.ts'

type Values = Readonly<Record<string, string>>

export interface ListQuestion {
  readonly filter: Readonly<Record<string, Value>>
  readonly sort: readonly SortKey[]
  readonly limit: number
  readonly from: Place | undefined
  readonly backwards: boolean
  readonly count: boolean
  /** Sets its cursors apart. */
  readonly mark: string
}

export interface ListParameters {
  readonly parameters: readonly Parameter[]
  /** From checked parameters. */
  read(query: Values): ListQuestion
}

export function listParameters({ declaration, members }: Collection): ListParameters {
  const { filter: names, limit, most } = declaration.list
  const sorts = sortsOf(declaration)
  const [unsorted = ''] = sorts.keys()
  const filters = names.flatMap((name) => members.get(name) ?? [])
  const asked = (query: Values) => filters.filter(({ name }) => query[name] !== undefined)
  const sortIn = (query: Values) => sorts.get(query['sort'] ?? unsorted) ?? []
  const markOf = (query: Values) =>
    fingerprint(
      Object.fromEntries(asked(query).map(({ name }) => [name, query[name] ?? ''])),
      query['sort'] ?? unsorted,
    )
  const cursor = (name: 'after' | 'before', description: string): Parameter => ({
    name,
    description,
    schema: { type: 'string' },
    check: (value, query) => {
      if (name === 'before' && query['after'] !== undefined) return 'A list goes on after or before a place, not both.'
      return parseCursor(value, markOf(query), sortIn(query), members) === undefined
        ? 'This is no cursor of this list: take it from next or prev, and keep filter and sort.'
        : undefined
    },
  })
  return {
    parameters: [
      {
        name: 'limit',
        description: `The most items to send; at most ${most} are.`,
        schema: { type: 'integer', minimum: 1, default: limit },
        check: (value) => (COUNTING.test(value) ? undefined : 'A limit is a whole number from 1.'),
      },
      {
        name: 'sort',
        description: 'The order; a dash before a member turns it round.',
        schema: { type: 'string', enum: [...sorts.keys()], default: unsorted },
        check: (value) => (sorts.has(value) ? undefined : `Sort by one of ${[...sorts.keys()].join(', ')}.`),
      },
      cursor('after', 'Where to go on: the cursor in next.'),
      cursor('before', 'Where to go back: the cursor in prev.'),
      {
        name: 'count',
        description: 'Whether to count all items of the list.',
        schema: { type: 'boolean', default: false },
        check: (value) => (value === 'true' || value === 'false' ? undefined : 'Count is true or false.'),
      },
      ...filters.map((member) => filterParameter(member, (query) => asked(query).length)),
    ],
    read: (query) => {
      const sort = sortIn(query)
      const mark = markOf(query)
      const place = query['after'] ?? query['before']
      return {
        filter: Object.fromEntries(
          asked(query).map(({ name, column }) => [name, PARSE[column.type](query[name] ?? '')]),
        ),
        sort,
        mark,
        limit: Math.min(most, query['limit'] === undefined ? limit : Number(query['limit'])),
        from: place === undefined ? undefined : parseCursor(place, mark, sort, members),
        backwards: query['before'] !== undefined,
        count: query['count'] === 'true',
      }
    },
  }
}

function filterParameter({ name, column, facts }: Member, asked: (query: Values) => number): Parameter {
  const schema = jsonSchema(facts.schema, 'output') ?? {}
  // Of what is compared without case none of these may be written as it is listed.
  const listed: readonly unknown[] | undefined =
    facts.unique?.fold === true ? undefined : valuesOf(schema)?.filter((one) => one !== null)
  const wrong = listed === undefined ? WRONG[column.type] : `This is one of ${listed.join(', ')}.`
  return {
    name,
    description: `Only items with this ${name}; at most ${MOST_FILTERS} members can be asked for at once.`,
    schema,
    check: (value, query) => {
      const parsed = PARSE[column.type](value)
      if (parsed === undefined || listed?.includes(parsed) === false) return wrong
      return asked(query) > MOST_FILTERS ? `Filter by at most ${MOST_FILTERS} members at once.` : undefined
    },
  }
}

const COUNTING = /^0*[1-9]\d*$/

/** From the text of a parameter to a value of the column; undefined where there is none. */
const PARSE: Readonly<Record<ColumnType, (text: string) => Value | undefined>> = {
  text: (text) => (isStorable(text) ? text : undefined),
  integer: (text) => (/^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined),
  real: (text) =>
    /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined,
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  json: () => undefined,
}

const WRONG: Readonly<Record<ColumnType, string>> = {
  text: 'This is no text that could be stored.',
  integer: 'This is a whole number.',
  real: 'This is a number.',
  boolean: 'This is true or false.',
  json: 'A list cannot be filtered by this member.',
}
