/**
 * The connections of a server, and how it takes leave of them: nobody new is let in, what was asked is answered, the
 * rest is closed.
 *
 * Node's own `close` closes at once what it takes for idle: also a connection whose answer is made but not yet sent,
 * and one on which a request is on its way.
 */
import type { Server } from 'node:http'
import { Server as Listener, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A request that was sent before its client could know is let in. */
const GRACE_MS = 250
const LOOK_MS = 20

export class Connections {
  readonly #server: Server
  readonly #open = new Set<Socket>()

  constructor(server: Server) {
    this.#server = server
    server.on('connection', (socket: Socket) => {
      this.#open.add(socket)
      socket.once('close', () => this.#open.delete(socket))
    })
  }

  /** Resolves when the last one is closed; after `time` milliseconds they are closed whatever they are at. */
  async end(time: number): Promise<void> {
    const start = performance.now()
    const closed = new Promise<void>((resolve) => Listener.prototype.close.call(this.#server, () => resolve()))
    if (this.#open.size > 0) await sleep(Math.min(GRACE_MS, time))
    while (this.#open.size > 0 && performance.now() - start < time) {
      this.#endIdle()
      await sleep(LOOK_MS)
    }
    this.#server.closeAllConnections()
    await closed
    // The listener is closed; this ends what http keeps beside it.
    this.#server.close()
  }

  #endIdle(): void {
    let sending = false
    for (const socket of this.#open) {
      // Node takes a connection on which nothing was ever said for a busy one.
      if (socket.bytesRead === 0) socket.destroy()
      else if (socket.writableLength > 0) sending = true
    }
    if (!sending) this.#server.closeIdleConnections()
  }
}
