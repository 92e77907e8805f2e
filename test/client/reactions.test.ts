/**
 * What clients are known to get wrong about statuses, each against a server on a real socket.
 */
import { getEventListeners } from 'node:events'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  type Auth,
  bearer,
  type ClientOptions,
  createClient,
  createFetch,
  type Reaction,
} from '../../src/client/index.ts'
import { formatDate } from '../../src/rules/index.ts'
import { bare, json, type Script, type Scripted, startScripted } from './scripted.ts'

const servers: Scripted[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())))

async function serving(script: Script): Promise<Scripted> {
  const server = await startScripted(script)
  servers.push(server)
  return server
}

/** A client with quick retries, and what it reports. */
function clientOf({ url }: Scripted, options: ClientOptions = {}) {
  const reactions: Reaction[] = []
  const client = createClient(url, {
    retry: { wait: 5 },
    onReaction: (reaction) => reactions.push(reaction),
    ...options,
  })
  return { client, reactions, kinds: () => reactions.map(({ kind }) => kind) }
}

/** Fails so often, then succeeds. */
const failing =
  (times: number, status: number, fields: Record<string, string> = {}): Script =>
  (_, response, n) =>
    n < times ? bare(response, status, fields) : json(response, 200, { n })

test.each<[string, (thrown: Error) => () => unknown]>([
  [
    'throwing',
    (thrown) => () => {
      throw thrown
    },
  ],
  ['rejecting later', (thrown) => () => Promise.reject(thrown)],
])('who is told of reactions changes nothing by %s', async (_, made) => {
  const server = await serving(failing(1, 503))
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const thrown = new Error('a listener failed')
  expect((await clientOf(server, { onReaction: made(thrown) }).client.get('/')).status).toBe(200)
  expect(said.mock.calls).toEqual([[thrown]])
  said.mockRestore()
})

describe('sent again: what is idempotent, and what has a key (RFC 9110 §9.2.2)', () => {
  test.each([408, 425, 429, 500, 502, 503, 504, 599])('GET after %i', async (status) => {
    const server = await serving(failing(2, status))
    expect((await clientOf(server).client.get('/')).status).toBe(200)
    expect(server.arrived).toHaveLength(3)
  })

  test.each([304, 400, 403, 404, 409, 410, 412, 413, 422, 428, 499, 501, 507])('never after %i', async (status) => {
    const server = await serving(failing(9, status))
    expect((await clientOf(server).client.get('/')).status).toBe(status)
    expect(server.arrived).toHaveLength(1)
  })

  test.each(['put', 'delete'] as const)('%s', async (method) => {
    const server = await serving(failing(1, 503))
    expect((await clientOf(server).client[method]('/')).status).toBe(200)
  })

  test.each(['post', 'patch'] as const)('not %s: the 503 is a value', async (method) => {
    const server = await serving(failing(1, 503))
    const r = await clientOf(server).client[method]('/', { content: {} })
    expect(r).toMatchObject({ ok: false, status: 503, problem: { title: 'Service Unavailable' } })
    expect(server.arrived).toHaveLength(1)
  })

  test('POST with a key, the same each time (Idempotency-Key §2.2)', async () => {
    const server = await serving(failing(2, 503))
    expect((await clientOf(server).client.post('/', { content: {}, idempotencyKey: true })).status).toBe(200)
    const keys = server.arrived.map(({ fields }) => fields['idempotency-key'])
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^"[\da-f-]{36}"$/)
  })

  test('a key of the caller’s own is quoted (RFC 8941 §3.3.3)', async () => {
    const server = await serving(failing(0, 503))
    await clientOf(server).client.post('/', { content: {}, idempotencyKey: 'a"b\\c' })
    expect(server.arrived[0]?.fields['idempotency-key']).toBe('"a\\"b\\\\c"')
  })

  test('POST is not sent again after a reset, GET is', async () => {
    const server = await serving(({ method }, response, n) => {
      if (n === 0 || method === 'POST') response.socket?.destroy()
      else json(response, 200, {})
    })
    const { client } = clientOf(server)
    await expect(client.post('/', { content: {} })).rejects.toMatchObject({ name: 'NetworkError' })
    expect(server.arrived).toHaveLength(1)
    expect((await client.get('/')).status).toBe(200)
  })

  test('switched off, nothing is', async () => {
    const server = await serving(failing(1, 503))
    expect((await clientOf(server, { retry: false }).client.get('/')).status).toBe(503)
    expect((await clientOf(server).client.put('/', { repeat: false })).status).toBe(200)
  })

  test('tries and the budget over all requests end it', async () => {
    const server = await serving((_, response) => bare(response, 503))
    const { client, reactions } = clientOf(server, { retry: { wait: 1, tries: 3, budget: 4 } })
    for (let calls = 0; calls < 3; calls++) expect((await client.get('/')).status).toBe(503)
    expect(server.arrived).toHaveLength(3 + 4)
    expect(reactions.flatMap((r) => (r.kind === 'gaveUp' ? [r.why] : []))).toEqual(['tries', 'budget', 'budget'])
  })
})

