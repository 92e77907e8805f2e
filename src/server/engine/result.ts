/**
 * What the author's `load`, `get` and `perform` return, held to what was declared: the API's description and the types of its
 * clients promise that nothing else comes. Anything else is the author's mistake: 500, and the log says what it was.
 */
import { parseEntityTag } from '../../rules/index.ts'
import { errorsOf } from './at-once.ts'
import { instead } from '../declare/nearest.ts'
import { isOutcome, type Load, type LoadKind, type Result, type ResultKind } from '../declare/outcome.ts'

/** What `perform` returned, if it is one of the outcomes that were declared. */
export function declaredResult(returned: unknown, declared: readonly ResultKind[]): Result {
  const result = ofKind(returned, declared, 'perform') as Result
  if ('errors' in result) errorsOf(result.errors, `${result.kind}(…) from perform`)
  if (result.kind === 'created' && result.location !== undefined) assertAddress(result.location, 'created')
  if (result.kind === 'seeOther') assertAddress(result.location, 'seeOther')
  if (result.kind === 'accepted' && result.monitor !== undefined) assertAddress(result.monitor, 'accepted')
  return result
}

/** What `load` returned, if it is one of those that were declared and can be told. */
export function declaredLoad(returned: unknown, declared: readonly LoadKind[]): Load {
  const load = ofKind(returned, declared, 'load') as Load
  if ('to' in load) assertAddress(load.to, load.kind)
  if (load.kind !== 'found') return load
  const { etag, lastModified } = load
  if (etag !== undefined && (typeof etag !== 'string' || parseEntityTag(etag) === undefined))
    throw new TypeError('load: etag is no entity tag (RFC 9110 §8.8.3); found(item, { etag }) makes one')
  if (lastModified !== undefined && !Number.isFinite(lastModified))
    throw new TypeError('load: lastModified is no number of milliseconds')
  return load
}

/** What `get` returned, if it is content: whether there is any is for `load` to say. */
export function declaredContent(returned: unknown): unknown {
  if (isOutcome(returned))
    throw new TypeError(
      `get returned ${returned.kind}(…), and GET answers with what it returns: return the content itself, and let load say what is not there`,
    )
  return returned
}

/** What `perform` or a hook returned to be written, without what the server makes of every item. */
export function declaredMembers(
  returned: unknown,
  declared: ReadonlyMap<string, unknown>,
  serverMade: readonly string[],
  what: string,
): Record<string, unknown> {
  const members = Object.entries(returned ?? {}).filter(([name]) => !serverMade.includes(name))
  for (const [name] of members)
    if (!declared.has(name))
      throw new TypeError(`${what} returned ${name}, which is no member. ${instead(name, [...declared.keys()])}`)
  return Object.fromEntries(members)
}

function ofKind(returned: unknown, declared: readonly string[], what: string): object {
  const kind = typeof returned === 'object' && returned !== null && 'kind' in returned ? returned.kind : undefined
  if (typeof returned === 'object' && returned !== null && declared.some((one) => one === kind)) return returned
  const said = typeof kind === 'string' ? kind : returned === null ? 'null' : typeof returned
  throw new TypeError(`${what} returned ${said}, which is not among what was declared: ${declared.join(', ')}`)
}

/** A URI reference is made of visible ASCII (RFC 3986 §2); in a field a line break would end it. */
function assertAddress(address: unknown, kind: string): void {
  if (typeof address !== 'string' || !/^[\x21-\x7e]+$/.test(address))
    throw new TypeError(`${kind}(…): the address is no URI reference; encodeURIComponent makes a part of one`)
}
