/**
 * Answers to what node:http could not make a request of (its `clientError`).
 *
 * The status comes from the same walk; only the writing is by hand, since there is no response
 * object. It can be reported twice for one socket: answered once.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Broken } from '../../rules/index.ts'
import { type Connection, connectionOf } from './connection.ts'
import { dateNow } from './date-now.ts'
import type { Engine } from '../serving.ts'
import type { Arrived, Incoming, Reply } from '../engine/incoming.ts'

/** What node:http says of what its parser could not read. */
export interface ParserError {
  readonly code?: string
  readonly rawPacket?: Buffer
  /** Octets of the packet that could be read. */
  readonly bytesParsed?: number
}

/** What the parser's error means. */
export function brokenBy(error: ParserError, longestTarget: number): Broken {
  switch (error.code) {
    case 'HPE_INVALID_METHOD':
      return isMethodLike(error) ? 'method' : 'syntax'
    case 'HPE_INVALID_VERSION':
      return VERSION_LIKE.test(lineOf(error)) ? 'version' : 'syntax'
    case 'HPE_HEADER_OVERFLOW':
      return firstLine(messageOf(error)) > longestTarget ? 'target' : 'fields'
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'late'
    default:
      return 'syntax'
  }
}

/**
 * What is known of the request that is answered: nothing, if its head could not be read, but maybe that it is HEAD (its
 * method), or is not (an empty one). Without a method it may be either.
 */
type Known = Pick<IncomingMessage, 'headers' | 'method' | 'url'>

/** What can be said of a head that could not be read: whether it asks for no content (RFC 9110 §9.3.2). */
export function knownOf(error: ParserError, socket: Socket): Known {
  return { headers: {}, method: methodOf(error, socket), url: '' }
}

/** Of a head that came in several packets the parser shows the last; of one that is late, none. */
function methodOf(error: ParserError, socket: Socket): string | undefined {
  const { rawPacket } = error
  const message = messageOf(error)
  // What stands before it may be the end of that content.
  if (hasLength(connectionOf(socket).latest?.req)) return undefined
  if (HEAD_LIKE.test(message)) return 'HEAD'
  return socket.bytesRead === rawPacket?.length || LINE_LIKE.test(message) ? '' : undefined
}

function hasLength(request: IncomingMessage | undefined): boolean {
  return (request?.headers['content-length'] ?? '0') !== '0'
}

export function sendBroken(engine: Engine, socket: Socket, broken: Broken, request: Known): void {
  const connection = connectionOf(socket)
  const before = connection.latest
  if (before?.headersSent === true && !before.req.complete) {
    endAfter(before, socket, connection)
    return
  }
  const turn = turnAfter(before)
  if (turn !== undefined) {
    turn(() => sendBroken(engine, socket, broken, request))
    return
  }
  // Whoever gave the last answer ends the connection: destroyed here, it might take that answer with it.
  if (connection.answeredLast) return
  if (!socket.writable) {
    socket.destroy()
    return
  }
  connection.answeredLast = true
  // Where its content is what is broken, the head could be read.
  const asked = before?.req.complete === false ? before.req : request
  const reply = engine.handle(new BrokenIncoming(broken, connection.address, asked))
  if (reply instanceof Promise) void reply.then((ready) => write(socket, ready, asked.method))
  else write(socket, reply, asked.method)
}

/** What is broken is content whose request has its answer, and a request has one (RFC 9110 §3.4). */
function endAfter(response: ServerResponse, socket: Socket, connection: Connection): void {
  // Whoever gave the last answer ends the connection.
  if (connection.answeredLast) return
  connection.answeredLast = true
  if (response.writableFinished) endWith('', socket)
  else response.once('finish', () => endWith('', socket))
}

/**
 * What there is to wait for: the answer to the latest request; or, where it is the content of that
 * request that is broken and this answer is its own, the answers before it.
 */
function turnAfter(response: ServerResponse | undefined): ((answer: () => void) => void) | undefined {
  if (response === undefined || response.writableFinished || response.destroyed) return undefined
  if (response.req.complete) return (answer) => response.once('close', answer)
  return response.socket === null ? (answer) => response.once('socket', answer) : undefined
}

