/**
 * Why the last exchanges ended as they did: bounded, so that it can be left on.
 *
 * Two hundred are kept, and beside them two hundred that failed or were slow, which success does not push out.
 */
import { type ExchangeLine, type ExplainedExchange, statusRow, type Told } from '../../rules/index.ts'
import type { Exchange } from '../engine/exchange.ts'
import type { Reply } from '../engine/incoming.ts'
import type { Reader, Stream } from '../operation.ts'
import { isAid } from './address.ts'
import type { Locate } from './declared-part.ts'
import { explain } from './explanation.ts'
import { keep, type Kept } from './record.ts'

const KEPT = 200
const SLOW_MS = 250
/** Who follows at once; one more, and the first is let go. */
const READERS = 16

interface Clock {
  readonly began: number
  readonly waits: (number | undefined)[]
}

export class Traces {
  /** Finds the functions of the API that is served now. */
  locate: Locate = () => undefined
  /** Oldest first. */
  readonly #last = new Map<string, Kept>()
  readonly #remarkable = new Map<string, Kept>()
  readonly #clocks = new WeakMap<Exchange, Clock>()
  readonly #readers = new Set<Reader>()

  begin(x: Exchange): void {
    this.#clocks.set(x, { began: performance.now(), waits: [] })
  }

  /** Takes note of how long an ask takes, if it takes any time. */
  waiting(x: Exchange, told: Told | Promise<Told>): Told | Promise<Told> {
    const waits = this.#clocks.get(x)?.waits
    if (waits === undefined) return told
    const at = waits.push(undefined) - 1
    if (!(told instanceof Promise)) return told
    const began = performance.now()
    const note = (): void => void (waits[at] = performance.now() - began)
    void told.then(note, note)
    return told
  }

  /** The line that is kept; undefined of an aid, of which none is. */
  record(x: Exchange, reply: Reply): ExchangeLine | undefined {
    if (isAid(x.path)) return undefined
    const kept = keep(x, reply, this.#clocks.get(x) ?? { began: performance.now(), waits: [] })
    const { line } = kept
    remember(this.#last, kept)
    if (line.milliseconds >= SLOW_MS || statusRow(line.status).class.endsWith('Error')) remember(this.#remarkable, kept)
    for (const reader of this.#readers) reader.send(`data: ${JSON.stringify(line)}\n\n`)
    return line
  }

  line(reference: string): ExchangeLine | undefined {
    return this.#find(reference)?.line
  }

  explain(reference: string): ExplainedExchange | undefined {
    const kept = this.#find(reference)
    return kept && explain(kept, this.locate)
  }

  /** The last two hundred that are wanted, newest first. */
  list(wanted: (line: ExchangeLine) => boolean = () => true): ExchangeLine[] {
    const lines = new Map([...this.#remarkable, ...this.#last].map(([reference, { line }]) => [reference, line]))
    // Of two that began in one millisecond the one that ended last is the newer.
    const sorted = [...lines.values()].toReversed().toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    return sorted.filter(wanted).slice(0, KEPT)
  }

  /** Every exchange from now on, as server-sent events. */
  follow: Stream = (reader) => {
    const [first] = this.#readers
    if (first !== undefined && this.#readers.size >= READERS) this.#letGo(first)
    this.#readers.add(reader)
    reader.send(': exchanges as they end\n\n')
    return () => void this.#readers.delete(reader)
  }

  /** Lets go of whoever follows: the server stops. */
  end(): void {
    for (const reader of this.#readers) this.#letGo(reader)
  }

  /** Forgotten first: its connection closes later, and an exchange may end before that. */
  #letGo(reader: Reader): void {
    this.#readers.delete(reader)
    reader.end()
  }

  #find(reference: string): Kept | undefined {
    return this.#last.get(reference) ?? this.#remarkable.get(reference)
  }
}

function remember(kept: Map<string, Kept>, one: Kept): void {
  const [oldest] = kept.keys()
  if (oldest !== undefined && kept.size >= KEPT) kept.delete(oldest)
  kept.set(one.line.reference, one)
}
