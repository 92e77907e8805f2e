/**
 * The node:http shell: the fast path, and what node:http would answer by itself.
 *
 * An unknown method, an oversized head, a broken message, Expect, CONNECT and a missing Host never
 * reach a request handler on their own. Each is brought back here, so that the wire obeys the table.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { brokenBy, knownOf, type ParserError, sendBroken } from './broken.ts'
import { connectionOf } from './connection.ts'
import { Connections } from './connections.ts'
import type { Declared } from '../declare/declaration.ts'
import { createEngine } from '../engine/engine.ts'
import { NodeIncoming } from './node-incoming.ts'
import { send } from './send.ts'
import type { Engine, Running, ServeOptions } from '../serving.ts'
import { limitContent } from './unread.ts'

/** Prepares the store and listens. Rejects when the port is taken or the store does not fit. */
export async function serve(api: Declared, options: ServeOptions): Promise<Running> {
  return serveEngine(await createEngine(api, options), options)
}

/** Listens with an engine that is ready. Rejects when the port is taken. */
export async function serveEngine<E extends Engine>(
  first: E,
  options: Pick<ServeOptions, 'host' | 'log' | 'port'>,
): Promise<Running<E>> {
  let engine = first
  const { server, connections } = createServerOf(() => engine)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  server.on(
    'error',
    seldom((err: unknown) => options.log.error({ err }, 'a connection could not be taken')),
  )
  const { port, address, family } = server.address() as AddressInfo
  return {
    get engine() {
      return engine
    },
    port,
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    replace(next) {
      const before = engine
      engine = next
      return idle(before)
    },
    async stop() {
      engine.drain()
      await connections.end(engine.limits.drainTime)
    },
  }
}

/** What befalls the listener once it listens (no descriptor is left, say) is told once a second, and ends nothing. */
function seldom<T>(tell: (what: T) => void): (what: T) => void {
  let told = -Infinity
  return (what) => {
    if (performance.now() - told < 1_000) return
    told = performance.now()
    tell(what)
  }
}

/** A node:http server that answers with this engine; not yet listening. */
export function createNodeServer(engine: Engine): Server {
  return createServerOf(() => engine).server
}

/** `current`: the engine of the moment. */
function createServerOf(current: () => Engine): { readonly server: Server; readonly connections: Connections } {
  const { limits } = current()
  const server = createServer({
    // The target counts as well, so it may be longer than the fields may be.
    maxHeaderSize: limits.fields + limits.target,
    headersTimeout: limits.headTime,
    requestTimeout: 0,
    connectionsCheckingInterval: Math.max(100, Math.min(1000, limits.headTime / 4)),
    requireHostHeader: false,
    insecureHTTPParser: false,
    // Idle connections are closed by the sweep of `Connections`.
    keepAliveTimeout: 0,
  })
  // Node drops what comes after 2,000 fields in silence, a precondition among them maybe. Their size is limited here.
  server.maxHeadersCount = 0
  // A client may say that it sends no more and still wait for its answer (RFC 9293 §3.6): node would hang up on it.
  Object.assign(server, { httpAllowHalfOpen: true })
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const connection = connectionOf(request.socket)
    if (connection.answeredLast) return
    const goesOn = connection.asked(response)
    const engine = current()
    const incoming = new NodeIncoming(request, response, connection.address, engine.limits)
    const isLast = incoming.isLast || !goesOn
    if (isLast) connection.answeredLast = true
    const reply = engine.handle(incoming)
    if (reply instanceof Promise) void reply.then((ready) => send(engine, connection, response, ready, isLast))
    else send(engine, connection, response, reply, isLast)
    if (incoming.hasContent) limitContent(request, response, engine.limits.contentTime)
    // What nobody has begun to read node drains, as a stream with all its events: here there is nothing in it.
    else request.read(0)
  }
  server.on('request', handle)
  // Answered by the walk, which knows whether the content is wanted (RFC 9110 §10.1.1).
  server.on('checkContinue', handle)
  server.on('checkExpectation', handle)
  // Node hands CONNECT and upgrades over as bare sockets.
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    // And without a listener: an error that nobody hears would end the process.
    socket.on('error', () => socket.destroy())
    sendBroken(current(), socket, 'method', request)
  })
  server.on('clientError', (error: Error & ParserError, socket: Socket) => {
    // More came after what the client itself called its last request: it is not looked at (RFC 9112 §9.6).
    if (error.code === 'HPE_CLOSED_CONNECTION') return
    // No request was begun, so none is late (RFC 9110 §15.5.9): a proxy might take the answer for that to its next one.
    if (socket.bytesRead === 0) {
      socket.destroy()
      return
    }
    sendBroken(current(), socket, brokenBy(error, limits.target), knownOf(error, socket))
  })
  return { server, connections: new Connections(server, () => current().limits.contentTime) }
}

/** Resolves when an engine answers nothing any more, or the drain time has passed. */
async function idle(engine: Engine): Promise<void> {
  const late = Date.now() + engine.limits.drainTime
  while (engine.requests > 0 && Date.now() < late) await sleep(10)
}
