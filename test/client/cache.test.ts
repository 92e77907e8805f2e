/**
 * The private cache (RFC 9111), against a server on a real socket that counts what reaches it.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { bearer, createClient, createFetch, memoryCache } from '../../src/client/index.ts'
import { formatDate } from '../../src/rules/index.ts'
import { bare, json, type Script, type Scripted, startScripted } from './scripted.ts'

const servers: Scripted[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())))

async function serving(script: Script): Promise<Scripted> {
  const server = await startScripted(script)
  servers.push(server)
  return server
}

/** A client with a cache over a server that answers everything with these fields, and the number of the request. */
async function cached(fields: Record<string, string>, status = 200) {
  const server = await serving((_, response, n) => json(response, status, { n }, fields))
  const client = createClient(server.url, { cache: memoryCache(), retry: false })
  const from = async (headers: Record<string, string> = {}): Promise<string> =>
    (await client.get('/', { headers })).from
  return { server, client, from }
}

/** Counts, and lets everything be kept. */
const counting: Script = (_, response, n) => json(response, 200, { n }, { 'cache-control': 'max-age=60' })

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('what is kept and used again (RFC 9111 §3, §4)', () => {
  test.each<[Record<string, string>, string, number?]>([
    [{ 'cache-control': 'max-age=60' }, 'cache'],
    [{ expires: formatDate(Date.now() + 60_000) }, 'cache'],
    [{ 'last-modified': formatDate(Date.now() - 1e8) }, 'cache'],
    [{}, 'network'],
    [{ 'cache-control': 'no-store, max-age=60' }, 'network'],
    [{ 'cache-control': 'max-age=60', vary: '*' }, 'network'],
    [{ 'cache-control': 'max-age=60', vary: 'cookie' }, 'network'],
    [{ 'cache-control': 'immutable' }, 'network'],
    [{ 'cache-control': 'max-age=60' }, 'cache', 404],
    [{ 'last-modified': formatDate(Date.now() - 1e8) }, 'network', 503],
    [{ 'last-modified': formatDate(Date.now() - 1e8) }, 'network', 201],
  ])('%j: the second time from %s', async (fields, expected, status) => {
    const { from } = await cached(fields, status)
    expect([await from(), await from()]).toEqual(['network', expected])
  })

  test('another path is another resource; so is a slash more', async () => {
    const { client, server } = await cached({ 'cache-control': 'max-age=60' })
    for (const path of ['/a', '/a/', '/a?b', '/a?b=', '/A']) expect((await client.get(path)).from).toBe('network')
    expect(server.arrived).toHaveLength(5)
  })

  test('content that breaks off is not kept (§3.3)', async () => {
    const server = await serving((_, response, n) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'cache-control': 'max-age=60',
        'content-length': '20',
      })
      if (n === 0) response.write('{"a":', () => response.socket?.destroy())
      else response.end(JSON.stringify({ whole: 'content ' }))
    })
    const client = createClient(server.url, { cache: memoryCache(), retry: false })
    await expect(client.get('/')).rejects.toMatchObject({ name: 'NetworkError' })
    expect(await client.get('/')).toMatchObject({ from: 'network', content: { whole: 'content ' } })
  })

  test('all fields come back, with Age (§3.1, §4)', async () => {
    const { client } = await cached({ 'cache-control': 'max-age=60', 'x-new': 'a', age: '7', 'set-cookie': 'a=b' })
    await client.get('/')
    const { fields, from } = await client.get('/')
    expect([from, fields.get('x-new'), fields.get('age'), fields.getSetCookie()]).toEqual(['cache', 'a', '7', ['a=b']])
  })

  test('octets that were handed out are the caller’s: what becomes of them is not seen here', async () => {
    const server = await serving((_, response) =>
      response.writeHead(200, { 'content-type': 'image/png', 'cache-control': 'max-age=60' }).end('png'),
    )
    const client = createClient(server.url, { cache: memoryCache() })
    for (const from of ['network', 'cache', 'cache']) {
      const r = await client.get('/', { headers: { accept: 'image/png' } })
      expect(r).toMatchObject({ from, content: new TextEncoder().encode('png') })
      if (r.ok && r.content instanceof Uint8Array) structuredClone(r.content.fill(0), { transfer: [r.content.buffer] })
    }
  })

  test('a permanent redirect with a lifetime is kept for as long', async () => {
    const server = await serving(({ path }, response) =>
      path === '/old'
        ? bare(response, 308, { location: '/new', 'cache-control': 'max-age=60' })
        : json(response, 200, {}, { 'cache-control': 'max-age=60' }),
    )
    const client = createClient(server.url, { cache: memoryCache() })
    for (let times = 0; times < 2; times++) expect((await client.get('/old')).url).toBe(`${server.url}/new`)
    expect(server.arrived).toHaveLength(2)
  })
})

