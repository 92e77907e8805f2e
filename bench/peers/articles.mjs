// What every peer serves: the articles, held in memory, newest first, one page at a time.
// The four share it, so that the bench compares servers and never containers.
import { hash, randomUUID } from 'node:crypto'

export const PORT = Number(process.env.PORT)
export const PAGE = 50

/** Keys are kept hashed, as a careful server keeps them: the digest of the token gives its owner. */
const owners = new Map([[hash('sha256', process.env.ADMIN_KEY ?? ''), randomUUID()]])

/** The id of the caller a bearer token belongs to, or undefined. */
export const ownerOf = (token) => owners.get(hash('sha256', token))

const entries = []
const byId = new Map()
const slugs = new Set()

/**
 * Stores an article. The entry is `{ article, position, lastModified }`; a server may keep more in it.
 * Undefined when its slug is taken.
 */
export function add({ title, body, slug }, authorId) {
  if (slug !== undefined) {
    if (slugs.has(slug)) return undefined
    slugs.add(slug)
  }
  const now = new Date()
  const at = now.toISOString()
  const article = { id: randomUUID(), title, body, slug, authorId, createdAt: at, updatedAt: at }
  const entry = { article, position: entries.length, lastModified: now.toUTCString() }
  entries.push(entry)
  byId.set(article.id, entry)
  return entry
}

export const find = (id) => byId.get(id)

/** Changes with every change to the list: what a validator of it may be made of. */
export const revision = () => entries.length

/** At most `PAGE` entries older than the article named `after`, and where the next page goes on. Undefined: no such article. */
export function page(after) {
  const from = after === undefined ? entries.length : byId.get(after)?.position
  if (from === undefined) return undefined
  const start = Math.max(0, from - PAGE)
  const found = entries.slice(start, from).toReversed()
  return { found, next: start > 0 ? `/articles?after=${entries[start].article.id}` : undefined }
}
