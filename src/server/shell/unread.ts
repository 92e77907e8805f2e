/** What one side sends and the other does not read. */
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Octets that may wait in the process for a reader; what the kernel holds for a connection is not counted. */
export const UNREAD = 64 * 1024

/** Content that is still coming so many milliseconds after the answer was sent ends the connection. */
export function limitContent(request: IncomingMessage, response: ServerResponse, time: number): void {
  response.once('finish', () => {
    if (request.complete) return
    const { socket } = request
    const timer = setTimeout(() => socket.destroy(), time)
    const clear = (): void => clearTimeout(timer)
    request.once('end', clear)
    socket.once('close', clear)
  })
}
