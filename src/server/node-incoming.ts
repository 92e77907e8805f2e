/** A request of node:http, as the engine wants it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Broken } from '../rules/index.ts'
import type { ApiLimits } from './declaration.ts'
import type { Arrived, Incoming } from './incoming.ts'

export class NodeIncoming implements Incoming {
  readonly method: string
  readonly target: string
  readonly broken: Broken | undefined
  readonly #request: IncomingMessage
  readonly #response: ServerResponse

  constructor(request: IncomingMessage, response: ServerResponse, limits: ApiLimits) {
    this.#request = request
    this.#response = response
    this.method = request.method ?? ''
    this.target = request.url ?? ''
    this.broken = brokenIn(request, limits)
  }

  get hosts(): number {
    const { rawHeaders, httpVersion } = this.#request
    let hosts = 0
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const name = rawHeaders[at]
      if (name?.length === 4 && name.toLowerCase() === 'host') hosts++
    }
    return hosts === 0 && httpVersion === '1.0' ? 1 : hosts
  }

  get address(): string {
    return this.#request.socket.remoteAddress ?? ''
  }

  get secure(): boolean {
    return 'encrypted' in this.#request.socket
  }

  get hasContent(): boolean {
    const { headers } = this.#request
    return (
      headers['transfer-encoding'] !== undefined ||
      (headers['content-length'] !== undefined && headers['content-length'] !== '0')
    )
  }

  field(name: string): string | undefined {
    const value = this.#request.headers[name]
    return typeof value === 'string' || value === undefined ? value : value.join(', ')
  }

  interim(): void {
    this.#response.writeContinue()
  }

  content(most: number, time: number): Promise<Arrived> {
    const request = this.#request
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      let octets = 0
      const settle = (arrived: Arrived): void => {
        clearTimeout(timer)
        request.off('data', take).off('end', end).off('close', gone)
        resolve(arrived)
      }
      const take = (chunk: Buffer): void => {
        octets += chunk.length
        if (octets > most) settle({ state: 'tooLarge' })
        else chunks.push(chunk)
      }
      const end = (): void =>
        settle({ state: 'read', bytes: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks) })
      const gone = (): void => {
        clearTimeout(timer)
        reject(new ClientGone())
      }
      const timer = setTimeout(() => settle({ state: 'late' }), time)
      request.on('data', take).on('end', end).on('close', gone)
    })
  }
}

/** The client went away before its content was whole: nobody is there to be answered. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone'
}

const SERVED: ReadonlySet<string> = new Set(['1.0', '1.1'])

/** What the parser lets through and the rules do not: its limit counts the target and the fields together. */
function brokenIn({ httpVersion, rawHeaders }: IncomingMessage, limits: ApiLimits): Broken | undefined {
  if (!SERVED.has(httpVersion)) return 'version'
  let octets = 0
  for (const text of rawHeaders) octets += text.length + 2
  return octets > limits.fields ? 'fields' : undefined
}
