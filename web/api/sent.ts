/**
 * What this page sent and learnt from the replies: a request can be changed and sent again, and the
 * address of an item put in place of its template. In memory alone.
 */
import type { Draft } from './draft.ts'
import type { Reply } from './send.ts'

const KEPT = 200
const sent = new Map<string, Draft>()
/** Oldest first. */
const places = new Set<string>()

export function rememberSent({ reference, fields }: Reply, draft: Draft): void {
  if (reference !== undefined) sent.set(reference, draft)
  const place = fields.find(([name]) => name.toLowerCase() === 'location')?.[1]
  if (place !== undefined) places.add(place)
  // Most likely there is nothing there any more.
  if (draft.method === 'DELETE') places.delete(draft.path)
  for (const known of [sent, places]) {
    const [oldest] = known.keys()
    if (oldest !== undefined && known.size > KEPT) known.delete(oldest)
  }
}

export function sentAs(reference: string): Draft | undefined {
  return sent.get(reference)
}

/** The last address that a reply named and the template fits: `/articles/{id}`. */
export function placeOf(template: string): string | undefined {
  const pattern = new RegExp(`^${template.replace(/[.*+?^$()[\]\\|]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`)
  return [...places].findLast((place) => pattern.test(place))
}
