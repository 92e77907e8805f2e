/**
 * Raw HTTP/1.1 over a socket: the octets are written as they are given, and what comes back is
 * parsed strictly. Nothing between a test and the wire.
 */
import { connect, type Socket } from 'node:net'

export interface WireResponse {
  readonly status: number
  readonly phrase: string
  /** As they came, in order. */
  readonly lines: readonly (readonly [name: string, value: string])[]
  /** By lower-case name; repeated lines joined with `, `. */
  readonly fields: Readonly<Record<string, string>>
  readonly content: string
  /** Interim responses that came first. */
  readonly interim: readonly number[]
  json<T = Record<string, unknown>>(): T
}

/** A connection that stays open for as many requests as wanted. */
export class Wire {
  readonly socket: Socket
  #buffer = Buffer.alloc(0)
  #ended = false
  #wake: (() => void) | undefined

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk])
      this.#wake?.()
    })
    const ended = (): void => {
      this.#ended = true
      this.#wake?.()
    }
    socket.on('end', ended).on('close', ended).on('error', ended)
  }

  /** `from`: another of this machine's own addresses. */
  static open(port: number, host = '127.0.0.1', from?: string): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host, ...(from !== undefined && { localAddress: from }) }, () => {
        socket.off('error', reject)
        socket.setNoDelay(true)
        resolve(new Wire(socket))
      })
      socket.once('error', reject)
    })
  }

  write(octets: string | Buffer): void {
    this.socket.write(typeof octets === 'string' ? Buffer.from(octets, 'latin1') : octets)
  }

  /** The next final response. `toHead`: the request was HEAD, so no content follows. */
  async read({ toHead = false, timeout = 10_000 }: { toHead?: boolean; timeout?: number } = {}): Promise<WireResponse> {
    const deadline = Date.now() + timeout
    const interim: number[] = []
    for (;;) {
      const end = await this.#until(
        () => this.#buffer.indexOf('\r\n\r\n'),
        (at) => at >= 0,
        deadline,
      )
      const head = this.#buffer.subarray(0, end).toString('latin1')
      this.#buffer = this.#buffer.subarray(end + 4)
      const [start = '', ...rest] = head.split('\r\n')
      const line = /^HTTP\/1\.1 (\d{3}) ([\t\x20-\x7e]*)$/.exec(start)
      if (line === null) throw new Error(`not a status line: ${JSON.stringify(start)}`)
      const status = Number(line[1])
      const lines = rest.map(parseLine)
      if (status < 200) {
        interim.push(status)
        continue
      }
      const fields: Record<string, string> = {}
      for (const [name, value] of lines)
        fields[name.toLowerCase()] = name.toLowerCase() in fields ? `${fields[name.toLowerCase()]}, ${value}` : value
      const content = await this.#content(status, fields, toHead, deadline)
      return { status, phrase: line[2] ?? '', lines, fields, content, interim, json: <T>() => JSON.parse(content) as T }
    }
  }

  /** Resolves once the server has closed its side. */
  async ended(timeout = 10_000): Promise<void> {
    await this.#until(
      () => (this.#ended ? 1 : -1),
      (at) => at > 0,
      Date.now() + timeout,
    )
  }

  /** Octets that have arrived and were not read: there should be none between responses. */
  get left(): string {
    return this.#buffer.toString('latin1')
  }

  close(): void {
    this.socket.destroy()
  }

  async #content(status: number, fields: Record<string, string>, toHead: boolean, deadline: number): Promise<string> {
    if (toHead || status === 204 || status === 304) return ''
    if (fields['transfer-encoding'] !== undefined)
      throw new Error('a chunked response: every length here is known beforehand')
    const length = fields['content-length']
    if (length === undefined || !/^\d+$/.test(length)) throw new Error(`no Content-Length on a ${status}`)
    await this.#until(
      () => this.#buffer.length,
      (octets) => octets >= Number(length),
      deadline,
    )
    const content = this.#buffer.subarray(0, Number(length)).toString('utf8')
    this.#buffer = this.#buffer.subarray(Number(length))
    return content
  }

  async #until(measure: () => number, done: (value: number) => boolean, deadline: number): Promise<number> {
    for (;;) {
      const value = measure()
      if (done(value)) return value
      if (this.#ended)
        throw new Error(
          `the connection ended early, after ${JSON.stringify(this.#buffer.toString('latin1').slice(0, 200))}`,
        )
      const left = deadline - Date.now()
      if (left <= 0)
        throw new Error(`no answer in time; so far ${JSON.stringify(this.#buffer.toString('latin1').slice(0, 200))}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
}

/** One request of raw octets on a connection of its own. */
export async function raw(
  port: number,
  octets: string | Buffer,
  options: { toHead?: boolean; timeout?: number } = {},
): Promise<WireResponse> {
  const wire = await Wire.open(port)
  try {
    wire.write(octets)
    return await wire.read(options)
  } finally {
    wire.close()
  }
}

export interface Sent {
  readonly as?: string | undefined
  readonly fields?: Readonly<Record<string, string>>
  /** JSON unless it is a string. */
  readonly content?: unknown
}

/** The octets of an ordinary request. */
export function format(method: string, target: string, { as, fields = {}, content }: Sent = {}): Buffer {
  const octets =
    content === undefined ? undefined : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
  const names = new Set(Object.keys(fields).map((name) => name.toLowerCase()))
  const lines = [`${method} ${target} HTTP/1.1`]
  if (!names.has('host')) lines.push('Host: localhost')
  if (as !== undefined) lines.push(`Authorization: Bearer ${as}`)
  if (octets !== undefined && !names.has('content-type')) lines.push('Content-Type: application/json')
  if (octets !== undefined && !names.has('content-length') && !names.has('transfer-encoding'))
    lines.push(`Content-Length: ${octets.length}`)
  for (const [name, value] of Object.entries(fields)) lines.push(`${name}: ${value}`)
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), octets ?? Buffer.alloc(0)])
}

/** One ordinary request on a connection of its own. */
export function send(port: number, method: string, target: string, sent: Sent = {}): Promise<WireResponse> {
  return raw(port, format(method, target, sent), { toHead: method === 'HEAD' })
}

function parseLine(line: string): readonly [string, string] {
  const match = /^([\w!#$%&'*+\-.^`|~]+): ([\t\x20-\x7e\x80-\xff]*)$/.exec(line)
  if (match === null) throw new Error(`not a field line: ${JSON.stringify(line)}`)
  return [match[1] ?? '', match[2] ?? '']
}
