/** What compiles, and what must not: the types that a declaration, an OpenAPI document, or nothing gives a client. */
import { z } from 'zod'
import type newsroom from '../../examples/newsroom/api.ts'
import { collection, defineApi, resource, unique } from '../server/index.ts'
import { createClient } from './index.ts'

const client = createClient<typeof newsroom>('http://localhost:4010')

// ── a status narrows to its content ─────────────────────────────────────────────────────────────
const article = await client.get('/articles/{id}', { params: { id: '1' } })
if (article.status === 200) article.content.title satisfies string
else if (article.status === 404) article.problem.detail satisfies string | undefined
else if (article.status === 503) article.retryAfter satisfies number | undefined
else if (article.status >= 501) article.fields.get('x')
// @ts-expect-error anyone may read: 403 cannot come
if (article.status === 403) void article.problem
// @ts-expect-error 304 comes back as 200, from: 'revalidated'
if (article.status === 304) void article.problem
// @ts-expect-error a well-formed, typed call never ends with a 406
if (article.status === 406) void article.problem
// @ts-expect-error no content before the status is known
void article.content.title

// ── a unique member brings 409, with a pointer to it ────────────────────────────────────────────
const made = await client.post('/users', { content: { email: 'a@b.c', username: 'grace' } })
if (made.status === 409) made.problem.errors?.[0]?.pointer satisfies string | undefined
// @ts-expect-error no such member
if (made.status === 409) made.problem.errors?.[0]?.pointer satisfies '/email' | undefined
if (made.status === 201) {
  made.content.role satisfies 'basic' | 'admin'
  const followed = await made.follow()
  if (followed.ok) followed.content.email satisfies string
}
// @ts-expect-error a list has no version that a condition could name: who sends none gets no 412
if (made.status === 412) void made.problem
// @ts-expect-error a member that every user has is missing
await client.post('/users', { content: { email: 'a@b.c' } })
// @ts-expect-error no such path
await client.get('/nothing')
// @ts-expect-error the path has a variable
await client.get('/articles/{id}')
// @ts-expect-error nobody may delete all
await client.delete('/articles')

const removed = await client.delete('/articles/{id}', { params: { id: '1' } })
if (removed.status === 204) removed.content satisfies undefined

const value = await client.get('/articles/{id}', { params: { id: '1' } }).value()
value.body satisfies string
const page = await client.get('/articles', { query: { limit: 3, sort: '-createdAt' } }).value()
page.items[0]?.slug satisfies string | undefined

const updated = await client.update('/articles/{id}', { params: { id: '1' } }, (a) => ({ ...a, title: 'New' }))
if (updated.status === 412) updated.problem.title satisfies string
// @ts-expect-error the change gives an article
await client.update('/articles/{id}', { params: { id: '1' } }, () => ({ title: 3 }))

// ── a parameter that the schema needs must be sent ─────────────────────────────────────────────
const rates = resource('/rates', {
  query: { from: z.string(), note: z.string().optional() },
  allow: { get: 'anyone' },
  get: ({ query }) => ({ from: query.from }),
})
const money = defineApi({ rates })
const bank = createClient<typeof money>('http://x')
await bank.get('/rates', { query: { from: 'eur' } })
// @ts-expect-error without it, it is 400
await bank.get('/rates', { query: { note: 'a' } })
// @ts-expect-error likewise
await bank.get('/rates')

// ── without `unique` there is no 409 ────────────────────────────────────────────────────────────
const allow = { create: 'anyone', read: 'anyone' } as const
const once = defineApi({ users: collection({ email: unique(z.email()) }, { allow }) })
const often = defineApi({ users: collection({ email: z.email(), role: z.string() }, { allow }) })
const first = await createClient<typeof once>('http://x').post('/users', { content: { email: 'a@b.c' } })
if (first.status === 409) first.problem.errors?.[0]?.pointer satisfies '/email' | `/email/${string}` | undefined
const second = await createClient<typeof often>('http://x').post('/users', { content: { email: 'a@b.c', role: 'x' } })
// @ts-expect-error nothing is unique
if (second.status === 409) void second.problem

