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

  constructor(address: string) {
    this.address = address
  }

  /** The answer after which nothing was asked yet. */
  get answerBefore(): ServerResponse | undefined {
    const { latest } = this
    return latest?.writableFinished === true && latest.req.complete ? latest : undefined
  }
}

const connections = new WeakMap<Socket, Connection>()

export function connectionOf(socket: Socket): Connection {
  const known = connections.get(socket)
  if (known !== undefined) return known
  const connection = new Connection(socket.remoteAddress ?? '')
  connections.set(socket, connection)
  return connection
}
