/**
 * The indexes a table needs, named after what they hold: a name that exists is an index that fits.
 *
 * Each list has one, each unique column, and each reference, because deleting a row looks for those that refer to it.
 */
import type { SortKey } from '../../server/storage.ts'
import { termsOf } from './list.ts'
import { quote } from './shape.ts'
import type { Shape } from './shape.ts'

export interface Index {
  readonly name: string
  /** Declared names, in the order of the index. */
  readonly columns: readonly string[]
  /** The unique column, where it is one's. */
  readonly unique: string | undefined
  readonly sql: string
}

export function indexesOf(shape: Shape): Index[] {
  const unique = shape.unique.map((field) =>
    indexOn(
      shape,
      [field.folded === undefined ? 'unique' : 'folded', field.name],
      [field.key],
      [field.name],
      field.name,
    ),
  )
  const lists = shape.table.indexes.map(({ filter, sort }) => {
    const equal = filter.map((name) => shape.field.get(name)?.key ?? quote(name))
    // Read from its other end an index is sorted the other way round. New rows are mostly the last by time: where
    // they are put at the end its pages are full, and fewer of them are written.
    const terms = termsOf(shape, sort)
    const turned = terms[0]?.descending === true
    const sorted = terms.map((term) => (term.descending === turned ? term.sql : `${term.sql} DESC`))
    const label = ['list', ...filter.map((name) => filterLabel(shape, name)), 'by', ...sort.map(sortLabel)]
    return indexOn(shape, label, [...equal, ...sorted], [...filter, ...sort.map((key) => key.column), 'id'])
  })
  const covered = new Set([...unique, ...lists].map((index) => index.columns[0]))
  const references = shape.references
    .filter((field) => !covered.has(field.name))
    .map((field) => indexOn(shape, ['reference', field.name], [field.sql], [field.name]))
  return [...new Map([...unique, ...lists, ...references].map((index) => [index.name, index])).values()]
}

/** Throws for a question that would read the whole table: the caller's bug. */
export function assertSearchable(shape: Shape, columns: readonly string[]): void {
  const leads = [
    ...[...shape.unique, ...shape.references].map((field) => [field.name]),
    ...shape.table.indexes.map(({ filter, sort }) => [...filter, ...sort.map((key) => key.column)]),
  ]
  const found = leads.some((lead) => {
    const head = lead.slice(0, columns.length)
    return columns.every((column) => head.includes(column))
  })
  if (!found && columns.length > 0) {
    throw new TypeError(`Table ${shape.table.name} has no index that begins with [${columns.join(', ')}]`)
  }
}

function indexOn(
  shape: Shape,
  label: readonly string[],
  parts: readonly string[],
  columns: readonly string[],
  unique?: string,
): Index {
  const name = [shape.table.name, ...label].join('__')
  const kind = unique === undefined ? 'INDEX' : 'UNIQUE INDEX'
  // Absent and null never collide, so they need not be looked for.
  const where = unique === undefined ? '' : ` WHERE ${parts.join(', ')} IS NOT NULL`
  const sql = `CREATE ${kind} ${quote(name)} ON ${shape.name} (${parts.join(', ')})${where}`
  return { name, columns, unique, sql }
}

/** No member has a name with a tilde. */
function filterLabel({ field }: Shape, name: string): string {
  return field.get(name)?.folded === undefined ? name : `~${name}`
}

function sortLabel({ column, descending }: SortKey): string {
  return descending ? `-${column}` : column
}
