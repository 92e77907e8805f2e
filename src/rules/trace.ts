/**
 * The path a request took, as bytes: two per question, its row and what was answered.
 *
 * One ring for all requests, so that tracing allocates nothing. A trace stays readable until as
 * many requests as there are slots have followed it. No value of a request is ever written.
 */
import { DECISIONS, type DecisionId } from './decisions.ts'

/** What happened at a row. `threw`: it was never answered, and the walk went on with the fault rows. */
export type Mark = 'no' | 'yes' | 'absent' | 'told' | 'gave' | 'again' | 'threw'

const MARKS: readonly Mark[] = ['no', 'yes', 'absent', 'told', 'gave', 'again', 'threw']
export const NO = 0
export const YES = 1
export const ABSENT = 2
export const TOLD = 3
export const GAVE = 4
export const AGAIN = 5
export const THREW = 6

export interface TraceStep {
  readonly id: DecisionId
  readonly mark: Mark
}

/** Octets a trace may take; a longer one is cut. Four walks of the longest plan fit. */
const SLOT = 512
const IDS = Object.keys(DECISIONS) as DecisionId[]

/** Row → its number in traces. */
export const NUMBER: ReadonlyMap<string, number> = new Map(IDS.map((id, number) => [id, number]))

export class TraceRing {
  readonly bytes: Uint8Array
  #next = 0

  constructor(slots = 4096) {
    this.bytes = new Uint8Array(slots * SLOT)
  }

  /** The offset of a slot for one request. */
  claim(): number {
    const at = this.#next
    this.#next = at + SLOT === this.bytes.length ? 0 : at + SLOT
    return at
  }
}

/** One request's place in the ring; the walk writes through it. */
export interface Trace {
  readonly bytes: Uint8Array
  readonly from: number
  to: number
}

export function mark(trace: Trace, row: number, what: number): void {
  trace.bytes[trace.to] = row
  trace.bytes[trace.to + 1] = what
  trace.to = next(trace, trace.to)
}

/** The row has its answer, and what was to be sent for it could not be made. */
export function markThrown(trace: Trace, id: DecisionId): void {
  mark(trace, NUMBER.get(id) as number, THREW)
}

/** Where the next mark goes. In a slot that is full it goes over the last one, so the end is always there. */
export function next(trace: Trace, at: number): number {
  return at + 4 <= trace.from + SLOT ? at + 2 : at
}

/** The names behind the bytes. */
export function readTrace(trace: Trace): TraceStep[] {
  const steps: TraceStep[] = []
  for (let at = trace.from; at < trace.to; at += 2) {
    const id = IDS[trace.bytes[at] as number] as DecisionId
    steps.push({ id, mark: MARKS[trace.bytes[at + 1] as number] as Mark })
  }
  return steps
}

/** The row that threw, if one did: where a fault comes from. */
export function thrownAt(steps: readonly TraceStep[]): DecisionId | undefined {
  return steps.findLast(({ mark: what }) => what === 'threw')?.id
}

/** As one line: `methodAllowed ✓ signedIn ✗`. */
export function formatTrace(steps: readonly TraceStep[]): string {
  return steps.map(({ id, mark: what }) => `${id} ${SIGN[what]}`).join(' ')
}

const SIGN: Record<Mark, string> = { no: '✗', yes: '✓', absent: '–', told: '…', gave: '■', again: '↻', threw: '!' }
