/** A server on a real socket that does what a test says, right or wrong. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Arrived {
  readonly method: string
  readonly path: string
  readonly fields: IncomingHttpHeaders
  readonly content: string
}

export interface Scripted {
  readonly url: string
  /** Every request so far, oldest first. */
  readonly arrived: readonly Arrived[]
  stop(): Promise<void>
}

/** The n-th request, from 0 on, and what to do with it. */
export type Script = (request: Arrived, response: ServerResponse, n: number) => void

export async function startScripted(script: Script): Promise<Scripted> {
  const arrived: Arrived[] = []
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const content = Buffer.concat(chunks).toString()
      const one = { method: request.method ?? '', path: request.url ?? '', fields: request.headers, content }
      arrived.push(one)
      script(one, response, arrived.length - 1)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    arrived,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** An answer with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  value: unknown,
  fields: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...fields }).end(JSON.stringify(value))
}

/** An answer without content. */
export function bare(response: ServerResponse, status: number, fields: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-length': '0', ...fields }).end()
}
