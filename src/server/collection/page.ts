/**
 * A page of a list: its entity tag, and its content with the ways to the next page and back.
 */
import { hash } from 'node:crypto'
import type { Collection } from './context.ts'
import { formatCursor, placeOf, type Place } from './cursor.ts'
import type { ListQuestion } from './list-parameters.ts'
import type { Exchange, Representation } from '../operation.ts'
import { textRepresentation } from '../engine/representation.ts'
import type { Row } from '../storage.ts'

export interface Page {
  readonly question: ListQuestion
  readonly rows: readonly Row[]
  /** There are more rows in the direction that was read. */
  readonly more: boolean
  readonly count: number | undefined
}

/** `found` has one row more than was asked for, if there is one: beyond the far end of the page. */
export function pageOf(question: ListQuestion, found: readonly Row[], count: number | undefined): Page {
  const more = found.length > question.limit
  const rows = more ? (question.backwards ? found.slice(1) : found.slice(0, -1)) : found
  return { question, rows, more, count }
}

/** Weak, over all that decides the content: the query, what the caller sees, and the ids and versions on the page. */
export function pageTag({ view }: Collection, { rows, more, count }: Page, x: Exchange): string {
  let state = `${view.etag(0, view.variantOf(x.caller))}${more ? '+' : ''}${count ?? ''}`
  // Quoted, or a value with line breaks could pass for the items of another page.
  for (const parameter in x.query) state += `\n${parameter}=${JSON.stringify(x.query[parameter])}`
  for (const row of rows) state += `\n${row.id} ${row.version}`
  return `W/"${hash('sha1', state, 'base64url')}"`
}

/** `{ items, next?, prev?, count? }`, and the links once more in Link (RFC 8288). */
export function writePage(collection: Collection, page: Page, tag: string, x: Exchange): Representation {
  const { view } = collection
  const variant = view.variantOf(x.caller)
  const links = linksOf(collection, page, x)
  const content = [
    `"items":[${page.rows.map((row) => view.content(row, variant)).join(',')}]`,
    ...links.map(({ rel, target }) => `"${rel}":${JSON.stringify(target)}`),
    ...(page.count === undefined ? [] : [`"count":${page.count}`]),
  ]
  const link = links.map(({ rel, target }) => `<${target}>; rel="${rel}"`).join(', ')
  return textRepresentation(`{${content.join(',')}}`, [
    'Content-Type',
    'application/json',
    'ETag',
    tag,
    ...(link === '' ? [] : ['Link', link]),
  ])
}

/** Whoever came from a place can go back to it; at the other end there is more, or there is not. */
function linksOf({ name }: Collection, { question, rows, more }: Page, x: Exchange) {
  const { backwards, from, mark, sort } = question
  const first = rows[0] === undefined ? from : placeOf(rows[0], sort)
  const last = rows.at(-1)
  const end = last === undefined ? from : placeOf(last, sort)
  const next = backwards || more ? end : undefined
  const prev = (backwards ? more : from !== undefined) ? first : undefined
  const link = (rel: 'next' | 'prev', parameter: 'after' | 'before', place: Place | undefined) =>
    place === undefined ? [] : [{ rel, target: addressFrom(name, x, parameter, formatCursor(mark, place)) }]
  return [...link('next', 'after', next), ...link('prev', 'before', prev)]
}

/** The same query from another place. Every value is escaped, so the address may stand in Link (RFC 8288 §3). */
function addressFrom(name: string, x: Exchange, parameter: 'after' | 'before', cursor: string): string {
  const kept = Object.entries(x.query).filter(([asked]) => asked !== 'after' && asked !== 'before')
  const query = [...kept, [parameter, cursor] as const]
  return `/${name}?${query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`
}
