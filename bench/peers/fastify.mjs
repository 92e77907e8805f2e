// The articles API on Fastify, with its own means: JSON Schema in and out, @fastify/etag, @fastify/bearer-auth.
import bearerAuth from '@fastify/bearer-auth'
import etag from '@fastify/etag'
import Fastify from 'fastify'
import { add, find, ownerOf, page, PORT } from './articles.mjs'

const string = { type: 'string' }
const article = {
  type: 'object',
  properties: {
    id: string,
    title: string,
    body: string,
    slug: string,
    authorId: string,
    createdAt: string,
    updatedAt: string,
  },
}
const list = { type: 'object', properties: { items: { type: 'array', items: article }, next: string } }
const input = {
  type: 'object',
  required: ['title', 'body'],
  additionalProperties: false,
  properties: { title: { type: 'string', minLength: 1, maxLength: 200 }, body: string, slug: string },
}
const query = { type: 'object', properties: { after: string } }

// Unknown members are refused and every fault is named, as the other servers do.
const app = Fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: true } } })
await app.register(etag)

app.get('/articles/:id', { schema: { response: { 200: article } } }, (request, reply) => {
  const entry = find(request.params.id)
  if (entry === undefined) return reply.callNotFound()
  reply.header('last-modified', entry.lastModified).send(entry.article)
})

app.get('/articles', { schema: { querystring: query, response: { 200: list } } }, (request, reply) => {
  const found = page(request.query.after)
  if (found === undefined) return reply.code(400).send({ message: 'no such cursor' })
  reply.send({ items: found.found.map((entry) => entry.article), next: found.next })
})

await app.register(async (signedIn) => {
  signedIn.decorateRequest('owner')
  await signedIn.register(bearerAuth, {
    keys: new Set(),
    auth: (token, request) => {
      request.owner = ownerOf(token)
      return request.owner !== undefined
    },
  })
  signedIn.post('/articles', { schema: { body: input, response: { 201: article } } }, (request, reply) => {
    const entry = add(request.body, request.owner)
    if (entry === undefined) return reply.code(409).send({ message: 'slug is taken' })
    reply
      .code(201)
      .header('location', `/articles/${entry.article.id}`)
      .header('last-modified', entry.lastModified)
      .send(entry.article)
  })
})

await app.listen({ port: PORT, host: '127.0.0.1' })
