/** A response as it was on the wire, or as `curl -i` or `curl -v` shows it. */

export interface PastedResponse {
  readonly status: number
  /** By name in lower case; several lines as one list (RFC 9110 §5.3). */
  readonly fields: ReadonlyMap<string, string>
  readonly content: string
}

/** The last of what was pasted: interim responses, and those that were followed, come before it. Undefined: it is none. */
export function parseResponse(text: string): PastedResponse | undefined {
  let last: PastedResponse | undefined
  let rest = heard(text).replace(/^\s+/, '')
  for (;;) {
    const response = first(rest)
    if (response === undefined) return last
    last = response
    rest = after(response)
  }
}

/** RFC 9112 §4; `HTTP/2 200` is what curl shows of other versions. Lines may have lost their carriage returns. */
const STATUS_LINE = /^HTTP\/\d(?:\.\d)? ([1-9]\d\d)(?: [^\r\n]*)?\r?(?:\n|$)/
const END = /\r?\n\r?\n/

/** Of what `curl -v` says on both streams, what came from the server: lines marked `<`, and the content, which has no mark. */
function heard(text: string): string {
  const start = text.search(/^< HTTP\//m)
  if (start < 0 || STATUS_LINE.test(text.trimStart())) return text
  return text
    .slice(start)
    .split('\n')
    .filter((line) => !TALK.test(line))
    .map((line) => line.replace(/^< /, ''))
    .join('\n')
}

/** Its notes, what it sent, how many octets passed, and how far it is: a line that it writes over. */
const TALK = /^(?:[*>] |[{}] \[\d+ bytes data\]$|\r.)/

function first(text: string): PastedResponse | undefined {
  const line = STATUS_LINE.exec(text)
  if (line === null) return undefined
  const end = END.exec(text)
  const head = end === null ? text : text.slice(0, end.index)
  const fields = new Map<string, string>()
  for (const one of head.split(/\r?\n/).slice(1)) {
    const colon = one.indexOf(':')
    if (colon < 1) continue
    const name = one.slice(0, colon).toLowerCase()
    const value = one.slice(colon + 1).trim()
    const before = fields.get(name)
    fields.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return { status: Number(line[1]), fields, content: end === null ? '' : text.slice(end.index + end[0].length) }
}

/** Where another response begins: right after the head, or after as much content as was announced. */
function after({ content, fields }: PastedResponse): string {
  if (STATUS_LINE.test(content)) return content
  const length = Number(fields.get('content-length') ?? 0)
  return Buffer.from(content).subarray(length).toString().replace(/^\s+/, '')
}