describe('whose it is', () => {
  test('never another one’s, one after the other or at once', async () => {
    const server = await serving(({ fields }, response) => {
      setTimeout(() => json(response, 200, { for: fields.authorization }, { 'cache-control': 'max-age=60' }), 20)
    })
    const cache = memoryCache()
    const as = (token: string) => createClient(server.url, { cache, auth: bearer({ token }) })
    const both = await Promise.all([as('a').get('/'), as('b').get('/')])
    expect(both).toMatchObject([{ content: { for: 'Bearer a' } }, { content: { for: 'Bearer b' } }])
    expect(await as('b').get('/')).toMatchObject({ from: 'cache', content: { for: 'Bearer b' } })
    const keyed = createClient(server.url, { cache, secrets: ['x-api-key'] })
    expect((await keyed.get('/', { headers: { 'x-api-key': '1' } })).from).toBe('network')
    expect((await keyed.get('/', { headers: { 'x-api-key': '2' } })).from).toBe('network')
    expect((await keyed.get('/', { headers: { 'x-api-key': '1' } })).from).toBe('cache')
  })

  test('variants by the fields that Vary names (§4.1)', async () => {
    const { from } = await cached({ 'cache-control': 'max-age=60', vary: 'X-A, x-b' })
    const seen: string[] = []
    for (const headers of [{ 'x-a': '1' }, { 'x-a': '2' }, { 'x-a': '1' }, { 'x-a': '1', 'x-b': '' }, { 'x-c': '1' }])
      seen.push(await from({ 'x-other': String(seen.length), ...headers }))
    expect(seen).toEqual(['network', 'network', 'cache', 'network', 'network'])
  })

  test('the same asked for at once is asked for once; one of those who wait may give up', async () => {
    const server = await serving((_, response, n) => {
      setTimeout(() => json(response, 200, { n }, { 'cache-control': 'max-age=60' }), 50)
    })
    const client = createClient(server.url, { cache: memoryCache() })
    const controller = new AbortController()
    const calls = [client.get('/'), client.get('/'), client.get('/', { signal: controller.signal })]
    setTimeout(() => controller.abort(new Error('enough')), 20)
    await expect(calls[2]).rejects.toThrow('enough')
    expect((await Promise.all(calls.slice(0, 2))).map(({ from }) => from)).toEqual(['network', 'cache'])
    expect(server.arrived).toHaveLength(1)
  })

  test('if the one who asks gives up, the next asks', async () => {
    const server = await serving((_, response, n) => {
      setTimeout(() => json(response, 200, { n }, { 'cache-control': 'max-age=60' }), 60)
    })
    const client = createClient(server.url, { cache: memoryCache() })
    const controller = new AbortController()
    const first = client.get('/', { signal: controller.signal })
    const second = client.get('/')
    setTimeout(() => controller.abort(new Error('enough')), 20)
    await expect(first).rejects.toThrow('enough')
    expect((await second).status).toBe(200)
  })
})

