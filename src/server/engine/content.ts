/**
 * The ask for content: its octets, JSON, and what it comes to.
 *
 * Content takes its time, and the caller may have lost a right meanwhile: then all is judged again.
 * When the walk comes by again, for this or because the item changed, the octets are there already
 * and only the last step is repeated, since a patch is judged on the item as it is now.
 */
import type { ProblemError, Told } from '../../rules/index.ts'
import { callerChanged } from './caller.ts'
import type { Exchange } from './exchange.ts'
import type { Reading } from '../operation.ts'
import { parseJson } from './parse-json.ts'

export function readContent(x: Exchange): Told | Promise<Told> {
  if (x.contentTaken) return x.content === 'read' ? judge(x) : undefined
  if (!x.incoming.hasContent) {
    x.contentTaken = true
    return malformed(x, 'Content is needed here, and there is none.', 'required')
  }
  return receive(x)
}

async function receive(x: Exchange): Promise<Told> {
  const arrived = await x.incoming.content(x.engine.limits.content, x.engine.limits.contentTime)
  // An incomplete message is no well-formed one (RFC 9112 §8), and no fault of ours.
  if (arrived.state === 'cut') return malformed(x, 'The content broke off before its end.', 'incomplete')
  if (arrived.state !== 'read') {
    x.content = arrived.state
    return
  }
  x.contentTaken = true
  const text = decode(arrived.bytes)
  if (text === undefined) return malformed(x, 'The content is not UTF-8.', 'malformed')
  const parsed = parseJson(text, x.engine.limits)
  if ('detail' in parsed) return malformed(x, parsed.detail, 'malformed')
  x.json = parsed.json
  x.octets = arrived.bytes
  if (await callerChanged(x)) return 'again'
  await judge(x)
}

function judge(x: Exchange): Told | Promise<Told> {
  const reading = x.operation?.read?.(x, x.json)
  if (reading instanceof Promise) return reading.then((done) => take(x, done))
  take(x, reading ?? { errors: [], forbidden: [], value: x.json })
}

function take(x: Exchange, { errors, forbidden, value }: Reading): void {
  x.contentErrors = errors
  x.forbiddenMembers = forbidden
  x.input = value
}

function malformed(x: Exchange, detail: string, code: string): void {
  x.content = 'malformed'
  x.contentErrors = [{ pointer: '', detail, code } satisfies ProblemError]
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes)
  } catch {
    return undefined
  }
}
