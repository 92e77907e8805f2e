/** The caller's signal may live as long as a page: no call leaves anything on it. */
import { getEventListeners } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, test, vi } from 'vitest'
import { createClient, createFetch, memoryCache } from '../../src/client/index.ts'
import { bare, json, type Script, type Scripted, startScripted } from './scripted.ts'

const servers: Scripted[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())))

async function serving(script: Script): Promise<string> {
  const server = await startScripted(script)
  servers.push(server)
  return server.url
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const content: Script = (_, response) => json(response, 200, { n: 1 }, { 'cache-control': 'max-age=60' })
const none: Script = (_, response) => bare(response, 204)
const silent: Script = () => undefined
const half: Script = (_, response) => void response.writeHead(200, { 'content-length': '9' }).write('half')
const broken: Script = (_, response) =>
  void response.writeHead(200, { 'content-length': '9' }).write('half', () => response.destroy())

test.each<[string, Script, (response: Response) => Promise<unknown>]>([
  ['its content was read', content, (response) => response.json()],
  ['there was no content', none, async () => undefined],
  ['nobody wants its content', half, async ({ body }) => body?.cancel()],
  ['its content broke off', broken, (response) => response.text().catch(() => undefined)],
])('nothing is left on it when %s', async (_, script, read) => {
  const url = await serving(script)
  const { signal } = new AbortController()
  const response = await createFetch()(url, { signal })
  await read(response)
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})

test('nothing is left on it when the time is over', async () => {
  const url = await serving(half)
  const { signal } = new AbortController()
  const response = await createFetch({ timeout: 500 })(url, { signal })
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  await expect(response.text()).rejects.toMatchObject({ name: 'TimeoutError' })
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})

test('the time is for the content too, with a signal or without', async () => {
  const response = await createFetch({ timeout: 500 })(await serving(half))
  await expect(response.text()).rejects.toMatchObject({ name: 'TimeoutError' })
})

test.each<[string, (response: Response) => Promise<unknown>]>([
  ['json', (response) => response.json()],
  ['text', (response) => response.text()],
  ['arrayBuffer', (response) => response.arrayBuffer()],
  ['blob', (response) => response.blob()],
  ['formData', (response) => response.formData().catch(() => undefined)],
])('once all was read by %s there is no time to keep any more', async (name, read) => {
  const url = await serving(content)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const response = await createFetch()(url)
  expect(vi.getTimerCount()).toBe(1)
  await read(response)
  expect(vi.getTimerCount()).toBe(0)
  expect(Object.keys(response)).not.toContain(name)
  vi.useRealTimers()
})

test.each<[string, (response: Response) => Response]>([
  ['a member can be written over', (response) => Object.assign(response, { json: async () => ({ n: 1 }) })],
  [
    'a proxy can bind its methods',
    (response) =>
      new Proxy(response, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target)
          return typeof value === 'function' ? value.bind(target) : value
        },
      }),
  ],
])('what is done about a response of fetch can be done: %s', async (_, made) => {
  const url = await serving(content)
  expect(await made(await createFetch()(url)).json()).toEqual({ n: 1 })
})

test('a fetch that gives one response twice may', async () => {
  const one = new Response('text')
  const fetch = createFetch({ fetch: async () => one })
  expect(await fetch('http://a.example')).toBe(await fetch('http://a.example'))
  expect(await one.text()).toBe('text')
})

test('nothing is left on it by a write', async () => {
  const url = await serving(none)
  const { signal } = new AbortController()
  await createFetch()(url, { method: 'POST', body: 'text', signal })
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})

test('nothing is left on it by what is kept', async () => {
  const url = await serving(content)
  const { signal } = new AbortController()
  const cachedFetch = createFetch({ cache: memoryCache() })
  for (let n = 0; n < 3; n++) await cachedFetch(url, { signal })
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})

test('until then it ends what it was given to, and the response is what it was', async () => {
  const url = await serving(half)
  const caller = new AbortController()
  const response = await createFetch()(url, { signal: caller.signal })
  expect([response.url, response.status, response.headers.get('content-length')]).toEqual([`${url}/`, 200, '9'])
  const text = response.text()
  const reason = new Error('left')
  caller.abort(reason)
  await expect(text).rejects.toBe(reason)
  expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0)
})

test.each<[string, Script, (url: string, signal: AbortSignal) => Parameters<typeof fetch>]>([
  ['a GET', silent, (url, signal) => [url, { signal }]],
  ['a POST', silent, (url, signal) => [url, { method: 'POST', body: 'text', signal }]],
  ['a Request', silent, (url, signal) => [new Request(url, { signal })]],
  ['the content of a GET', half, (url, signal) => [url, { signal }]],
  ['the content of a POST', half, (url, signal) => [url, { method: 'POST', body: 'text', signal }]],
  ['the content of a Request', half, (url, signal) => [new Request(url, { signal })]],
])('it ends %s, whatever was collected meanwhile', async (_, script, asked) => {
  const url = await serving(script)
  const caller = new AbortController()
  const call = createFetch({ timeout: 3000, retry: false })(...asked(url, caller.signal)).then((got) => got.text())
  for (let times = 0; times < 5; times++) {
    await pause(20)
    collect()
  }
  const reason = new Error('left')
  caller.abort(reason)
  await expect(call).rejects.toBe(reason)
})

test.each<[string, (url: string, init: { signal: AbortSignal }) => PromiseLike<unknown>]>([
  ['createFetch', (url, init) => createFetch()(url, init)],
  ['createClient', (url, init) => createClient(url).get('/', init)],
])('%s: it is the one that was given, whatever becomes of the options afterwards', async (_, ask) => {
  const url = await serving(silent)
  const caller = new AbortController()
  const init = { signal: caller.signal }
  const call = ask(url, init)
  init.signal = new AbortController().signal
  const reason = new Error('left')
  caller.abort(reason)
  await expect(call).rejects.toBe(reason)
  expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0)
})

test.each([
  ['a code of no class (RFC 9110 §15)', 'HTTP/1.1 700 Odd', 700, 'Odd'],
  ['a phrase that no Response can be made with', 'HTTP/1.1 200 \u2713', 200, '\u2713'],
])('%s is a response like any other, with a signal and from a cache', async (_, line, status, phrase) => {
  const server = createServer((socket) => {
    socket.on('data', () => socket.end(`${line}\r\nCache-Control: max-age=60\r\nContent-Length: 2\r\n\r\nhi`))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const cachedFetch = createFetch({ cache: memoryCache(), retry: false })
  for (const fetch of [createFetch({ retry: false }), cachedFetch, cachedFetch]) {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: new AbortController().signal })
    expect([response.status, response.statusText, response.ok]).toEqual([status, phrase, status === 200])
    expect(await response.text()).toBe('hi')
  }
  server.close()
})

test('the time is for the content of a Request too, and so is the signal', async () => {
  const url = await serving(none)
  const never = (): ReadableStream => new ReadableStream({ pull: () => new Promise(() => undefined) })
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', duplex: 'half' }
  const late = createFetch({ timeout: 100 })(new Request(url, { ...init, body: never() }))
  await expect(late).rejects.toMatchObject({ name: 'TimeoutError' })
  const caller = new AbortController()
  const reason = new Error('left')
  setTimeout(() => caller.abort(reason), 50)
  const left = createFetch()(new Request(url, { ...init, body: never(), signal: caller.signal }))
  await expect(left).rejects.toBe(reason)
})