describe('validation (RFC 9111 §4.3)', () => {
  test('with the tag as it is, and the date; a 304 brings the copy up to date', async () => {
    const modified = formatDate(Date.now() - 1e8)
    const server = await serving(({ fields }, response, n) => {
      const said = {
        etag: 'W/"1"',
        'last-modified': modified,
        'cache-control': n < 1 ? 'no-cache' : 'max-age=60',
        'x-n': `${n}`,
      }
      if (fields['if-none-match'] === 'W/"1"' && fields['if-modified-since'] === modified)
        response.writeHead(304, { ...said, 'content-length': '999' }).end()
      else json(response, 200, { n }, { ...said, 'content-length': '7' })
    })
    const client = createClient(server.url, { cache: memoryCache() })
    const replies = [await client.get('/'), await client.get('/'), await client.get('/')]
    expect(replies.map(({ from }) => from)).toEqual(['network', 'revalidated', 'cache'])
    expect(replies[2]).toMatchObject({ status: 200, content: { n: 0 }, etag: 'W/"1"' })
    expect(replies.map(({ fields }) => fields.get('x-n'))).toEqual(['0', '1', '1'])
    expect(replies[2]?.fields.get('content-length')).toBe('7')
  })

  test('all lines of a field come with a 304, in place of all that were there (§3.2)', async () => {
    const server = await serving(({ fields }, response) => {
      const isFirst = fields['if-none-match'] === undefined
      response.setHeader('set-cookie', isFirst ? ['a=1', 'b=1', 'c=1'] : ['a=2', 'b=2'])
      if (isFirst) json(response, 200, {}, { etag: '"1"', 'cache-control': 'no-cache' })
      else response.writeHead(304, { etag: '"1"' }).end()
    })
    const client = createClient(server.url, { cache: memoryCache() })
    await client.get('/')
    expect((await client.get('/')).fields.getSetCookie()).toEqual(['a=2', 'b=2'])
  })

  test('a 304 without a Date is as old as its arrival (RFC 9110 §6.6.1)', async () => {
    const server = await serving(({ fields }, response) => {
      const old = { date: formatDate(Date.now() - 3_600_000), etag: '"1"', 'cache-control': 'max-age=60' }
      if (fields['if-none-match'] === undefined) json(response, 200, {}, old)
      else {
        response.sendDate = false
        bare(response, 304, { etag: '"1"' })
      }
    })
    const client = createClient(server.url, { cache: memoryCache() })
    const from = [(await client.get('/')).from, (await client.get('/')).from, (await client.get('/')).from]
    expect(from).toEqual(['network', 'revalidated', 'cache'])
  })

  test.each([
    ['a 304 that says no-store', 'max-age=60, no-store', 'no-cache'],
    ['a request that does', 'max-age=60', 'no-cache, no-store'],
  ])('%s leaves what is kept as it was (§5.2.1.5, §5.2.2.5)', async (_, said, asked) => {
    const server = await startScripted((_request, response, n) => {
      if (n === 0) json(response, 200, {}, { etag: '"1"', 'cache-control': 'max-age=60', 'x-n': '0' })
      else bare(response, 304, { etag: '"1"', 'cache-control': said, 'x-n': '1' })
    })
    const client = createClient(server.url, { cache: memoryCache() })
    await client.get('/')
    const validated = await client.get('/', { headers: { 'cache-control': asked } })
    expect([validated.from, validated.fields.get('x-n')]).toEqual(['revalidated', '1'])
    const kept = await client.get('/')
    expect([kept.from, kept.fields.get('x-n')]).toEqual(['cache', '0'])
    await server.stop()
  })

  test('what has changed replaces it', async () => {
    const server = await serving((_, response, n) =>
      json(response, 200, { n }, { etag: `"${n}"`, 'cache-control': 'no-cache' }),
    )
    const client = createClient(server.url, { cache: memoryCache() })
    await client.get('/')
    expect(await client.get('/')).toMatchObject({ from: 'network', content: { n: 1 } })
    await client.get('/')
    expect(server.arrived.map(({ fields }) => fields['if-none-match'])).toEqual([undefined, '"0"', '"1"'])
  })

  test('a 304 about another version says nothing of this one', async () => {
    const server = await serving(({ fields }, response) =>
      fields['if-none-match'] === undefined
        ? json(response, 200, {}, { etag: '"1"', 'cache-control': 'no-cache' })
        : bare(response, 304, { etag: '"2"' }),
    )
    const client = createClient(server.url, { cache: memoryCache() })
    await client.get('/')
    expect(await client.get('/')).toMatchObject({ status: 200, from: 'network' })
  })
})

