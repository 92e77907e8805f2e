/**
 * Preconditions: each takes the raw value of its field and says whether the request may go on.
 *
 * Their order, and the status of a false one, stand in the decision graph. If-Match compares strongly, If-None-Match
 * weakly (RFC 9110 §8.8.3.2). A date that is none, or with nothing to compare it to, MUST be ignored: true.
 * A malformed list names no tag, so If-Match is false and nothing is overwritten; the graph has answered 400 before.
 */
import { parseDate } from './date.ts'
import { parseEntityTag, parseEntityTags, strongMatch, weakMatch, type EntityTag } from './etag.ts'

/** RFC 9110 §13.1.1. `etag` is the formatted current tag, if there is one; `exists`, whether there is a representation. */
export function ifMatchHolds(field: string, etag: string | undefined, exists: boolean): boolean {
  if (field === etag && !field.startsWith('W/')) return true
  const tags = parseEntityTags(field)
  if (tags === '*') return exists
  return includes(tags, etag, strongMatch)
}

/** RFC 9110 §13.1.2. */
export function ifNoneMatchHolds(field: string, etag: string | undefined, exists: boolean): boolean {
  if (field === etag) return false
  const tags = parseEntityTags(field)
  if (tags === '*') return !exists
  return !includes(tags, etag, weakMatch)
}

/** RFC 9110 §13.1.4. Times are milliseconds; the field has whole seconds, so `lastModified` counts without its fraction. */
export function unmodifiedSince(field: string, lastModified: number | undefined, now: number): boolean {
  if (lastModified === undefined) return true
  const date = parseDate(field, now)
  return date === undefined || wholeSecond(lastModified) <= date
}

/** RFC 9110 §13.1.3. */
export function modifiedSince(field: string, lastModified: number | undefined, now: number): boolean {
  if (lastModified === undefined) return true
  const date = parseDate(field, now)
  return date === undefined || wholeSecond(lastModified) > date
}

/**
 * Do these fields say which version is meant, or that there is to be none (RFC 6585 §3)? What has to be ignored says
 * nothing, and tags that it must not have say nothing of the one it has.
 */
export function namesVersion(
  match: string | undefined,
  noneMatch: string | undefined,
  unmodified: string | undefined,
  lastModified: number | undefined,
  now: number,
): boolean {
  if (match !== undefined || (noneMatch !== undefined && parseEntityTags(noneMatch) === '*')) return true
  return unmodified !== undefined && lastModified !== undefined && parseDate(unmodified, now) !== undefined
}

function includes(
  tags: readonly EntityTag[] | undefined,
  etag: string | undefined,
  match: (a: EntityTag, b: EntityTag) => boolean,
): boolean {
  const current = etag === undefined ? undefined : parseEntityTag(etag)
  return current !== undefined && tags !== undefined && tags.some((tag) => match(tag, current))
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000
}
