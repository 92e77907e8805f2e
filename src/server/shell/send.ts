/** An answer on its way: whole, whatever the client still sends, and the last one where the connection ends. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Connection } from './connection.ts'
import { dateNow } from './date-now.ts'
import type { Reply } from '../engine/incoming.ts'
import type { Stream } from '../operation.ts'
import type { Engine } from '../serving.ts'
import { UNREAD } from './unread.ts'

/** `isLast`: nothing may follow it on this connection. */
export function send(
  engine: Engine,
  connection: Connection,
  response: ServerResponse,
  reply: Reply,
  isLast: boolean,
): void {
  const request = response.req
  const { fields, content, length, status, phrase } = reply
  const last = reply.close || isLast || (engine.draining && connection.latest === response)
  if (last && !reply.close) fields.push('Connection', 'close')
  // The client may have ended it itself, or be of HTTP/1.0.
  if (!last && response.shouldKeepAlive && connection.keepAlive !== undefined)
    fields.push('Keep-Alive', connection.keepAlive)
  if (last) connection.answeredLast = true
  fields.push('Date', dateNow())
  response.writeHead(status, phrase, fields)
  if (reply.stream !== undefined && request.method !== 'HEAD') {
    follow(response, reply.stream)
    return
  }
  if (!reply.close || request.complete) {
    const { socket } = response
    if (content && socket !== null && request.method !== 'HEAD') {
      // Head and content as one chunk in one write; `end(content)` makes a vector of them and an empty chunk.
      socket.cork()
      // ASCII is the same in both, and needs no encoding.
      response.write(content, length === content.length ? 'latin1' : 'utf8')
      socket.uncork()
      response.end()
    } else response.end(request.method === 'HEAD' ? undefined : content)
    return
  }
  // The answer goes out whole before the connection ends, or a client that is still sending would lose it.
  if (content !== undefined && request.method !== 'HEAD') response.write(content)
  else response.flushHeaders()
  linger(request, () => response.end())
}

/** Sends what has no end, until either side has had enough. Who reads too slowly is let go, so that nothing piles up. */
function follow(response: ServerResponse, stream: Stream): void {
  response.flushHeaders()
  const stop = stream({
    send: (text) => void (response.writableLength > UNREAD ? response.destroy() : response.write(text)),
    end: () => void response.end(),
  })
  response.once('close', stop)
}

const LINGER_OCTETS = 4 * 1024 * 1024
const LINGER_TIME = 2_000

/** Reads on for a moment and drops what comes (RFC 9112 §9.6). */
function linger(request: IncomingMessage, done: () => void): void {
  let octets = 0
  const finish = (): void => {
    clearTimeout(timer)
    request.off('data', count)
    done()
  }
  const count = (chunk: Buffer): void => {
    octets += chunk.length
    if (octets > LINGER_OCTETS) finish()
  }
  const timer = setTimeout(finish, LINGER_TIME)
  request.on('data', count)
  request.once('end', finish)
  request.once('close', finish)
  request.resume()
}
