/**
 * GET of a collection: a page of items, and where the next one is.
 *
 * The rule of a list is a filter: who may see only their own items is shown those, and not refused.
 */
import type { Collection } from './context.ts'
import { andThen } from '../eventually.ts'
import { collectionFacts } from '../declare/facts.ts'
import { placeOf } from './cursor.ts'
import { listParameters, type ListQuestion } from './list-parameters.ts'
import type { Caller, Eventually, Exchange, Found, Operation } from '../operation.ts'
import { type Page, pageOf, pageTag, writePage } from './page.ts'
import { type Kept, RepresentationCache } from './representation-cache.ts'
import { listShape } from './shape.ts'
import type { Row, Value } from '../storage.ts'
import { listsOwnOnly } from './table.ts'

/** Text on a page, about: large items make short pages, and `next` goes on. */
const ITEMS_OCTETS = 4 * 1024 * 1024
/** Rows read at once. */
const PORTION = 64

/** Pages kept, as they are sent, until the table changes. */
const PAGES = 200
const PAGES_OCTETS = 8 * 1024 * 1024

export function listOperation(collection: Collection): Operation {
  const { api, declaration, guards, members, name, owner, store, view } = collection
  const { parameters, read } = listParameters(collection)
  const pages = new RepresentationCache(PAGES, PAGES_OCTETS)
  const ownOnly = listsOwnOnly(declaration) ? owner : undefined

  function load(x: Exchange): Eventually<Found> {
    const revision = store.revision(name)
    const key = keyOf(x)
    const kept = pages.get(key, 0)
    if (kept !== undefined && kept.revision === revision && revision !== undefined) return kept.found
    const question = read(x.query)
    const filter = shownTo(x.caller, question.filter)
    if (filter === undefined) return found(pageOf(question, [], question.count ? 0 : undefined), x)
    return andThen(gather(filter, question, []), ({ limit, rows }) =>
      // Not beside it: whichever failed second would fail unheard.
      andThen(question.count ? store.count(name, filter) : undefined, (counted) => {
        const page = found(pageOf({ ...question, limit }, rows, counted), x, kept)
        pages.set(key, 0, { version: 0, revision, representation: page.representation, found: page })
        return page
      }),
    )
  }

  /** All that decides the content of a page, beside the rows. */
  function keyOf({ caller, query }: Exchange): string {
    const whose = ownOnly === undefined || guards.list.allowsNew(caller) ? undefined : (caller?.id ?? '')
    return JSON.stringify([view.variantOf(caller), whose, query])
  }

  /** Reads on in portions until the page is full, by items or by octets; one row more than `limit` if there is one. */
  function gather(filter: Filter, question: ListQuestion, near: readonly Row[]): Eventually<Gathered> {
    const { sort, backwards, limit } = question
    const far = backwards ? near[0] : near.at(-1)
    const from = far === undefined ? question.from : placeOf(far, sort)
    const portion = Math.min(PORTION, limit + 1 - near.length)
    const listing = store.list(name, { filter, sort, ...(from && { from }), backwards, limit: portion })
    return andThen(listing, (listed): Eventually<Gathered> => {
      const rows = near.length === 0 ? listed : backwards ? [...listed, ...near] : [...near, ...listed]
      const fitting = fit(rows, backwards)
      if (fitting < rows.length)
        return { limit: fitting, rows: backwards ? rows.slice(-fitting - 1) : rows.slice(0, fitting + 1) }
      return listed.length < portion || rows.length > limit ? { limit, rows } : gather(filter, question, rows)
    })
  }

  /** Undefined: there is nothing to see. */
  function shownTo(caller: Caller | undefined, asked: Filter): Filter | undefined {
    if (ownOnly === undefined || guards.list.allowsNew(caller)) return asked
    const named = asked[ownOnly] ?? caller?.id
    return named === undefined || named !== caller?.id ? undefined : { ...asked, [ownOnly]: named }
  }

  /** Another item of the table may have changed: what was written of the same page is sent again. */
  function found(page: Page, x: Exchange, kept?: Kept) {
    const etag = pageTag(collection, page, x)
    const same = kept?.found.kind === 'found' && kept.found.etag === etag
    const representation = same ? kept.representation : writePage(collection, page, etag, x)
    return { kind: 'found', item: undefined, etag, representation } as const
  }

  return {
    method: 'GET',
    path: `/${name}`,
    summary: `List ${name}`,
    facts: collectionFacts(api, name, 'list'),
    takes: [],
    offers: ['application/json'],
    query: parameters,
    variesByCaller: view.varies || ownOnly !== undefined,
    shapes: { output: listShape(members) },
    classAllows: (caller) => guards.list.allowsNew(caller),
    explain: (x) => guards.list.explain(x.caller),
    load,
  }
}

type Filter = Readonly<Record<string, Value>>

interface Gathered {
  readonly limit: number
  readonly rows: readonly Row[]
}

/** How many rows, from the near end on, a page has room for; one at least. */
function fit(rows: readonly Row[], backwards: boolean): number {
  let octets = 0
  for (let count = 0; count < rows.length; count++) {
    octets += sizeOf(rows.at(backwards ? -1 - count : count) as Row)
    if (octets > ITEMS_OCTETS) return Math.max(1, count)
  }
  return rows.length
}

function sizeOf({ values }: Row): number {
  let size = 0
  for (const name in values) {
    const value = values[name]
    if (typeof value === 'string') size += value.length
    else if (typeof value === 'object') size += JSON.stringify(value).length
  }
  return size
}
