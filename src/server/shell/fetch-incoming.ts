/** A Request of the Fetch standard, as the engine wants it. */
import { type Broken, fieldBit, parseContentLength } from '../../rules/index.ts'
import { splitUri } from '../../rules/uri.ts'
import type { ApiLimits } from '../declare/limits.ts'
import type { Arrived, Incoming } from '../engine/incoming.ts'

export class FetchIncoming implements Incoming {
  readonly method: string
  readonly target: string
  readonly broken: Broken | undefined
  readonly present: number
  readonly address: string
  readonly secure: boolean
  /** The URL has one authority, so it stands for one Host. */
  readonly hosts = 1
  readonly #authority: string
  readonly #request: Request

  constructor(request: Request, address: string, limits: ApiLimits) {
    const { scheme, authority = '', rest = '/' } = splitUri(request.url) ?? {}
    this.#request = request
    this.#authority = authority
    this.method = request.method
    this.target = rest
    this.address = address
    this.secure = scheme === 'https'
    let octets = request.headers.has('host') ? 0 : lineOf('host', authority)
    let present = fieldBit('host')
    for (const [name, value] of request.headers) {
      octets += lineOf(name, value)
      present |= fieldBit(name)
    }
    this.present = present
    const length = request.headers.get('content-length')
    // A length that is none leaves the end of the message unknown; node:http gives up on it as well (RFC 9112 §6.3).
    if (length !== null && parseContentLength(length) === undefined) this.broken = 'syntax'
    else this.broken = octets > limits.fields ? 'fields' : undefined
  }

  get hasContent(): boolean {
    return this.#request.body !== null && this.field('content-length') !== '0'
  }

  field(name: string): string | undefined {
    return name === 'host' ? this.#authority : (this.#request.headers.get(name) ?? undefined)
  }

  /** The carrier sends 100 Continue when the content is read. */
  interim(): void {}

  async content(most: number, time: number): Promise<Arrived> {
    const reader = this.#request.body?.getReader()
    const chunks: Uint8Array[] = []
    let octets = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, time, 'late')))
    try {
      for (;;) {
        const next = await Promise.race([reader?.read(), late])
        if (next === 'late') return { state: 'late' }
        if (next?.value === undefined) return { state: 'read', bytes: joined(chunks, octets) }
        octets += next.value.length
        if (octets > most) return { state: 'tooLarge' }
        chunks.push(next.value)
      }
    } catch {
      return { state: 'cut' }
    } finally {
      clearTimeout(timer)
      // What was given up, or broke off, may refuse to be cancelled; nobody waits for it.
      reader?.cancel().catch(() => undefined)
    }
  }
}

/** Octets of a field line: `name: value` and its end. */
function lineOf(name: string, value: string): number {
  return name.length + value.length + 4
}

function joined(chunks: readonly Uint8Array[], octets: number): Uint8Array {
  const [only] = chunks
  if (only !== undefined && chunks.length === 1) return only
  const bytes = new Uint8Array(octets)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