// ── an OpenAPI document's paths ─────────────────────────────────────────────────────────────────
interface paths {
  '/books/{id}': {
    parameters: { path: { id: string } }
    get: {
      parameters: { query?: { lang?: string } }
      responses: {
        200: { content: { 'application/json': { title: string } } }
        304: { content?: never }
        404: { content: { 'application/problem+json': { detail: string } } }
      }
    }
    put: {
      parameters: { header?: never }
      requestBody: { content: { 'application/json': { title: string } } }
      responses: { 204: { content?: never }; 412: { content: { 'application/problem+json': object } } }
    }
    delete?: never
  }
}
const books = createClient<paths>('http://x')
const book = await books.get('/books/{id}', { params: { id: '1' }, query: { lang: 'en' } })
if (book.status === 200) book.content.title satisfies string
else if (book.status === 404) book.problem.title satisfies string
// @ts-expect-error the document knows no 409
if (book.status === 409) void book.problem
// @ts-expect-error no DELETE
await books.delete('/books/{id}', { params: { id: '1' } })
const put = await books.put('/books/{id}', { params: { id: '1' }, content: { title: 'x' } })
if (put.status === 412) put.problem.title satisfies string

// ── the same as openapi-typescript 7 writes it: what is not there is there, and never ────────────
interface nothing {
  query?: never
  header?: never
  path?: never
  cookie?: never
}
interface written {
  '/pets': {
    parameters: nothing
    get: {
      parameters: { query?: { limit?: number }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: object; content: { 'application/json': { name: string }[] } } }
    }
    put?: never
    post: {
      parameters: nothing
      requestBody: { content: { 'application/json': { name: string } } }
      responses: { 201: { headers: object; content: { 'application/json': { id: number } } }; 409: { content?: never } }
    }
    delete?: never
    patch?: never
  }
  '/pets/{id}': {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never }
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: object; content: { 'application/json': { name: string } } } }
    }
    put?: never
    post?: never
    delete?: never
    patch: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never }
      requestBody?: { content: { 'application/merge-patch+json': { name?: string } } }
      responses: { 200: { headers: object; content: { 'image/png': string } }; 412: { content?: never } }
    }
  }
}
const zoo = createClient<written>('http://x')
const pets = await zoo.get('/pets')
if (pets.status === 200) pets.content[0]?.name satisfies string | undefined
await zoo.get('/pets', { query: { limit: 3 } })
// @ts-expect-error a number
await zoo.get('/pets', { query: { limit: 'x' } })
const pet = await zoo.post('/pets', { content: { name: 'x' } })
if (pet.status === 201) pet.content.id satisfies number
if (pet.status === 409) pet.problem.errors?.[0]?.pointer satisfies '/name' | `/name/${string}` | undefined
// @ts-expect-error a member is missing
await zoo.post('/pets', { content: {} })
// @ts-expect-error the path has a variable
await zoo.get('/pets/{id}')
// @ts-expect-error no DELETE
await zoo.delete('/pets')
const patched = await zoo.patch('/pets/{id}', { params: { id: '1' } })
if (patched.status === 200) patched.content satisfies unknown
// @ts-expect-error what is no JSON is unknown, and not never
if (patched.status === 200) patched.content satisfies string
await zoo.patch('/pets/{id}', { params: { id: '1' }, content: { name: 'x' } })
const renamed = await zoo.update('/pets/{id}', { params: { id: '1' } }, (old) => ({ ...old, name: 'y' }))
if (renamed.status === 412) renamed.problem.title satisfies string
// @ts-expect-error neither PATCH nor PUT
await zoo.update('/pets', {}, (old) => old)

// ── nothing known ───────────────────────────────────────────────────────────────────────────────
const plain = createClient('http://x')
const some = await plain.get('/whatever', { query: { a: 1 } })
if (some.ok) some.content satisfies unknown
else if (some.status === 404) some.problem.title satisfies string
