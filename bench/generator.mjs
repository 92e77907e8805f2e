// The bench's end of the load process, and the proof that the load is not what is measured.
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { start, stop } from './child.mjs'
import { pinned } from './cores.mjs'
import { startServer } from './server.mjs'

const path = (name) => fileURLToPath(new URL(name, import.meta.url))

/** `send(server, scenario, duration)` resolves to what `load.mjs` saw, with `rate` and `busy` worked out. */
export function startGenerator({ core, connections }) {
  const child = start(pinned(core, [process.execPath, path('load.mjs')]), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  return {
    connections,
    stop: () => stop(child),
    async send(server, { requests, status }, { warmUp, seconds }) {
      child.send({ port: server.port, pid: server.pid, requests, status, connections, warmUp, seconds })
      const [{ result, error }] = await once(child, 'message')
      if (error !== undefined) throw new Error(error)
      return {
        rate: result.answered / result.seconds,
        octets: result.octets / result.answered,
        /** Microseconds of the server's processor for one request. */
        cost: (result.serverCpu / result.answered) * 1e6,
        serverBusy: result.serverCpu / result.seconds,
        loadBusy: result.loadCpu / result.seconds,
      }
    },
  }
}

/** A limit is the best of some tries, not their median. */
const TRIES = 3

const RESPONDER = {
  id: 'responder',
  name: 'bare TCP',
  command: () => [process.execPath, path('responder.mjs')],
  environment: () => ({}),
}

/**
 * How many requests a second the load can send: `measured` against a process that answers each chunk it
 * reads with the same octets, and `unhindered`, were that process never the slower of the two.
 */
export async function measureCeiling(generator, core, duration) {
  const server = await startServer(RESPONDER, { core })
  const request = Buffer.from('GET /articles HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
  const seen = []
  for (let at = 0; at < TRIES; at += 1) {
    seen.push(await generator.send(server, { requests: [request], status: 200 }, duration))
  }
  await server.stop()
  return {
    measured: Math.max(...seen.map(({ rate }) => rate)),
    unhindered: Math.max(...seen.map(({ rate, loadBusy }) => rate / Math.min(1, loadBusy))),
  }
}