describe('writes (RFC 9111 §4.4)', () => {
  test.each([
    ['post', 200, 'network'],
    ['put', 204, 'network'],
    ['patch', 200, 'network'],
    ['delete', 204, 'network'],
    ['delete', 404, 'cache'],
    ['put', 409, 'cache'],
    ['post', 500, 'cache'],
  ] as const)('%s answered %i: then from %s', async (method, status, expected) => {
    const server = await serving((request, response) =>
      request.method === 'GET' ? json(response, 200, {}, { 'cache-control': 'max-age=60' }) : bare(response, status),
    )
    const client = createClient(server.url, { cache: memoryCache(), retry: false })
    await client.get('/')
    await client[method]('/')
    expect((await client.get('/')).from).toBe(expected)
  })

  test('a write whose answer is lost may have been done', async () => {
    const server = await serving((request, response) => {
      if (request.method === 'GET') json(response, 200, {}, { 'cache-control': 'max-age=60' })
      else response.socket?.destroy()
    })
    const client = createClient(server.url, { cache: memoryCache(), retry: false })
    await client.get('/')
    await expect(client.post('/')).rejects.toThrow(/no reply/)
    expect((await client.get('/')).from).toBe('network')
  })

  test('what was asked for before a write and arrives after it is not kept', async () => {
    let answer = (): void => undefined
    let arrived = (): void => undefined
    const first = new Promise<void>((resolve) => (arrived = resolve))
    const server = await serving(({ method }, response, n) => {
      const reply = (): void => json(response, 200, { n }, { 'cache-control': 'max-age=60' })
      if (n === 0) {
        answer = reply
        arrived()
      } else reply()
      if (method === 'PUT') answer()
    })
    const client = createClient(server.url, { cache: memoryCache() })
    const early = client.get('/')
    await first
    await client.put('/', { content: {} })
    expect(await early).toMatchObject({ content: { n: 0 } })
    expect(await client.get('/')).toMatchObject({ from: 'network', content: { n: 2 } })
    expect(await client.get('/')).toMatchObject({ from: 'cache', content: { n: 2 } })
  })

  test('what Location and Content-Location name is forgotten too, of this origin only', async () => {
    const server = await serving((request, response) => {
      if (request.method === 'GET') json(response, 200, {}, { 'cache-control': 'max-age=60' })
      else bare(response, 201, { location: '/a', 'content-location': `${other.url}/a` })
    })
    const other = await serving((_, response) => json(response, 200, {}, { 'cache-control': 'max-age=60' }))
    const cache = memoryCache()
    const [here, there] = [createClient(server.url, { cache }), createClient(other.url, { cache })]
    await Promise.all([here.get('/a'), there.get('/a')])
    await here.post('/')
    expect([(await here.get('/a')).from, (await there.get('/a')).from]).toEqual(['network', 'cache'])
  })
})

