/**
 * GET of an item. A 304, a 403 and a 404 read no row: the head says enough. A representation that
 * was made before is sent again as long as the version is the same; and nobody asks for the version
 * as long as the table's revision is.
 */
import { andThen } from '../eventually.ts'
import { addressPath, type Collection, targetIn, targetOf } from './context.ts'
import { collectionFacts } from '../declare/facts.ts'
import type { Target } from './guard.ts'
import { itemGuard } from './item-operation.ts'
import type { Eventually, Exchange, Found, Operation, Representation } from '../operation.ts'
import type { Kept } from './representation-cache.ts'
import { itemShape } from './shape.ts'
import type { Head, Row } from '../storage.ts'

export function readOperation(collection: Collection): Operation {
  const { api, cache, declaration, guards, members, name, owner, store, view } = collection

  /** A rule that is a function is shown the row itself; what is kept there is never marked with a revision. */
  const { readsRow } = guards.read

  function load(x: Exchange): Eventually<Found> {
    const id = x.params['id'] ?? ''
    const variant = view.variantOf(x.caller)
    const kept = keptAt(x.now, id, variant)
    const revision = store.revision(name)
    if (kept !== undefined && kept.revision === revision && revision !== undefined) return kept.found
    // Without a precondition a representation will be wanted, so an unknown one is read at once.
    if (readsRow || (kept === undefined && !x.conditional)) {
      return andThen(store.read(name, id), (row) =>
        row === undefined ? MISSING : found(targetOf(row), variant, x.now, kept),
      )
    }
    return andThen(store.peek(name, id), (head) => {
      if (head === undefined) return MISSING
      if (kept?.version !== head.version) return found(targetOfHead(head), variant, x.now, undefined)
      kept.revision = revision
      return kept.found
    })
  }

  /** A version ahead of the clock, which may be put back, has a Last-Modified that is right for one moment only. */
  function keptAt(now: number, id: string, variant: number): Kept | undefined {
    const kept = cache.get(id, variant)
    return kept !== undefined && kept.version <= now ? kept : undefined
  }

  function found(target: Target, variant: number, now: number, kept: Kept | undefined): Found {
    return {
      kind: 'found',
      item: target,
      etag: view.etag(target.version, variant),
      lastModified: Math.min(target.version, now),
      representation: kept?.version === target.version ? kept.representation : undefined,
    }
  }

  function represent(x: Exchange): Eventually<Representation | 'vanished'> {
    const target = targetIn(x)
    if (target === undefined) return 'vanished'
    const variant = view.variantOf(x.caller)
    if (target.row !== undefined) return make(target.row, variant, x.now)
    return andThen(store.read(name, target.id), (row) => {
      // The item changed since it was judged: what the caller may see of it is judged again.
      if (
        row === undefined ||
        (row.version !== target.version && !guards.read.allows(x.caller, targetOf(row), x.method))
      )
        return 'vanished'
      return make(row, variant, x.now)
    })
  }

  function make(row: Row, variant: number, now: number): Representation {
    const representation = view.representation(row, variant, now)
    if (row.version <= now) {
      const { id, version, createdAt } = row
      const item: Target = {
        id,
        version,
        createdAt,
        guards: owner === undefined ? NO_GUARDS : { [owner]: row.values[owner] },
        row: undefined,
      }
      const etag = view.etag(version, variant)
      const loaded: Found = { kind: 'found', item, etag, lastModified: version, representation }
      cache.set(id, variant, { version, revision: undefined, representation, found: loaded })
    }
    return representation
  }

  return {
    method: 'GET',
    path: addressPath(collection),
    summary: `Read an item of ${name}`,
    facts: collectionFacts(api, name, 'read'),
    takes: [],
    offers: ['application/json'],
    query: [],
    variesByCaller: view.varies,
    shapes: { output: itemShape(members) },
    ...itemGuard(collection, guards.read, declaration.hide),
    load,
    represent,
  }
}

const MISSING: Found = { kind: 'missing' }
const NO_GUARDS = {}

function targetOfHead({ id, version, createdAt, guards }: Head): Target {
  return { id, version, createdAt, guards, row: undefined }
}
