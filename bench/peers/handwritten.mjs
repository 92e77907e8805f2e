// The articles API by hand on node:http: what a careful engineer writes who needs nothing else.
// It keeps the JSON content and the fields of each article, so that a read is a look-up and one write.
import { createHash, randomUUID } from 'node:crypto'
import { createServer, STATUS_CODES } from 'node:http'
import { add, find, ownerOf, page, PORT, revision } from './articles.mjs'

const CONTENT_LIMIT = 1024 * 1024
/** Tags of lists count changes since this start; it keeps them apart from those of an earlier one. */
const BOOT = randomUUID().slice(0, 8)
const CHALLENGE = 'Bearer realm="articles"'
const MEMBERS = new Set(['title', 'body', 'slug'])

createServer((request, response) => {
  const { url } = request
  const queryAt = url.indexOf('?')
  const path = queryAt === -1 ? url : url.slice(0, queryAt)
  if (path.startsWith('/articles/')) return item(request, response, path.slice(10))
  if (path !== '/articles') return problem(response, 404)
  if (request.method === 'POST') return create(request, response)
  return list(request, response, queryAt === -1 ? undefined : new URLSearchParams(url.slice(queryAt)))
}).listen(PORT, '127.0.0.1')

function item(request, response, id) {
  const { method, headers } = request
  if (method !== 'GET' && method !== 'HEAD') return problem(response, 405, { Allow: 'GET, HEAD' })
  const entry = find(id)
  if (entry === undefined) return problem(response, 404)
  if (!acceptsJson(headers.accept)) return problem(response, 406)
  const known = headers['if-none-match']
  const unchanged = known === undefined ? unmodified(headers['if-modified-since'], entry) : matches(known, entry.etag)
  if (unchanged) return response.writeHead(304, entry.unchangedFields).end()
  response.writeHead(200, entry.fields).end(method === 'HEAD' ? undefined : entry.content)
}

function list(request, response, query) {
  const { method, headers } = request
  if (method !== 'GET' && method !== 'HEAD') return problem(response, 405, { Allow: 'GET, HEAD, POST' })
  if (!acceptsJson(headers.accept)) return problem(response, 406)
  const found = page(query?.get('after') ?? undefined)
  if (found === undefined) return problem(response, 400)
  const etag = `W/"${BOOT}-${revision()}"`
  if (headers['if-none-match'] !== undefined && matches(headers['if-none-match'], etag)) {
    return response.writeHead(304, ['ETag', etag]).end()
  }
  const items = found.found.map((entry) => entry.content).join(',')
  const content = found.next === undefined ? `{"items":[${items}]}` : `{"items":[${items}],"next":"${found.next}"}`
  const length = String(Buffer.byteLength(content))
  response.writeHead(200, ['Content-Type', 'application/json', 'Content-Length', length, 'ETag', etag])
  response.end(method === 'HEAD' ? undefined : content)
}

function create(request, response) {
  const { authorization } = request.headers
  const token = authorization?.slice(0, 7).toLowerCase() === 'bearer ' ? authorization.slice(7).trim() : undefined
  if (token === undefined) return problem(response, 401, { 'WWW-Authenticate': CHALLENGE })
  const owner = ownerOf(token)
  if (owner === undefined) {
    return problem(response, 401, { 'WWW-Authenticate': `${CHALLENGE}, error="invalid_token"` })
  }
  if (!isJson(request.headers['content-type'])) return problem(response, 415, { Accept: 'application/json' })
  const chunks = []
  let size = 0
  request.on('data', (chunk) => {
    size += chunk.length
    if (size <= CONTENT_LIMIT) chunks.push(chunk)
  })
  request.on('end', () => {
    if (size > CONTENT_LIMIT) return problem(response, 413)
    const input = parse(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))
    if (input === undefined) return problem(response, 400, undefined, [{ detail: 'is not JSON', code: 'syntax' }])
    const errors = faults(input)
    if (errors.length > 0) return problem(response, 400, undefined, errors)
    const entry = add(input, owner)
    if (entry === undefined) {
      return problem(response, 409, undefined, [{ pointer: '/slug', detail: 'is taken', code: 'unique' }])
    }
    keep(entry)
    response.writeHead(201, [...entry.fields, 'Location', `/articles/${entry.article.id}`]).end(entry.content)
  })
}

/** Writes the content and the fields of an article once, for all its reads. */
function keep(entry) {
  entry.content = JSON.stringify(entry.article)
  entry.etag = tagOf(entry.content)
  entry.unchangedFields = ['ETag', entry.etag, 'Last-Modified', entry.lastModified]
  entry.fields = [
    'Content-Type',
    'application/json',
    'Content-Length',
    String(Buffer.byteLength(entry.content)),
    ...entry.unchangedFields,
  ]
}

const tagOf = (content) => `"${createHash('sha1').update(content).digest('base64')}"`

/** RFC 9110 §13.1.2: weak comparison, against a list or `*`. */
const matches = (field, etag) =>
  field === etag || field === '*' || (field.match(/"[^"]*"/g)?.includes(etag.replace(/^W\//, '')) ?? false)

const unmodified = (field, entry) => field !== undefined && Date.parse(entry.lastModified) <= Date.parse(field)

const acceptsJson = (field) =>
  field === undefined || field === '*/*' || /(?:^|,)\s*(?:application\/(?:json|\*)|\*\/\*)\s*(?:$|[;,])/i.test(field)

const isJson = (field) => field === 'application/json' || /^application\/json\s*(?:;|$)/i.test(field ?? '')

function parse(content) {
  try {
    return JSON.parse(content.toString())
  } catch {
    return undefined
  }
}

function faults(input) {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return [{ pointer: '', detail: 'must be an object', code: 'type' }]
  }
  const errors = []
  for (const name of Object.keys(input)) {
    if (!MEMBERS.has(name)) errors.push({ pointer: `/${name}`, detail: 'is not a member', code: 'unknown' })
  }
  const { title, body, slug } = input
  if (typeof title !== 'string' || title.length < 1 || title.length > 200) {
    errors.push({ pointer: '/title', detail: 'must be a string of 1 to 200 characters', code: 'title' })
  }
  if (typeof body !== 'string') errors.push({ pointer: '/body', detail: 'must be a string', code: 'type' })
  if (slug !== undefined && typeof slug !== 'string') {
    errors.push({ pointer: '/slug', detail: 'must be a string', code: 'type' })
  }
  return errors
}

function problem(response, status, fields, errors) {
  const content = JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, errors })
  response.writeHead(status, {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(content),
    ...fields,
  })
  response.end(content)
}