describe('what the request asks for (RFC 9111 §5.2.1, RFC 5861)', () => {
  test.each<[string, string, string]>([
    ['max-age=60', 'no-cache', 'network'],
    ['max-age=60', 'no-store', 'cache'],
    ['max-age=60', 'max-age=0', 'network'],
    ['max-age=60', 'max-age=9', 'cache'],
    ['max-age=60', 'min-fresh=90', 'network'],
    ['max-age=0', 'max-stale=5', 'network'],
  ])('%s; %s: from %s', async (said, asked, expected) => {
    const { from } = await cached({ 'cache-control': said })
    await from()
    expect(await from({ 'cache-control': asked })).toBe(expected)
  })

  test('no-store leaves nothing behind', async () => {
    const { from } = await cached({ 'cache-control': 'max-age=60' })
    expect([await from({ 'cache-control': 'no-store' }), await from()]).toEqual(['network', 'network'])
  })

  test('only-if-cached: from here, or 504', async () => {
    const { client, server } = await cached({ 'cache-control': 'max-age=60' })
    const headers = { 'cache-control': 'only-if-cached' }
    expect(await client.get('/', { headers })).toMatchObject({ status: 504, from: 'cache' })
    await client.get('/')
    expect(await client.get('/', { headers })).toMatchObject({ status: 200, from: 'cache' })
    expect(server.arrived).toHaveLength(1)
  })

  test('and without a wait: to ask again would change nothing', async () => {
    const server = await serving(counting)
    const kinds: string[] = []
    const client = createClient(server.url, { cache: memoryCache(), onReaction: ({ kind }) => kinds.push(kind) })
    expect((await client.get('/', { headers: { 'cache-control': 'only-if-cached' } })).status).toBe(504)
    expect([kinds, server.arrived.length]).toEqual([['reused'], 0])
  })

  test('stale-while-revalidate: one asks, however many get the old one meanwhile', async () => {
    const fields = { 'cache-control': 'max-age=0, stale-while-revalidate=60', etag: '"1"' }
    const server = await serving(
      (_, response, n) => void setTimeout(() => json(response, 200, { n }, fields), n && 100),
    )
    const client = createClient(server.url, { cache: memoryCache() })
    await client.get('/')
    const from = async () => (await client.get('/')).from
    expect(new Set(await Promise.all(Array.from({ length: 9 }, from)))).toEqual(new Set(['stale']))
    await pause(200)
    expect(server.arrived).toHaveLength(2)
    await from()
    await pause(200)
    expect(server.arrived).toHaveLength(3)
  })

  test('stale-while-revalidate: what comes and cannot be kept is not left open', async () => {
    let closed = (): void => undefined
    const over = new Promise<void>((resolve) => (closed = resolve))
    const server = await serving((_, response, n) => {
      if (n === 0)
        return json(response, 200, {}, { 'cache-control': 'max-age=0, stale-while-revalidate=60', etag: '"1"' })
      response.on('close', closed).writeHead(200, { 'cache-control': 'no-store' }).write('{')
    })
    const client = createClient(server.url, { cache: memoryCache() })
    await client.get('/')
    expect((await client.get('/')).from).toBe('stale')
    await over
  })

  test('stale-while-revalidate: the old one at once, the new one next time', async () => {
    const { client } = await cached({ 'cache-control': 'max-age=0, stale-while-revalidate=60', etag: '"1"' })
    await client.get('/')
    expect(await client.get('/')).toMatchObject({ from: 'stale', content: { n: 0 } })
    await pause(100)
    expect(await client.get('/')).toMatchObject({ from: 'stale', content: { n: 1 } })
  })

  test.each<[string, string | number]>([
    ['max-age=0, stale-if-error=60', 'stale'],
    ['max-age=0, stale-if-error=60, must-revalidate', 503],
    ['max-age=0', 503],
  ])('%s: an origin that fails gives %s', async (said, expected) => {
    const server = await serving((_, response, n) =>
      n === 0 ? json(response, 200, {}, { etag: '"1"', 'cache-control': said }) : bare(response, 503),
    )
    const client = createClient(server.url, { cache: memoryCache(), retry: false })
    await client.get('/')
    const r = await client.get('/')
    expect(r.ok ? r.from : r.status).toBe(expected)
  })

  test.each([408, 425, 429])('a %i is no failure of the origin’s: nothing stands in for it', async (status) => {
    const server = await serving((_, response, n) =>
      n === 0
        ? json(response, 200, {}, { etag: '"1"', 'cache-control': 'max-age=0, stale-if-error=60' })
        : bare(response, status),
    )
    const client = createClient(server.url, { cache: memoryCache(), retry: false })
    await client.get('/')
    expect((await client.get('/')).status).toBe(status)
  })

  test('stale-if-error also where nobody answers', async () => {
    const server = await startScripted((_, response) =>
      json(response, 200, {}, { etag: '"1"', 'cache-control': 'max-age=0, stale-if-error=60' }),
    )
    const client = createClient(server.url, { cache: memoryCache(), retry: false })
    await client.get('/')
    await server.stop()
    expect((await client.get('/')).from).toBe('stale')
  })
})

