/**
 * The connections of a server, and how it takes leave of them: one on which nothing is asked any more is closed after a
 * while (RFC 9112 §9.8). At the end nobody new is let in, what was asked is answered, the rest is closed.
 *
 * Node would set a timer for each answer, and its own `close` closes at once what it takes for idle: also a connection
 * whose answer is made but not yet sent, and one on which a request is on its way.
 */
import type { Server, ServerResponse } from 'node:http'
import { Server as Listener, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectionOf } from './connection.ts'

/** A request that was sent before its client could know is let in. */
const GRACE_MS = 250
const LOOK_MS = 20
const SWEEP_MS = 1_000
/** Idle connections stay open so long, or one sweep longer, unless the owner of the server says how long. */
const IDLE_MS = 5_000
const KEEP_ALIVE = `timeout=${IDLE_MS / 1000}`

/** After which answer nothing was asked. Milliseconds of the monotonic clock. */
interface Idle {
  readonly response: ServerResponse
  readonly since: number
}

export class Connections {
  readonly #server: Server
  readonly #contentTime: () => number
  readonly #open = new Map<Socket, Idle | undefined>()

  /** `contentTime`: milliseconds after which who takes nothing of what is sent is let go. */
  constructor(server: Server, contentTime: () => number) {
    this.#server = server
    this.#contentTime = contentTime
    server.on('connection', (socket: Socket) => {
      this.#open.set(socket, undefined)
      // Of a time that the owner has set node tells by itself.
      if (server.keepAliveTimeout === 0) connectionOf(socket).keepAlive = KEEP_ALIVE
      socket.once('close', () => this.#open.delete(socket))
    })
    server.on('listening', () => {
      const sweep = setInterval(() => this.#sweep(), SWEEP_MS).unref()
      server.once('close', () => clearInterval(sweep))
    })
  }

  /** Resolves when the last one is closed; after `time` milliseconds they are closed whatever they are at. */
  async end(time: number): Promise<void> {
    const start = performance.now()
    const closed = new Promise<void>((resolve) => Listener.prototype.close.call(this.#server, () => resolve()))
    if (this.#open.size > 0) await sleep(Math.min(GRACE_MS, time))
    while (this.#open.size > 0 && performance.now() - start < time) {
      this.#endUnused()
      await sleep(LOOK_MS)
    }
    this.#server.closeAllConnections()
    await closed
    // The listener is closed; this ends what http keeps beside it.
    this.#server.close()
  }

  /** What arrived while the process was at work is read first: whoever sent it in time is let wait. */
  #sweep(): void {
    setImmediate(() => this.#endIdle(performance.now()))
  }

  /**
   * Of a request that has begun node says when its head is late. Empty lines before one begin none (RFC 9112 §2.2), and for
   * what follows them node waits for ever. So a request has as long to begin as a connection may be idle, and its head so
   * long to come: what takes longer than both is none.
   */
  #endIdle(now: number): void {
    const idleTime = this.#server.keepAliveTimeout || IDLE_MS
    const patience = idleTime + this.#server.headersTimeout + SWEEP_MS
    for (const [socket, idle] of this.#open) {
      const connection = connectionOf(socket)
      const response = connection.answerBefore
      this.#limitUnread(socket)
      if (response === undefined || response !== idle?.response)
        this.#open.set(socket, response && { response, since: now })
      else if (now - idle.since >= (connection.begun(socket) ? patience : idleTime)) socket.destroy()
    }
  }

  /** What nobody reads is not kept for ever. Node's timer runs anew whenever something was taken, or came. */
  #limitUnread(socket: Socket): void {
    const time = socket.writableLength > 0 ? this.#contentTime() : 0
    if ((socket.timeout ?? 0) !== time) socket.setTimeout(time)
  }

  #endUnused(): void {
    let sending = false
    for (const socket of this.#open.keys()) {
      // Node takes a connection on which nothing was ever said for a busy one.
      if (socket.bytesRead === 0) socket.destroy()
      else if (socket.writableLength > 0) sending = true
    }
    if (!sending) this.#server.closeIdleConnections()
  }
}
