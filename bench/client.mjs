// Our client side by side with its peers: the same JSON over and over, first from the network, then from a cache
// that has it fresh. Every ratio is against the platform's bare fetch in the same round.
import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { performance } from 'node:perf_hooks'
import { median } from './rounds.mjs'

const OURS = new URL('../dist/client/index.js', import.meta.url)
/** Times as fast as bare fetch, at least. */
const UNCACHED_TARGET = 0.9
const CACHED_TARGET = 10

/** `{ rows: [{ name, uncached, cached }] }`, each `{ microseconds, ratio, target?, met? }`, or `{ missing }`. */
export async function measureClients({ rounds, seconds }, progress) {
  if (!existsSync(OURS)) return { missing: 'dist/client/index.js' }
  const server = new Worker(new URL('./client-server.mjs', import.meta.url))
  const port = await new Promise((resolve) => server.once('message', resolve))
  try {
    const url = `http://127.0.0.1:${port}`
    const entrants = await enter(url)
    const calls = entrants.flatMap(({ name, uncached, cached }) => [
      ...(uncached === undefined ? [] : [{ id: `${name} uncached`, call: uncached }]),
      ...(cached === undefined ? [] : [{ id: `${name} cached`, call: cached }]),
    ])
    const samples = new Map(calls.map(({ id }) => [id, []]))
    for (let round = 0; round <= rounds; round += 1) {
      for (const { id, call } of calls) {
        progress(`round ${round} of ${rounds}: ${id}`)
        const microseconds = await timeOf(call, seconds / 2)
        // The first round warms up, and fills the caches.
        if (round > 0) samples.get(id).push(microseconds)
      }
    }
    const bare = samples.get('fetch uncached')
    const row = (id, target) => {
      const times = samples.get(id)
      if (times === undefined) return undefined
      const ratio = median(times.map((time, round) => bare[round] / time))
      return { microseconds: median(times), ratio, target, met: target === undefined ? undefined : ratio >= target }
    }
    return {
      rows: entrants.map(({ name, ours }) => ({
        name,
        uncached: row(`${name} uncached`, ours && UNCACHED_TARGET),
        cached: row(`${name} cached`, ours && CACHED_TARGET),
      })),
    }
  } finally {
    await server.terminate()
  }
}

/** Who takes part: how each gets the content of `/uncached`, and of `/cached` if it has a cache. */
async function enter(url) {
  const { createClient, createFetch, memoryCache } = await import(OURS)
  const { default: ky } = await import('ky')
  const { ofetch } = await import('ofetch')
  const { default: axios } = await import('axios')
  const { default: got } = await import('got')
  const { Keyv } = await import('keyv')
  const { Agent, fetch: undiciFetch, interceptors } = await import('undici')

  const client = createClient(url, { cache: memoryCache() })
  const cachingFetch = createFetch({ cache: memoryCache() })
  // It adds a listener for every request, and its storage would warn of each.
  const store = new Keyv()
  store.setMaxListeners(Infinity)
  const cachingGot = got.extend({ cache: store, cacheOptions: { shared: false } })
  const dispatcher = new Agent().compose(interceptors.cache({ type: 'private' }))
  const arrived = await fetch(`${url}/cached`)
  const fields = [...arrived.headers]
  const octets = new Uint8Array(await arrived.arrayBuffer())
  return [
    { name: 'fetch', uncached: async () => (await fetch(`${url}/uncached`)).json() },
    // What no cache behind the signature of fetch can do without.
    { name: 'a Response, made and read', cached: () => new Response(octets, { headers: fields }).json() },
    {
      name: 'tenfour, client.get',
      ours: true,
      uncached: async () => (await client.get('/uncached')).content,
      cached: async () => (await client.get('/cached')).content,
    },
    {
      name: 'tenfour, createFetch',
      ours: true,
      uncached: async () => (await cachingFetch(`${url}/uncached`)).json(),
      cached: async () => (await cachingFetch(`${url}/cached`)).json(),
    },
    { name: 'ky', uncached: () => ky.get(`${url}/uncached`).json() },
    { name: 'ofetch', uncached: () => ofetch(`${url}/uncached`) },
    { name: 'axios', uncached: async () => (await axios.get(`${url}/uncached`)).data },
    {
      name: 'got',
      uncached: () => got(`${url}/uncached`).json(),
      cached: () => cachingGot(`${url}/cached`).json(),
    },
    {
      name: 'undici',
      uncached: async () => (await undiciFetch(`${url}/uncached`)).json(),
      cached: async () => (await undiciFetch(`${url}/cached`, { dispatcher })).json(),
    },
  ]
}

/** Microseconds of one call, one after the other for so many seconds. */
async function timeOf(call, seconds) {
  const { id } = await call()
  if (id !== '1') throw new Error('a client got other content')
  const began = performance.now()
  let calls = 0
  while (performance.now() - began < seconds * 1000) {
    await call()
    calls += 1
  }
  return ((performance.now() - began) * 1000) / calls
}
