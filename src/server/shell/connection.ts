/**
 * What has to be known of a connection beside what node knows: whose it is, and how far its answers are.
 */
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

export class Connection {
  /** The address of the other end. */
  readonly address: string
  /** The answer to the latest whole request: whatever is broken came after it. */
  latest: ServerResponse | undefined
  /**
   * It has had, or is having, its last answer: what comes after it must not be processed, since its answer could not be
   * sent (RFC 9112 §9.6).
   */
  answeredLast = false
  /** What the client is told of how long it may be idle: then it sends nothing on one about to be closed (RFC 2068 §19.7.1.1). */
  keepAlive: string | undefined
  /** Requests that came while the answer before was not sent yet, one after another. */
  #waiting = 0
  /** Octets that had come when the latest request ended. */
  #octets = 0

  constructor(address: string) {
    this.address = address
  }

  /** Takes note of a request that came; false if it has to be the last, because too many answers wait to be sent. */
  asked(response: ServerResponse): boolean {
    this.#waiting = this.latest === undefined || this.latest.writableFinished ? 0 : this.#waiting + 1
    this.latest = response
    this.ended(response.req.socket)
    return this.#waiting < WAITING
  }

  /** A request has come to its end, or has no content: what comes from here on is another. */
  ended(socket: Socket): void {
    this.#octets = socket.bytesRead
  }

  /**
   * Has anything come since? A request has begun then, or empty lines stand before one (RFC 9112 §2.2). What came in one
   * packet with the end of the latest is not seen: how far its parser has read node does not tell.
   */
  begun(socket: Socket): boolean {
    return socket.bytesRead > this.#octets
  }

  /** The answer after which nothing was asked yet. */
  get answerBefore(): ServerResponse | undefined {
    const { latest } = this
    return latest?.writableFinished === true && latest.req.complete ? latest : undefined
  }
}

/**
 * Answers that may wait behind one that is not sent yet. A client that sends on without an answer can be let go at any time,
 * and has to ask again for what was not answered (RFC 9112 §9.3.2); here no more is held for it than that.
 */
const WAITING = 100

const connections = new WeakMap<Socket, Connection>()

export function connectionOf(socket: Socket): Connection {
  const known = connections.get(socket)
  if (known !== undefined) return known
  const connection = new Connection(socket.remoteAddress ?? '')
  connections.set(socket, connection)
  return connection
}
