// The articles API on Express 5, with its own means: its ETag setting, express.json, and zod for the content.
import express from 'express'
import { z } from 'zod'
import { add, find, ownerOf, page, PORT } from './articles.mjs'

const input = z.strictObject({ title: z.string().min(1).max(200), body: z.string(), slug: z.string().optional() })

const app = express()
app.disable('x-powered-by')
app.set('etag', 'strong')

app.get('/articles/:id', (request, response) => {
  const entry = find(request.params.id)
  if (entry === undefined) return response.status(404).json({ message: 'not found' })
  response.set('Last-Modified', entry.lastModified).json(entry.article)
})

app.get('/articles', (request, response) => {
  const found = page(request.query.after)
  if (found === undefined) return response.status(400).json({ message: 'no such cursor' })
  response.json({ items: found.found.map((entry) => entry.article), next: found.next })
})

app.post('/articles', signedIn, express.json({ limit: '1mb' }), (request, response) => {
  const parsed = input.safeParse(request.body)
  if (!parsed.success) return response.status(400).json({ errors: parsed.error.issues })
  const entry = add(parsed.data, response.locals.owner)
  if (entry === undefined) return response.status(409).json({ message: 'slug is taken' })
  response
    .status(201)
    .set({ Location: `/articles/${entry.article.id}`, 'Last-Modified': entry.lastModified })
    .json(entry.article)
})

app.listen(PORT, '127.0.0.1')

function signedIn(request, response, next) {
  const [scheme, token] = request.get('authorization')?.split(' ') ?? []
  const owner = scheme?.toLowerCase() === 'bearer' && token !== undefined ? ownerOf(token) : undefined
  if (owner === undefined) {
    return response.set('WWW-Authenticate', 'Bearer realm="articles"').status(401).json({ message: 'sign in' })
  }
  response.locals.owner = owner
  next()
}
