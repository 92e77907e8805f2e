/**
 * GET of a collection: a page of items, and where the next one is.
 *
 * The rule of a list is a filter: who may see only their own items is shown those, and not refused.
 */
import type { Collection } from './context.ts'
import { andThen } from '../eventually.ts'
import { collectionFacts } from '../declare/facts.ts'
import { listParameters } from './list-parameters.ts'
import type { Caller, Eventually, Exchange, Found, Operation, Representation } from '../operation.ts'
import { type Page, pageOf, pageTag, writePage } from './page.ts'
import { RepresentationCache } from './representation-cache.ts'
import { listShape } from './shape.ts'
import type { Value } from '../storage.ts'
import { listsOwnOnly } from './table.ts'

/** Pages kept, as they are sent. */
const PAGES = 200
const PAGES_OCTETS = 8 * 1024 * 1024

export function listOperation(collection: Collection): Operation {
  const { api, declaration, guards, members, name, owner, store, view } = collection
  const { parameters, read } = listParameters(collection)
  const pages = new RepresentationCache(PAGES, PAGES_OCTETS)
  const ownOnly = listsOwnOnly(declaration) ? owner : undefined

  function load(x: Exchange): Eventually<Found> {
    const question = read(x.query)
    const filter = shownTo(x.caller, question.filter)
    if (filter === undefined) return found(x, pageOf(question, [], question.count ? 0 : undefined))
    const { sort, from, backwards, limit } = question
    const rows = store.list(name, {
      filter,
      sort,
      ...(from === undefined ? {} : { from }),
      backwards,
      limit: limit + 1,
    })
    const count = question.count ? store.count(name, filter) : undefined
    return andThen(rows, (listed) => andThen(count, (counted) => found(x, pageOf(question, listed, counted))))
  }

  /** Undefined: there is nothing to see. */
  function shownTo(caller: Caller | undefined, asked: Filter): Filter | undefined {
    if (ownOnly === undefined || guards.list.allowsNew(caller)) return asked
    const named = asked[ownOnly] ?? caller?.id
    return named === undefined || named !== caller?.id ? undefined : { ...asked, [ownOnly]: named }
  }

  function found(x: Exchange, page: Page): Found {
    return { kind: 'found', item: page, etag: pageTag(collection, page, x) }
  }

  function represent(x: Exchange): Representation | 'vanished' {
    const { loaded } = x
    if (loaded?.kind !== 'found' || loaded.etag === undefined) return 'vanished'
    const kept = pages.get(loaded.etag, 0)
    if (kept !== undefined) return kept.representation
    const representation = writePage(collection, loaded.item as Page, loaded.etag, x)
    pages.set(loaded.etag, 0, { version: 0, representation, found: loaded })
    return representation
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
    represent,
  }
}

type Filter = Readonly<Record<string, Value>>
