/** What one side sends and the other does not read. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connectionOf } from './connection.ts'

/** Octets that may wait in the process for a reader; what the kernel holds for a connection is not counted. */
export const UNREAD = 64 * 1024

/** Content that is still coming so many milliseconds after the answer was sent ends the connection. */
export function limitContent(request: IncomingMessage, response: ServerResponse, time: number): void {
  const { socket } = request
  const ended = (): void => connectionOf(socket).ended(socket)
  response.once('finish', () => {
    if (request.complete) {
      ended()
      return
    }
    const timer = setTimeout(() => socket.destroy(), time)
    const clear = (): void => {
      clearTimeout(timer)
      // The connection has many requests, and may keep none of them.
      socket.off('close', clear)
    }
    request.once('end', clear).once('end', ended)
    socket.once('close', clear)
  })
}