describe('parts (RFC 9110 §14)', () => {
  const whole = (fields: Record<string, string>): Script => {
    return ({ fields: { range } }, response, n) => {
      if (range === undefined || n > 9) response.writeHead(200, { 'content-length': '10', ...fields }).end('0123456789')
      else response.writeHead(206, { 'content-range': 'bytes 2-4/10', ...fields }).end('234')
    }
  }

  test.each([
    ['bytes=0-1', 'bytes 0-1/10', '01'],
    ['bytes=7-', 'bytes 7-9/10', '789'],
    ['bytes=-1', 'bytes 9-9/10', '9'],
  ])('%s of what is kept whole', async (range, contentRange, text) => {
    const server = await serving(whole({ 'cache-control': 'max-age=60' }))
    const cachedFetch = createFetch({ cache: memoryCache() })
    await cachedFetch(server.url)
    const part = await cachedFetch(server.url, { headers: { range } })
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, contentRange, text])
    expect(part.headers.get('content-length')).toBeNull()
    expect(await (await cachedFetch(server.url)).text()).toBe('0123456789')
    expect(server.arrived).toHaveLength(1)
  })

  test('what is stale is validated first, and then still a part', async () => {
    const server = await serving(({ fields }, response) =>
      fields['if-none-match'] === undefined
        ? response.writeHead(200, { etag: '"1"', 'cache-control': 'no-cache' }).end('0123456789')
        : bare(response, 304, { etag: '"1"' }),
    )
    const cachedFetch = createFetch({ cache: memoryCache() })
    await cachedFetch(server.url)
    const part = await cachedFetch(server.url, { headers: { range: 'bytes=0-1' } })
    expect([part.status, await part.text()]).toEqual([206, '01'])
  })

  test('a part is kept for the same question, and is never taken for the whole', async () => {
    const server = await serving(whole({ 'cache-control': 'max-age=60' }))
    const cachedFetch = createFetch({ cache: memoryCache() })
    const text = async (range?: string): Promise<string> =>
      (await cachedFetch(server.url, range === undefined ? {} : { headers: { range } })).text()
    expect([await text('bytes=2-4'), await text('bytes=2-4')]).toEqual(['234', '234'])
    expect(server.arrived).toHaveLength(1)
    expect(await text('bytes=2-3')).toBe('234')
    expect(await text()).toBe('0123456789')
    expect(server.arrived).toHaveLength(3)
  })

  test('what was said of a part says nothing of the whole', async () => {
    const server = await serving(({ fields }, response) => {
      if (fields.range === undefined) json(response, 200, 'whole', { 'cache-control': 'max-age=60' })
      else bare(response, 416, { 'content-range': 'bytes */10', 'cache-control': 'max-age=60' })
    })
    const fetch = createFetch({ cache: memoryCache() })
    expect((await fetch(server.url, { headers: { range: 'bytes=99-' } })).status).toBe(416)
    expect((await fetch(server.url)).status).toBe(200)
  })

  test.each(['bytes=0-1,4-5', 'bytes=10-', 'lines=1-2'])('%s is for the origin', async (range) => {
    const server = await serving(whole({ 'cache-control': 'max-age=60' }))
    const cachedFetch = createFetch({ cache: memoryCache() })
    await cachedFetch(server.url)
    await cachedFetch(server.url, { headers: { range } })
    expect(server.arrived.at(-1)?.fields.range).toBe(range)
  })
})

