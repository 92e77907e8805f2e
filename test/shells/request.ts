/** A request as both shells are sent it. */

export interface Case {
  readonly method: string
  readonly target: string
  readonly gives: number
  readonly as?: string
  readonly host?: string
  readonly fields?: Readonly<Record<string, string>>
  /** In pieces: of a length that nobody announces. Bytes where it is not text. */
  readonly content?: string | readonly string[] | Buffer
  /** The content is announced, begins, and does not go on. */
  readonly stalls?: true
}

/** The fields as they are sent through both shells, Host aside. */
export function fieldsOf({ as, fields, content, stalls }: Case): Record<string, string> {
  const all: Record<string, string> = { ...fields }
  if (as !== undefined) all['Authorization'] = `Bearer ${as}`
  if (content !== undefined) all['Content-Type'] ??= 'application/json'
  if (all['Content-Type'] === '') delete all['Content-Type']
  if (typeof content === 'string' || Buffer.isBuffer(content))
    all['Content-Length'] = String(Buffer.byteLength(content) + (stalls === true ? 1 : 0))
  return all
}

/** Host comes from the URL; content is sent while it is read. */
export function toRequest(request: Case): Request {
  const { method, target, host = 'localhost', content } = request
  return new Request(`http://${host}${target}`, {
    method,
    headers: fieldsOf(request),
    ...(content !== undefined && sending(streamOf(request))),
  })
}

/** A stream is sent while it is read (Fetch §5.4: `half` is all there is). */
export const sending = (body: ReadableStream<Uint8Array>) => ({ body, duplex: 'half' })

function streamOf({ content = '', stalls }: Case): ReadableStream<Uint8Array> {
  const chunks = [content].flat().map((chunk) => Buffer.from(chunk as string))
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      if (stalls !== true) controller.close()
    },
  })
}
