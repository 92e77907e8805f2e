/** Two servers on real sockets and real files, and what the cases ask them with. */
import { start } from '../start.ts'
import { format, raw, send, type Sent, Wire, type WireResponse } from '../wire.ts'
import { KEYS, OPEN, STRICT } from './api.ts'

/** By `9110 §15.4.5 what is seen`: the RFC, the section, the words of the document. */
export type Cases = Readonly<Record<string, (w: World) => Promise<void>>>

export interface Item {
  readonly id: string
  readonly path: string
  readonly etag: string
  readonly lastModified: string
}

export interface World {
  readonly port: number
  /** Of the API with the choices the other way. */
  readonly strict: number
  ask(method: string, target: string, sent?: Sent): Promise<WireResponse>
  /** Octets as they are, on a connection of their own. */
  raw(octets: string | Buffer, options?: { readonly toHead?: boolean }): Promise<WireResponse>
  /** A new article of Ann's. */
  article(content?: Readonly<Record<string, unknown>>): Promise<Item>
  /** A connection for as many requests as wanted; closed when the case is over. */
  open(port?: number): Promise<Wire>
}

export interface Started extends World {
  stop(): Promise<void>
  closeAll(): void
}

export async function startWorld(): Promise<Started> {
  const open = await start(OPEN)
  const strict = await start(STRICT)
  const wires: Wire[] = []
  let articles = 0
  const { port } = open
  return {
    port,
    strict: strict.port,
    ask: (method, target, sent) => send(port, method, target, sent),
    raw: (octets, options) => raw(port, octets, options),
    async article(content = {}) {
      const made = await send(port, 'POST', '/articles', {
        as: KEYS.ann,
        content: { title: `Article ${++articles}`, body: 'Text', ...content },
      })
      if (made.status !== 201) throw new Error(`no article: ${made.status} ${made.content}`)
      const { location = '', etag = '', 'last-modified': lastModified = '' } = made.fields
      return { id: location.split('/').at(-1) ?? '', path: location, etag, lastModified }
    },
    async open(to = port) {
      const wire = await Wire.open(to)
      wires.push(wire)
      return wire
    },
    closeAll() {
      for (const wire of wires.splice(0)) wire.close()
    },
    async stop() {
      await Promise.all([open.stop(), strict.stop()])
    },
  }
}

/** Several requests, one after the other, on one connection. */
export async function inTurn(
  wire: Wire,
  requests: readonly (readonly [method: string, target: string, sent?: Sent])[],
): Promise<WireResponse[]> {
  const responses: WireResponse[] = []
  for (const [method, target, sent] of requests) {
    wire.write(format(method, target, sent))
    responses.push(await wire.read({ toHead: method === 'HEAD' }))
  }
  return responses
}
