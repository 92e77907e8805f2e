// The articles API on Hono, with its own means: hono/etag, hono/bearer-auth, @hono/zod-validator, @hono/node-server.
import { createHash } from 'node:crypto'
import { serve } from '@hono/node-server'
import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { etag } from 'hono/etag'
import { z } from 'zod'
import { add, find, ownerOf, page, PORT } from './articles.mjs'

const input = z.strictObject({ title: z.string().min(1).max(200), body: z.string(), slug: z.string().optional() })

const signedIn = bearerAuth({
  verifyToken: (token, context) => {
    context.set('owner', ownerOf(token))
    return context.get('owner') !== undefined
  },
})

const app = new Hono()
app.use(etag())

app.get('/articles/:id', (context) => {
  const entry = find(context.req.param('id'))
  if (entry === undefined) return context.notFound()
  context.header('Last-Modified', entry.lastModified)
  return context.json(entry.article)
})

app.get('/articles', (context) => {
  const found = page(context.req.query('after'))
  if (found === undefined) return context.json({ message: 'no such cursor' }, 400)
  return context.json({ items: found.found.map((entry) => entry.article), next: found.next })
})

app.post('/articles', signedIn, zValidator('json', input), (context) => {
  const entry = add(context.req.valid('json'), context.get('owner'))
  if (entry === undefined) return context.json({ message: 'slug is taken' }, 409)
  // hono/etag tags answers to GET and HEAD only.
  const content = JSON.stringify(entry.article)
  return context.body(content, 201, {
    'Content-Type': 'application/json',
    Location: `/articles/${entry.article.id}`,
    'Last-Modified': entry.lastModified,
    ETag: `"${createHash('sha1').update(content).digest('hex')}"`,
  })
})

serve({ fetch: app.fetch, port: PORT, hostname: '127.0.0.1' })