function write(socket: Socket, reply: Reply, method: string | undefined): void {
  const { status, phrase, fields, content = '' } = method === undefined ? withoutContent(reply) : reply
  const lines = [`HTTP/1.1 ${status} ${phrase}`, `Date: ${dateNow()}`]
  for (let at = 0; at < fields.length; at += 2) lines.push(`${fields[at]}: ${fields[at + 1]}`)
  endWith(`${lines.join('\r\n')}\r\n\r\n${method === 'HEAD' ? '' : content}`, socket)
}

/** What ends where whoever sent a HEAD takes it to end, and whoever sent anything else. */
function withoutContent(reply: Reply): Reply {
  const fields = reply.fields.filter((_, at) => !OF_CONTENT.has(reply.fields[at - (at % 2)] ?? ''))
  return { ...reply, fields: [...fields, 'Content-Length', '0'], content: undefined }
}

const OF_CONTENT: ReadonlySet<string> = new Set(['Content-Type', 'Content-Length'])

function endWith(octets: string, socket: Socket): void {
  socket.end(octets)
  // What is still coming is dropped for a moment, so that the answer is not lost with it.
  socket.resume()
  setTimeout(() => socket.destroy(), 1_000).unref()
}

class BrokenIncoming implements Incoming {
  readonly broken: Broken
  readonly method: string
  readonly target: string
  readonly address: string
  readonly hosts = 1
  /** Nothing is asked of the fields of a message that could not be read. */
  readonly present = 0
  readonly secure = false
  readonly hasContent = false
  readonly #request: Known

  constructor(broken: Broken, address: string, request: Known) {
    this.broken = broken
    this.address = address
    this.method = request.method ?? ''
    this.target = request.url ?? ''
    this.#request = request
  }

  field(name: string): string | undefined {
    const value = this.#request.headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }

  content(): Promise<Arrived> {
    return Promise.resolve({ state: 'read', bytes: new Uint8Array() })
  }

  interim(): void {}
}

/** A method nobody knows, rather than no HTTP at all: it goes on, or ends, where the parser gave up. Content may stand before it. */
function isMethodLike({ rawPacket, bytesParsed = 0 }: ParserError): boolean {
  METHOD_LIKE.lastIndex = bytesParsed
  return rawPacket !== undefined && METHOD_LIKE.test(rawPacket.toString('latin1'))
}

const METHOD_LIKE = /(?:[\w!#$%&'*+\-.^`|~]+|(?<=[\w!#$%&'*+\-.^`|~])) \S+ HTTP\/\d/y

const HEAD_LIKE = /^HEAD /

/** The first line of a request, as far as it has come, rather than what stands somewhere in one, or the end of the word HEAD. */
const LINE_LIKE = /^(?!E?A?D )[\w-]+ (?:[/*]|https?:\/\/)\S*(?: HTTP\/|$)/i

/** A version nobody serves, rather than no version, or a line that does not end as lines do. */
const VERSION_LIKE = / HTTP\/\d\.\d\r\n$/

/** The line at which the parser gave up; others may stand before it in the packet. */
function lineOf({ rawPacket, bytesParsed = 0 }: ParserError): string {
  if (rawPacket === undefined) return ''
  const start = bytesParsed === 0 ? 0 : rawPacket.lastIndexOf('\n', bytesParsed - 1) + 1
  const end = rawPacket.indexOf('\n', bytesParsed)
  return rawPacket.subarray(start, end < 0 ? rawPacket.length : end + 1).toString('latin1')
}

/** The message at which the parser gave up, as far as it is in the packet. */
function messageOf({ rawPacket, bytesParsed = 0 }: ParserError): string {
  if (rawPacket === undefined) return ''
  const before = rawPacket.subarray(0, bytesParsed).lastIndexOf('\r\n\r\n')
  return rawPacket.subarray(before < 0 ? 0 : before + 4).toString('latin1')
}

/** The octets of the request line, as far as they have arrived; none where the message began before. */
function firstLine(message: string): number {
  if (!LINE_LIKE.test(message)) return 0
  const end = message.indexOf('\r\n')
  return end < 0 ? message.length : end
}