describe('Retry-After (RFC 9110 §10.2.3)', () => {
  const asctime = (ms: number): string => {
    const [, day, date, month, year, clock] = /^(...), (..) (...) (....) (.{8})/.exec(formatDate(ms)) ?? []
    return `${day} ${month} ${date?.replace(/^0/, ' ')} ${clock} ${year}`
  }
  test.each<[string, () => string]>([
    ['seconds', () => '1'],
    ['a date', () => formatDate(Date.now() + 2000)],
    ['a date of asctime', () => asctime(Date.now() + 2000)],
  ])('%s: waits, and not less', async (_, field) => {
    const server = await serving(failing(1, 503, { 'retry-after': field() }))
    const { client, reactions } = clientOf(server)
    const begun = performance.now()
    expect((await client.get('/')).status).toBe(200)
    expect(performance.now() - begun).toBeGreaterThan(900)
    expect(reactions).toMatchObject([{ kind: 'waiting', try: 1, status: 503 }])
  })

  test('longer than the cap: gives up and says so, neither early nor at once', async () => {
    const server = await serving(failing(1, 503, { 'retry-after': '3000000' }))
    const { client, reactions } = clientOf(server)
    const r = await client.get('/')
    expect([r.status, r.retryAfter]).toEqual([503, 3_000_000_000])
    expect(reactions).toMatchObject([{ kind: 'gaveUp', why: 'wait' }])
  })

  test('longer than the call may take: likewise', async () => {
    const server = await serving(failing(1, 503, { 'retry-after': '5' }))
    const { client, reactions } = clientOf(server, { timeout: 1000 })
    expect((await client.get('/')).status).toBe(503)
    expect(reactions).toMatchObject([{ kind: 'gaveUp', why: 'deadline' }])
  })

  test.each(['', 'soon', '-1', '1.5', '1e3', '99 bottles'])('junk is no time to wait: %j', async (field) => {
    const server = await serving(failing(1, 503, { 'retry-after': field }))
    const begun = performance.now()
    expect((await clientOf(server).client.get('/')).status).toBe(200)
    expect(performance.now() - begun).toBeLessThan(900)
  })

  test('an abort ends the wait', async () => {
    const server = await serving(failing(1, 503, { 'retry-after': '20' }))
    const reason = new Error('enough')
    const controller = new AbortController()
    setTimeout(() => controller.abort(reason), 50)
    await expect(clientOf(server).client.get('/', { signal: controller.signal })).rejects.toBe(reason)
  })
})

