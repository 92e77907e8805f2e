/** A request of node:http, as the engine wants it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Broken, fieldBit, parseHost, parseTarget } from '../../rules/index.ts'
import { remember } from '../../rules/remember.ts'
import type { ApiLimits } from '../declare/limits.ts'
import type { Arrived, Incoming } from '../engine/incoming.ts'

export class NodeIncoming implements Incoming {
  readonly method: string
  readonly target: string
  readonly broken: Broken | undefined
  readonly hosts: number
  readonly present: number
  /**
   * A request to change the protocol is answered like any other, which is allowed; but node's parser takes what came in the
   * same packet for the new protocol and drops it. A request in there must not be taken for answered (RFC 9112 §9.6).
   */
  readonly isLast: boolean
  /** The address of the other end. */
  readonly address: string
  readonly #request: IncomingMessage
  readonly #response: ServerResponse

  constructor(request: IncomingMessage, response: ServerResponse, address: string, limits: ApiLimits) {
    this.address = address
    this.#request = request
    this.#response = response
    this.method = request.method ?? ''
    this.target = request.url ?? ''
    const { rawHeaders, httpVersion } = request
    let octets = 0
    let hosts = 0
    let host = ''
    let present = 0
    let upgrade = false
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const name = rawHeaders[at] as string
      octets += name.length + (rawHeaders[at + 1] as string).length + 4
      if (name.length === 4 && isNamed(name, 'host')) {
        hosts++
        host = rawHeaders[at + 1] as string
      } else if (name.length === 7 && isNamed(name, 'upgrade')) upgrade = true
      present |= fieldBit(name)
    }
    // HTTP/1.0 asks for no Host (RFC 9112 §3.2).
    this.hosts = hosts === 0 && httpVersion === '1.0' ? 1 : hosts
    // Nor can it be told to wait: what it expects is not looked at (RFC 9110 §10.1.1).
    this.present = httpVersion === '1.0' ? present & ~EXPECT : present
    this.isLast = upgrade && /(^|,)\s*upgrade\s*(,|$)/i.test(this.field('connection') ?? '')
    // The parser counts the target and the fields together, so what it lets through may still be too much.
    if (!SERVED.has(httpVersion)) this.broken = 'version'
    else if ((hosts === 1 && !isHost(host)) || !isTarget(this.target)) this.broken = 'syntax'
    // It knows no transfer coding, so whoever passed this on may have seen another end of it (RFC 9112 §6.1).
    else if (httpVersion === '1.0' && (present & CODED) !== 0) this.broken = 'syntax'
    // Nor can both say where it ends; the parser lets a coding of nothing stand beside a length.
    else if ((present & FRAMING) === FRAMING) this.broken = 'syntax'
    else this.broken = octets > limits.fields ? 'fields' : undefined
  }

  get secure(): boolean {
    return 'encrypted' in this.#request.socket
  }

  get hasContent(): boolean {
    return (this.present & FRAMING) !== 0 && this.field('content-length') !== '0'
  }

  /** Several lines are one list (RFC 9110 §5.3); node:http would drop all but the first of what should be single. */
  field(name: string): string | undefined {
    const { rawHeaders } = this.#request
    let value: string | undefined
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const given = rawHeaders[at] as string
      if (given.length !== name.length || !isNamed(given, name)) continue
      const line = rawHeaders[at + 1] as string
      value = value === undefined ? line : `${value}, ${line}`
    }
    return value
  }

  interim(): void {
    this.#response.writeContinue()
  }

  content(most: number, time: number): Promise<Arrived> {
    const request = this.#request
    return new Promise((resolve) => {
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
      const gone = (): void => settle({ state: 'cut' })
      const timer = setTimeout(() => settle({ state: 'late' }), time)
      // What was closed before anybody asked for its content says nothing more.
      if (request.destroyed) gone()
      else request.on('data', take).on('end', end).on('close', gone)
    })
  }
}

const isHost = remember((text) => parseHost(text) !== undefined)
/** A fragment is no part of a target; an absolute one has a host, and no userinfo (RFC 9110 §4.2). */
function isTarget(target: string): boolean {
  return target.startsWith('/') ? !target.includes('#') : parseTarget(target) !== undefined
}

const isNamed = (given: string, name: string): boolean => given === name || given.toLowerCase() === name

const EXPECT = fieldBit('expect')
const CODED = fieldBit('transfer-encoding')
const FRAMING = fieldBit('content-length') | CODED
const SERVED: ReadonlySet<string> = new Set(['1.0', '1.1'])
