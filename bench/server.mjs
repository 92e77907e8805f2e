// A server under measurement: started on its core, timed to its first answer, stopped.
import { once } from 'node:events'
import { mkdtempSync, openSync, closeSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { folder as parent, start, stop } from './child.mjs'
import { pinned } from './cores.mjs'
import { exchange } from './exchange.mjs'

/** Any token68 of a length that is used. */
export const KEY = 'bench.0123456789abcdef0123456789abcdef'
const PATIENCE_MS = 30_000
let lastPort = 5099

/** A folder for one server's data. */
export const newFolder = () => mkdtempSync(`${parent}/server-`)

/**
 * Starts a peer. `milliseconds` is the time from its start to the last octet of its first 200.
 * `data` is the folder it keeps its items in, if it keeps any on disk.
 */
export async function startServer(peer, { core, data = newFolder() }) {
  const port = await freePort()
  const output = `${data}/output.txt`
  const log = openSync(output, 'a')
  const environment = {
    ...process.env,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    ADMIN_KEY: KEY,
    BASIC_KEY: `${KEY}.basic`,
    ...peer.environment(data),
  }
  const began = performance.now()
  const child = start(pinned(core, peer.command(port)), { env: environment, stdio: ['ignore', log, log] })
  closeSync(log)
  const failed = once(child, 'error').then(([error]) => error.message)
  const ended = once(child, 'exit').then(([code, signal]) => `it ended with ${code ?? signal}`)
  const trouble = await Promise.race([failed, ended, answers(port)])
  if (trouble !== undefined) {
    await stop(child)
    throw new Error(`${peer.name} did not start: ${trouble}\n${readFileSync(output, 'utf8').slice(-2000)}`)
  }
  const milliseconds = performance.now() - began
  return { peer, port, data, milliseconds, pid: child.pid, stop: () => stop(child) }
}

/** Undefined once a request was answered 200; what is wrong, if that takes too long. */
async function answers(port) {
  const giveUp = performance.now() + PATIENCE_MS
  let last = 'nothing listens on its port'
  while (performance.now() < giveUp) {
    try {
      const { status } = await exchange(port, 'GET', '/articles')
      if (status === 200) return undefined
      last = `GET /articles is answered ${status}`
    } catch {
      // Not listening yet.
    }
    await sleep(2)
  }
  return last
}

async function freePort() {
  for (;;) {
    lastPort += 1
    const probe = createServer()
    const free = await new Promise((settle) => {
      probe.once('error', () => settle(false))
      probe.listen(lastPort, '127.0.0.1', () => settle(true))
    })
    if (!free) continue
    await new Promise((settle) => probe.close(settle))
    return lastPort
  }
}