describe('401: one refresh for all (RFC 9110 §15.5.2)', () => {
  const guarded: Script = ({ fields }, response) =>
    fields.authorization === 'Bearer new'
      ? json(response, 200, {})
      : bare(response, 401, { 'www-authenticate': 'Bearer' })

  test('five at once make one refresh, whatever their method', async () => {
    const server = await serving(guarded)
    let refreshes = 0
    const refresh = async (): Promise<string> => {
      refreshes++
      await new Promise((resolve) => setTimeout(resolve, 30))
      return 'new'
    }
    const { client } = clientOf(server, { auth: bearer({ token: async () => 'old', refresh }) })
    const calls = [
      client.get('/'),
      client.post('/', { content: {} }),
      client.put('/'),
      client.patch('/'),
      client.get('/'),
    ]
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(refreshes).toBe(1)
  })

  test('a straggler whose token is already old only sends again', async () => {
    let release = (): void => undefined
    const server = await serving(({ path, fields }, response) => {
      if (path === '/slow' && fields.authorization === 'Bearer old') release = () => bare(response, 401)
      else guarded({ method: '', path, fields, content: '' }, response, 0)
    })
    let refreshes = 0
    const refresh = async (): Promise<string> => (refreshes++, 'new')
    const { client, reactions } = clientOf(server, { auth: bearer({ token: 'old', refresh }) })
    const slow = client.get('/slow')
    while (server.arrived.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    expect((await client.get('/quick')).status).toBe(200)
    release()
    expect((await slow).status).toBe(200)
    expect(refreshes).toBe(1)
    expect(reactions).toMatchObject([{ by: 'refresh' }, { by: 'another request' }])
  })

  test('a second 401 is the answer', async () => {
    const server = await serving((_, response) => bare(response, 401, { 'www-authenticate': 'Bearer realm="x"' }))
    const r = await clientOf(server, { auth: bearer({ token: 'a', refresh: async () => 'b' }) }).client.get('/')
    expect(r).toMatchObject({ status: 401, challenges: [{ scheme: 'bearer', parameters: { realm: 'x' } }] })
    expect(server.arrived).toHaveLength(2)
  })

  test('an auth that throws before it promises anything is one that fails', async () => {
    const server = await serving(guarded)
    const thrown = new Error('away')
    const renew = (): never => {
      throw thrown
    }
    const { client, reactions } = clientOf(server, { auth: { credentials: () => 'Bearer old', renew } })
    expect((await client.get('/')).status).toBe(401)
    expect(reactions).toMatchObject([{ kind: 'notRenewed', error: thrown }])
  })

  test.each<[string, () => Promise<string | undefined>, string[]]>([
    ['fails', () => Promise.reject(new Error('away')), ['notRenewed']],
    ['has none', async () => undefined, []],
  ])('a refresh that %s: the 401 is the answer', async (_, refresh, kinds) => {
    const server = await serving(guarded)
    const of = clientOf(server, { auth: bearer({ token: 'old', refresh }) })
    expect((await of.client.get('/')).status).toBe(401)
    expect(of.kinds()).toEqual(kinds)
  })

  test.each<[string, (auth: { readonly never: () => Promise<string> }) => Auth]>([
    ['a refresh', ({ never }) => bearer({ token: 'old', refresh: never })],
    ['a look-up of the token', ({ never }) => bearer({ token: never })],
  ])('%s that never ends: the call ends with its time, and with its signal', async (_, authOf) => {
    const server = await serving(guarded)
    const auth = authOf({ never: () => new Promise(() => undefined) })
    const { client, reactions } = clientOf(server, { auth, timeout: 200 })
    await expect(client.get('/')).rejects.toMatchObject({ name: 'TimeoutError' })
    const controller = new AbortController()
    const reason = new Error('enough')
    setTimeout(() => controller.abort(reason), 50)
    await expect(client.get('/', { signal: controller.signal })).rejects.toBe(reason)
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
    expect(reactions).toEqual([])
  })

  test('one refresh, also for who is refused just as it ends', async () => {
    let refreshes = 0
    const auth = bearer({ token: 'old', refresh: async () => `new${++refreshes}` })
    await auth.credentials()
    const late = async (turns: number): Promise<unknown> => {
      for (let turn = 0; turn < turns; turn++) await undefined
      return auth.renew('Bearer old')
    }
    await Promise.all(Array.from({ length: 30 }, (_, turns) => late(turns)))
    expect(refreshes).toBe(1)
  })

  test('what the caller sent as Authorization is the caller’s', async () => {
    const server = await serving((_, response) => bare(response, 401))
    const { client } = clientOf(server, { auth: bearer({ token: 'a', refresh: async () => 'b' }) })
    await client.get('/', { headers: { authorization: 'Basic eA==' } })
    expect(server.arrived.map(({ fields }) => fields.authorization)).toEqual(['Basic eA=='])
  })
})

describe('redirects (RFC 9110 §15.4)', () => {
  const moving =
    (status: number): Script =>
    ({ path }, response) =>
      path === '/old' ? bare(response, status, { location: '/new' }) : json(response, 200, {})

  test.each([
    [301, 'post', 'GET', ''],
    [302, 'post', 'GET', ''],
    [303, 'post', 'GET', ''],
    [303, 'put', 'GET', ''],
    [301, 'put', 'PUT', '{"a":1}'],
    [307, 'post', 'POST', '{"a":1}'],
    [308, 'post', 'POST', '{"a":1}'],
    [308, 'patch', 'PATCH', '{"a":1}'],
  ] as const)('%i: %s becomes %s', async (status, method, expected, content) => {
    const server = await serving(moving(status))
    const r = await clientOf(server).client[method]('/old', { content: { a: 1 } })
    expect(r).toMatchObject({ status: 200, url: `${server.url}/new` })
    expect(server.arrived[1]).toMatchObject({ method: expected, path: '/new', content })
    expect(server.arrived[1]?.fields['content-type'] === undefined).toBe(content === '')
  })

  test('308 is remembered, 307 is not; 301 not for what it would change', async () => {
    for (const [status, method, requests] of [
      [308, 'post', 3],
      [307, 'post', 4],
      [301, 'get', 3],
      [301, 'post', 4],
    ] as const) {
      const server = await serving(moving(status))
      const { client } = clientOf(server)
      for (let times = 0; times < 2; times++) expect((await client[method]('/old')).status).toBe(200)
      expect(server.arrived).toHaveLength(requests)
    }
  })

  test('credentials and declared secrets go to no other origin, not even there and back', async () => {
    const home = await serving(({ path }, response) =>
      path === '/out' ? bare(response, 307, { location: `${other.url}/x` }) : json(response, 200, {}),
    )
    const other = await serving((_, response) => bare(response, 307, { location: `${home.url}/back` }))
    const { client } = clientOf(home, {
      auth: bearer({ token: 't' }),
      headers: { 'x-api-key': 'k', cookie: 'c=1', 'x-other': 'o' },
      secrets: ['x-api-key'],
    })
    expect((await client.get('/out')).status).toBe(200)
    expect(home.arrived[0]?.fields).toMatchObject({ authorization: 'Bearer t', 'x-api-key': 'k', cookie: 'c=1' })
    for (const { fields } of [other.arrived[0], home.arrived[1]].flatMap((one) => one ?? [])) {
      expect([fields.authorization, fields['x-api-key'], fields.cookie]).toEqual([undefined, undefined, undefined])
      expect(fields['x-other']).toBe('o')
    }
  })

  test.each(['follow', 'poll'] as const)('nor when asked to %s', async (way) => {
    const other = await serving((_, response) => json(response, 200, {}))
    const home = await serving((_, response) =>
      json(response, way === 'follow' ? 201 : 202, {}, { location: `${other.url}/x`, 'retry-after': '0' }),
    )
    const { client } = clientOf(home, {
      auth: bearer({ token: 't' }),
      headers: { 'x-api-key': 'k', cookie: 'c=1' },
      secrets: ['X-API-Key'],
    })
    const r = await client.post('/', { headers: { 'proxy-authorization': 'Basic eA==' } })
    await (r.ok && r[way]?.())
    const { fields } = other.arrived[0] ?? {}
    expect(fields).toMatchObject({ accept: expect.stringContaining('json') })
    for (const name of ['authorization', 'x-api-key', 'cookie', 'proxy-authorization'])
      expect(fields).not.toHaveProperty(name)
  })

  test('a condition on the one is none on the other that is asked for with GET', async () => {
    const server = await serving(({ method }, response) =>
      method === 'PUT' ? bare(response, 303, { location: '/new' }) : json(response, 200, {}),
    )
    await clientOf(server).client.put('/old', { content: {}, headers: { 'If-Match': '"1"', 'x-other': 'o' } })
    expect(server.arrived[1]).toMatchObject({ method: 'GET', path: '/new', fields: { 'x-other': 'o' } })
    expect(server.arrived[1]?.fields).not.toHaveProperty('if-match')
  })

  test.each([
    ['to itself', '/old', 'loop'],
    ['to a file', 'file:///etc/passwd', 'location'],
    ['to a script', 'javascript:alert(1)', 'location'],
    ['to no URI', 'http://[', 'location'],
    ['to nowhere', undefined, 'location'],
  ])('%s: the redirect is the answer', async (_, location, why) => {
    const server = await serving((_request, response) =>
      bare(response, 302, location === undefined ? {} : { location }),
    )
    const { client, reactions } = clientOf(server)
    expect((await client.get('/old')).status).toBe(302)
    expect(reactions).toMatchObject([{ kind: 'gaveUp', why }])
  })

  test('ever further: ends', async () => {
    const server = await serving((_, response, n) => bare(response, 302, { location: `/${n}` }))
    expect((await clientOf(server).client.get('/x')).status).toBe(302)
    expect(server.arrived.length).toBeLessThan(30)
  })

  test('switched off, it is an answer', async () => {
    const server = await serving(moving(308))
    expect((await clientOf(server, { redirect: false }).client.get('/old')).status).toBe(308)
  })
})

test('201 leads to what is new; 202 to a monitor, which is asked until it is done', async () => {
  const server = await serving(({ path, method }, response, n) => {
    if (method === 'POST') json(response, path === '/a' ? 201 : 202, {}, { location: '/found', 'retry-after': '0' })
    else if (path === '/found' && n < 5) json(response, 202, {}, { 'retry-after': '0' })
    else json(response, 200, { n })
  })
  const { client } = clientOf(server)
  const slow = await client.post('/b')
  expect(slow.ok && (await slow.poll?.())).toMatchObject({ status: 200, content: { n: 5 } })
  const quick = await client.post('/a')
  expect(quick.ok && (await quick.follow?.())).toMatchObject({ status: 200 })
})

test('a monitor that does not say when to come back is asked each second, whatever was said before', async () => {
  const asked: number[] = []
  const server = await serving(({ method }, response, n) => {
    asked.push(performance.now())
    if (method === 'POST') json(response, 202, {}, { location: '/found', 'retry-after': '0' })
    else json(response, n < 3 ? 202 : 200, {})
  })
  const slow = await clientOf(server).client.post('/b')
  await (slow.ok && slow.poll?.())
  const [, first = 0, second = 0] = asked
  expect(second - first).toBeGreaterThan(900)
})

test('a monitor is never asked early, however late that is', async () => {
  const server = await serving((_, response) =>
    json(response, 202, {}, { location: '/found', 'retry-after': '3000000' }),
  )
  const controller = new AbortController()
  const slow = await clientOf(server).client.post('/b', { signal: controller.signal })
  setTimeout(() => controller.abort(new Error('enough')), 100)
  await expect(slow.ok && slow.poll?.()).rejects.toThrow('enough')
  expect(server.arrived).toHaveLength(1)
})

test('a value of a path leads nowhere else (RFC 3986 §5.2.4)', async () => {
  const server = await serving((_, response) => json(response, 200, {}))
  const { client } = clientOf(server)
  for (const id of ['', '.', '..'])
    await expect(client.get('/a/{id}', { params: { id } })).rejects.toBeInstanceOf(TypeError)
  await expect(client.get('/a/{id}')).rejects.toBeInstanceOf(TypeError)
  await client.get('/a/{id}', { params: { id: '../b?c#d' }, query: { q: ['1', '&'], none: undefined } })
  expect(server.arrived.map(({ path }) => path)).toEqual(['/a/..%2Fb%3Fc%23d?q=1&q=%26'])
})

describe('behind the plain signature of fetch', () => {
  test.each([307, 308])('octets are not lost on the way through a %i', async (status) => {
    const server = await serving(({ path }, response) =>
      path === '/old' ? bare(response, status, { location: '/new' }) : json(response, 200, {}),
    )
    const octets = new TextEncoder().encode('octets')
    const r = await createFetch()(`${server.url}/old`, {
      method: 'POST',
      body: octets,
      headers: { 'content-type': 'x/y' },
    })
    expect([r.status, r.url]).toEqual([200, `${server.url}/new`])
    expect(server.arrived[1]).toMatchObject({ method: 'POST', content: 'octets', fields: { 'content-type': 'x/y' } })
  })

  test.each<[string, HeadersInit]>([
    ['an object', { 'X-A': '1' }],
    ['an array', [['X-A', '1']]],
    ['Headers', new Headers({ 'X-A': '1' })],
  ])('fields given as %s arrive, in a GET and in a POST', async (_, headers) => {
    const server = await serving((_request, response) => bare(response, 204))
    for (const method of ['GET', 'POST']) await createFetch()(server.url, { method, headers })
    expect(server.arrived.map(({ fields }) => fields['x-a'])).toEqual(['1', '1'])
  })

  test('the content of a Request is sent again too: some libraries make one of every call', async () => {
    const server = await serving(({ path, fields }, response) => {
      if (path === '/old') bare(response, 307, { location: '/new' })
      else bare(response, fields.authorization === 'Bearer b' ? 204 : 401)
    })
    const auth = bearer({ token: 'a', refresh: async () => 'b' })
    const request = new Request(`${server.url}/old`, { method: 'POST', body: 'text' })
    expect((await createFetch({ auth, origin: server.url })(request)).status).toBe(204)
    expect(server.arrived.map(({ path, content }) => path + content)).toEqual(['/oldtext', '/newtext', '/newtext'])
  })

  test('a stream is sent once only', async () => {
    const server = await serving((_, response) => bare(response, 503))
    const body = new Blob(['x']).stream()
    const init: RequestInit & { duplex: 'half' } = { method: 'PUT', body, duplex: 'half' }
    expect((await createFetch({ retry: { wait: 1 } })(server.url, init)).status).toBe(503)
    expect(server.arrived).toHaveLength(1)
  })

  test.each<[RequestRedirect | undefined, unknown]>([
    [undefined, 200],
    ['follow', 200],
    ['manual', 302],
    ['error', 'NetworkError'],
  ])('redirect: %s (Fetch §5.4)', async (redirect, expected) => {
    const server = await serving(({ path }, response) =>
      path === '/to' ? json(response, 200, {}) : bare(response, 302, { location: '/to' }),
    )
    const reactingFetch = createFetch({ retry: false })
    const asked = redirect === undefined ? {} : { redirect }
    for (const ask of [() => reactingFetch(server.url, asked), () => reactingFetch(new Request(server.url, asked))])
      expect(
        await ask().then(
          ({ status }) => status,
          ({ name }: Error) => name,
        ),
      ).toBe(expected)
  })

  test('content is not sent on where a redirect asks for a GET (RFC 9110 §15.4.4)', async () => {
    const server = await serving(({ path, method, content }, response) =>
      path === '/to' ? json(response, 200, { method, content }) : bare(response, 303, { location: '/to' }),
    )
    const response = await createFetch()(server.url, { method: 'POST', body: 'x' })
    expect(await response.json()).toEqual({ method: 'GET', content: '' })
  })

  test('what the caller says to the platform reaches it', async () => {
    const inits: RequestInit[] = []
    const seen = async (_: string, init: RequestInit): Promise<Response> => {
      inits.push(init)
      return new Response()
    }
    const reactingFetch = createFetch({ fetch: seen })
    await reactingFetch('http://a.example/', { credentials: 'include', keepalive: true })
    await reactingFetch('http://a.example/', { method: 'POST', body: 'x', credentials: 'include' })
    await reactingFetch(new Request('http://a.example/', { credentials: 'include' }))
    expect(inits.map(({ credentials, keepalive }) => [credentials, keepalive])).toEqual([
      ['include', true],
      ['include', undefined],
      ['include', undefined],
    ])
  })

  test('any status is a response; credentials go to the origin that was named', async () => {
    const server = await serving(({ fields }, response) =>
      bare(response, fields.authorization === undefined ? 404 : 410),
    )
    const auth = bearer({ token: 't' })
    expect((await createFetch({ auth, origin: server.url })(server.url)).status).toBe(410)
    expect((await createFetch({ auth })(new Request(server.url))).status).toBe(404)
  })
})
