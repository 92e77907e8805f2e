/**
 * The path a request took, as bytes: two per question, its row and what was answered.
 *
 * A request has a trace of its own from its first question to its answer; the next one writes over it, so that tracing
 * allocates nothing. No value of a request is ever written.
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
const OCTETS = 512
const IDS = Object.keys(DECISIONS) as DecisionId[]

/** Row → its number in traces. */
export const NUMBER: ReadonlyMap<string, number> = new Map(IDS.map((id, number) => [id, number]))

/** As many traces as there ever were requests at once, each in one hand at a time. */
export class TracePool {
  readonly #free: Trace[] = []

  /** An empty trace, until it is released. */
  claim(): Trace {
    const trace = this.#free.pop()
    if (trace === undefined) return { bytes: new Uint8Array(OCTETS), to: 0 }
    trace.to = 0
    return trace
  }

  /** It is not looked at any more. */
  release(trace: Trace): void {
    this.#free.push(trace)
  }
}

/** What one request has been asked so far; the walk writes through it. */
export interface Trace {
  readonly bytes: Uint8Array
  /** Where the next mark goes. */
  to: number
}

export function mark(trace: Trace, row: number, what: number): void {
  trace.bytes[trace.to] = row
  trace.bytes[trace.to + 1] = what
  trace.to = next(trace.to)
}

/** The row has its answer, and what was to be sent for it could not be made. */
export function markThrown(trace: Trace, id: DecisionId): void {
  mark(trace, NUMBER.get(id) as number, THREW)
}

/** Where the mark after this one goes. In a trace that is full it goes over the last one, so the end is always there. */
export function next(at: number): number {
  return at + 4 <= OCTETS ? at + 2 : at
}

/** The names behind the bytes. */
export function readTrace(trace: Trace): TraceStep[] {
  const steps: TraceStep[] = []
  for (let at = 0; at < trace.to; at += 2) {
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