describe('behind the plain signature of fetch', () => {
  test.each<[RequestCache, string[], string | undefined]>([
    ['default', ['0', '0'], undefined],
    ['force-cache', ['0', '0'], undefined],
    ['only-if-cached', ['0', '0'], undefined],
    ['no-cache', ['0', '1'], 'max-age=0'],
    ['reload', ['0', '1'], 'no-cache'],
    ['no-store', ['0', '1'], 'no-cache, no-store'],
  ])('cache: %s (Fetch §5.4)', async (cache, expected, said) => {
    const server = await serving((_, response, n) =>
      response.writeHead(200, { 'cache-control': 'max-age=60' }).end(String(n)),
    )
    const cachedFetch = createFetch({ cache: memoryCache() })
    const first = await (await cachedFetch(server.url)).text()
    const again = await (await cachedFetch(server.url, { cache })).text()
    expect([first, again]).toEqual(expected)
    if (said !== undefined) expect(server.arrived[1]?.fields['cache-control']).toBe(said)
  })

  test('what was said for one connection is not kept (RFC 9111 §3.1)', async () => {
    const server = await serving((_, response) =>
      json(
        response,
        200,
        {},
        { 'cache-control': 'max-age=60', connection: 'keep-alive, x-hop', 'x-hop': '1', 'x-end': '2' },
      ),
    )
    const cachedFetch = createFetch({ cache: memoryCache() })
    await cachedFetch(server.url)
    const { headers } = await cachedFetch(server.url)
    expect([headers.get('x-hop'), headers.get('x-end')]).toEqual([null, '2'])
  })

  test('what a page got without its cookies is not used with them', async () => {
    const server = await serving(counting)
    const cachedFetch = createFetch({ cache: memoryCache() })
    const modes = [undefined, 'include', 'omit', 'include'] as const
    const texts = modes.map(async (mode) =>
      (await cachedFetch(server.url, mode === undefined ? {} : { credentials: mode })).text(),
    )
    expect(new Set(await Promise.all(texts)).size).toBe(3)
  })

  test('a POST that gives what a GET would give, and says so (RFC 9110 §9.3.3)', async () => {
    const server = await serving(({ path }, response) =>
      json(response, 200, { path }, { 'content-location': path, 'cache-control': 'max-age=60' }),
    )
    const cachedFetch = createFetch({ cache: memoryCache() })
    await cachedFetch(`${server.url}/a`, { method: 'POST', body: 'x' })
    expect(await (await cachedFetch(`${server.url}/a`)).json()).toEqual({ path: '/a' })
    expect(server.arrived).toHaveLength(1)
  })

  test('the caller’s own conditions are between the caller and the origin: a raw 304', async () => {
    const server = await serving(({ fields }, response) =>
      fields['if-none-match'] === undefined
        ? json(response, 200, {}, { etag: '"1"', 'cache-control': 'max-age=60' })
        : bare(response, 304, { etag: '"1"' }),
    )
    const cachedFetch = createFetch({ cache: memoryCache() })
    expect((await cachedFetch(server.url)).status).toBe(200)
    expect((await cachedFetch(server.url, { headers: { 'if-none-match': '"1"' } })).status).toBe(304)
    const again = await cachedFetch(`${server.url}/`)
    expect([again.status, again.url, again.headers.get('age')]).toEqual([200, `${server.url}/`, '0'])
    expect(await again.json()).toEqual({})
    expect(server.arrived).toHaveLength(2)
  })

  test('what is too big to keep flows on', async () => {
    const big = 'x'.repeat(50_000)
    const server = await serving((_, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60' })
      response.write(big.slice(0, 20_000))
      setTimeout(() => response.end(big.slice(20_000)), 20)
    })
    const cachedFetch = createFetch({ cache: memoryCache({ size: 40_000 }) })
    for (let times = 0; times < 2; times++) expect(await (await cachedFetch(server.url)).text()).toBe(big)
    expect(server.arrived).toHaveLength(2)
  })

  test('what was used longest ago makes room', async () => {
    const server = await serving((_, response) =>
      json(response, 200, 'x'.repeat(1000), { 'cache-control': 'max-age=60' }),
    )
    const client = createClient(server.url, { cache: memoryCache({ size: 8000 }) })
    for (const path of ['/1', '/2', '/3', '/1', '/4']) await client.get(path)
    expect((await client.get('/1')).from).toBe('cache')
    expect((await client.get('/2')).from).toBe('network')
  })
})
