/**
 * What the client does, as it has to be in every runtime: nothing here but what all of them have.
 *
 * Runs as one file inside the runtime, against servers on real sockets; see `scripts.ts` for what they do.
 */
import {
  bearer,
  type ClientOptions,
  createClient,
  createFetch,
  memoryCache,
  type Reaction,
} from '../../src/client/index.ts'
import type newsroom from '../../examples/newsroom/api.ts'
import { caseOf, deepEqual, equal, rejected } from './assert.ts'

/** Where the servers are. */
export interface Context {
  /** The newsroom, of the same origin as the page, if there is one. */
  readonly newsroom: string
  readonly key: string
  /** A server of another origin, which allows it; below it, a folder for each case. */
  readonly scripted: string
  /** The same under another name. */
  readonly elsewhere: string
  /** Of a browser: it follows redirects by itself, and hides where they lead. */
  readonly followsByItself: boolean
}

type Case = (context: Context) => Promise<void>

export const CASES: Readonly<Record<string, Case>> = {
  '200, 201, 204: typed replies of the newsroom': async ({ newsroom: url, key }) => {
    const client = newsroomOf(url, key)
    const list = await client.get('/articles')
    equal(list.status, 200)
    const created = await client.post('/articles', { content: ARTICLE })
    if (created.status !== 201) throw new Error(`created: ${created.status}`)
    equal(created.location, `${url}/articles/${created.content.id}`)
    const followed = await created.follow()
    equal(followed.status, 200)
    const deleted = await client.delete('/articles/{id}', { params: { id: created.content.id } })
    deepEqual([deleted.status, deleted.ok && deleted.content], [204, undefined])
  },

  '400, 401, 404: problems, and value() that throws one': async ({ newsroom: url, key }) => {
    const refused = await createClient<typeof newsroom>(url).post('/articles', { content: ARTICLE })
    equal(refused.status, 401)
    deepEqual(
      refused.challenges?.map(({ scheme }) => scheme),
      ['bearer'],
    )
    const wrong = await createClient(url, { auth: bearer({ token: key }) }).post('/articles', { content: { title: 1 } })
    deepEqual(!wrong.ok && wrong.problem.errors?.map(({ pointer }) => pointer), ['/title', '/body'])
    const error = await rejected(
      newsroomOf(url, key)
        .get('/articles/{id}', { params: { id: 'none' } })
        .value(),
    )
    deepEqual([error.name, error.status], ['StatusError', 404])
  },

  '304: the copy at hand is used again (RFC 9111 §4.3)': async ({ newsroom: url, key }) => {
    const client = newsroomOf(url, key, { cache: memoryCache() })
    const { id } = await client.post('/articles', { content: ARTICLE }).value()
    const first = await client.get('/articles/{id}', { params: { id } })
    const again = await client.get('/articles/{id}', { params: { id } })
    deepEqual([first.from, again.from, again.status], ['network', 'revalidated', 200])
    deepEqual(again.ok && again.content, first.ok && first.content)
  },

  'what is fresh is not asked for (RFC 9111 §4.2)': async ({ scripted }) => {
    const fetch = createFetch({ cache: memoryCache(), retry: false })
    const first = await fetch(`${scripted}/fresh`)
    const again = await fetch(`${scripted}/fresh`)
    deepEqual([await first.text(), await again.text()], ['1', '1'])
    equal(again.headers.get('age') !== null, true)
  },

  '401: five at once make one refresh (RFC 9110 §15.5.2)': async ({ scripted }) => {
    let refreshes = 0
    const refresh = async (): Promise<string> => `fresh${++refreshes}`
    const client = createClient(`${scripted}/signed-in`, { auth: bearer({ token: 'old', refresh }) })
    const replies = await Promise.all([1, 2, 3, 4, 5].map((n) => client.post('/', { content: { n } })))
    deepEqual(
      replies.map((r) => r.status),
      [200, 200, 200, 200, 200],
    )
    equal(refreshes, 1)
  },

  '412: update reads again, and loses nothing (RFC 9110 §13.1.1)': async ({ newsroom: url, key }) => {
    const client = newsroomOf(url, key)
    const { id } = await client.post('/articles', { content: { ...ARTICLE, body: '' } }).value()
    const add = (letter: string) =>
      client.update('/articles/{id}', { params: { id } }, (a) => ({ ...a, body: a.body + letter }))
    const replies = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(add))
    deepEqual(
      replies.map((r) => r.ok),
      [true, true, true, true, true],
    )
    const { body } = await client.get('/articles/{id}', { params: { id } }).value()
    deepEqual(Array.from(body).toSorted(), ['a', 'b', 'c', 'd', 'e'])
  },

  '302, 303, 307, 308: to the right place with the right method and content (RFC 9110 §15.4)': async ({ scripted }) => {
    const { client, kinds } = toldOf(`${scripted}/redirect`)
    for (const [status, method] of [
      [302, 'GET'],
      [303, 'GET'],
      [307, 'POST'],
      [308, 'POST'],
    ] as const) {
      const r = await client.post(`/${status}`, { content: { once: true } })
      equal(r.url, `${scripted}/redirect/echo`)
      deepEqual(r.ok && r.content, { method, content: method === 'GET' ? '' : '{"once":true}', secrets: [] })
    }
    deepEqual(kinds, ['redirected', 'redirected', 'redirected', 'redirected'])
  },

  'credentials reach no other origin (RFC 9110 §15.4)': async ({ scripted, elsewhere }) => {
    const path = `/redirect/away?to=${encodeURIComponent(`${elsewhere}/redirect/echo`)}`
    const r = await createClient(scripted, { auth: bearer({ token: 'mine' }) }).get(path)
    deepEqual(r.ok && r.content, { method: 'GET', content: '', secrets: [] })
  },

  'nor do declared secrets; a browser, which would take them along, does not go': async (context) => {
    const { scripted, elsewhere, followsByItself } = context
    const path = `/redirect/away?to=${encodeURIComponent(`${elsewhere}/redirect/echo`)}`
    const client = createClient(scripted, { headers: { 'x-api-key': 'mine' }, secrets: ['x-api-key'], retry: false })
    if (followsByItself) equal((await rejected(client.get(path))).name, 'NetworkError')
    else deepEqual((await client.get(path)).ok, true)
  },

  'a loop ends': async ({ scripted, followsByItself }) => {
    const client = createClient(`${scripted}/redirect`, { retry: false })
    if (followsByItself) equal((await rejected(client.get('/loop'))).name, 'NetworkError')
    else equal((await client.get('/loop')).status, 302)
  },

  '503: not before Retry-After, then again (RFC 9110 §10.2.3)': async ({ scripted }) => {
    const { client, kinds } = toldOf(`${scripted}/busy`)
    const begun = Date.now()
    const r = await client.get('/1')
    deepEqual([r.status, kinds], [200, ['waiting']])
    equal(Date.now() - begun >= 990, true)
  },

  '429 with Retry-After: 3000000: gives up, and says so': async ({ scripted }) => {
    const { client, kinds } = toldOf(`${scripted}/busy`)
    const r = await client.get('/3000000')
    deepEqual([r.status, r.retryAfter, kinds], [503, 3_000_000_000, ['gaveUp']])
  },

  'a POST is sent once, unless it has a key; then with the same one': async ({ scripted }) => {
    const client = createClient(`${scripted}/keys`, { retry: { wait: 5 } })
    equal((await client.post('/without', { content: {} })).status, 503)
    const r = await client.post('/with', { content: {}, idempotencyKey: true })
    equal(r.status, 200)
    const keys = r.ok ? (r.content as string[]) : []
    deepEqual([keys.length, new Set(keys).size], [2, 1])
  },

  'a connection that is reset is no reply': async ({ scripted }) => {
    const client = createClient(`${scripted}/reset`, { retry: false })
    equal((await rejected(client.post('/', { content: {} }))).name, 'NetworkError')
  },

  'the caller’s abort ends it, with the caller’s reason': async ({ scripted }) => {
    for (const path of ['/silent', '/silent-in-content']) {
      const controller = new AbortController()
      setTimeout(() => controller.abort(new RangeError('enough')), 50)
      const error = await rejected(createClient(scripted).get(path, { signal: controller.signal }))
      deepEqual([error.name, error.message], ['RangeError', 'enough'])
    }
  },

  'the time for a call includes its content': async ({ scripted }) => {
    for (const path of ['/silent', '/silent-in-content']) {
      const error = await rejected(createClient(scripted, { timeout: 100 }).get(path))
      equal(error.name, 'TimeoutError')
    }
  },

  'content that breaks off is no reply (RFC 9112 §8)': async ({ scripted }) => {
    const client = createClient(scripted, { retry: false, cache: memoryCache() })
    equal((await rejected(client.get('/truncated/length'))).name, 'NetworkError')
    equal((await rejected(client.get('/truncated/chunks'))).name, 'NetworkError')
  },

  'content that is no JSON, and more than the limit': async ({ scripted }) => {
    equal((await rejected(createClient(scripted).get('/content/broken'))).name, 'ContentError')
    equal((await rejected(createClient(scripted, { limit: 10 }).get('/content/long'))).name, 'ContentError')
  },

  'octets, and octets sent': async ({ scripted }) => {
    const client = createClient(scripted)
    const r = await client.get('/content/octets', { headers: { accept: 'image/png' } })
    deepEqual(r.ok && Array.from(r.content as Uint8Array), [0, 137, 255])
    const sent = await createFetch()(`${scripted}/redirect/307`, { method: 'POST', body: new Uint8Array([65, 66]) })
    deepEqual(await sent.json(), { method: 'POST', content: 'AB', secrets: [] })
  },

  'a Request is sent as it is, and its content once more': async ({ scripted }) => {
    const fetch = createFetch()
    const request = new Request(`${scripted}/redirect/307`, { method: 'POST', body: 'AB' })
    deepEqual(await (await fetch(request)).json(), { method: 'POST', content: 'AB', secrets: [] })
    const response = await fetch(new Request(`${scripted}/redirect/echo`, { method: 'DELETE' }))
    deepEqual(await response.json(), { method: 'DELETE', content: '', secrets: [] })
    equal((await fetch(new Request(`${scripted}/redirect/echo`))).status, 200)
  },

  'the time, and an abort, end content that is being read, whatever was collected meanwhile': async ({ scripted }) => {
    const controller = new AbortController()
    for (const timeout of [400, 9000]) {
      const { signal } = controller
      const response = await createFetch({ timeout, retry: false })(`${scripted}/silent-in-content`, { signal })
      const reader = response.body?.getReader()
      await reader?.read()
      const reading = rejected(Promise.resolve(reader?.read()))
      for (let times = 0; times < 5; times++) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        // Where a runtime was started so that it can be told to.
        Object(globalThis).gc?.()
      }
      if (timeout === 9000) controller.abort()
      await reading
    }
  },

  'a stream is handed on as it comes': async ({ scripted }) => {
    const response = await createFetch({ retry: false })(`${scripted}/stream/start`)
    const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader()
    const read = async (): Promise<string> => new TextDecoder().decode((await reader?.read())?.value)
    equal(await read(), 'one')
    await fetch(`${scripted}/stream/go`)
    equal(await read(), 'two')
    equal((await reader?.read())?.done, true)
  },
}

/** By name of the case: null, or what stood against it. */
export type Results = Readonly<Record<string, string | null>>

export async function run(context: Context): Promise<Results> {
  const results: [string, string | null][] = []
  for (const [name, body] of Object.entries(CASES)) results.push([name, await caseOf(() => body(context))])
  return Object.fromEntries(results)
}

const ARTICLE = { title: 'Ten-four', body: 'Received and understood.' }

function newsroomOf(url: string, key: string, options: ClientOptions = {}) {
  return createClient<typeof newsroom>(url, { auth: bearer({ token: key }), ...options })
}

function toldOf(url: string) {
  const kinds: Reaction['kind'][] = []
  return { client: createClient(url, { onReaction: ({ kind }) => kinds.push(kind) }), kinds }
}
