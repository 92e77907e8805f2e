/**
 * What a decision is: the shape of a row of the graph, and the check that its edges lead somewhere.
 *
 * Every question is answered yes or no. A row without its `needs` is folded away at start-up, so
 * what is not declared costs nothing and gives no status.
 */
import type { Method } from './method.ts'
import type { StatusCode } from './status.ts'
import type { Phase, Views } from './view.ts'

/** Something a declaration can bring: what an operation is about, so which questions arise at all. */
export type Fact =
  // the connection and the API
  | 'accounts'
  | 'cors'
  | 'store'
  | 'unavailable'
  // the target
  | 'asterisk'
  | 'unrouted'
  | 'params'
  | 'moved'
  | 'movedOld'
  | 'movedForNow'
  | 'gone'
  | 'otherMethod'
  | 'options'
  // one of the two, of every operation: whether its target has a GET or a version, and so a representation
  | 'represented'
  | 'unrepresented'
  // who may
  | 'guarded'
  | 'roles'
  | 'itemRule'
  | 'anonymousItem'
  | 'hide'
  | 'members'
  // the item
  | 'item'
  | 'mustExist'
  | 'goes'
  | 'moves'
  | 'movesForNow'
  | 'state'
  | 'selects'
  | 'modified'
  | 'conditionRequired'
  | 'negotiated'
  | 'reads'
  // the content
  | 'content'
  | 'schema'
  | 'schema422'
  | 'keyed'
  | 'secret'
  | 'login'
  | 'passwords'
  // the outcomes
  | 'performs'
  | 'stale'
  | 'conflict'
  | 'invalid'
  | 'invalid422'
  | 'accepted'
  | 'created'
  | 'seeOther'
  | 'deleted'
  | 'replies'
  | 'writes'
  | 'upstream'

/** The moments at which the walk must be told something it cannot work out. */
export type AskName = 'credentials' | 'load' | 'key' | 'content' | 'claim' | 'perform'

/** Where an answer leads: to another question, or to the final status. */
export type Edge = string | StatusCode

interface Row {
  /** The clause that makes this a question. */
  readonly rfc: string
  /** The question, as it is drawn, traced and quoted. */
  readonly ask: string
  /** Asked of these methods only; `without` for the rest. */
  readonly methods?: readonly Method[]
  /** Asked only where all of these are declared; `without` elsewhere. */
  readonly needs?: readonly Fact[]
  readonly without?: string
  /** Asked only of requests with this field; `absent` for the rest. */
  readonly field?: string
  readonly absent?: string
  /** Fields that go with the status at the end of this row, beside those its own row in the status table demands. */
  readonly sends?: readonly string[]
}

/** A question that can be answered from what is known. Pure and synchronous. */
interface Question<P extends Phase> extends Row {
  readonly phase: P
  readonly test: (x: Views[P]) => boolean
  readonly answers: { readonly yes: Edge; readonly no: Edge }
}

/** A moment at which somebody else must supply what the next stage knows. */
interface Ask<P extends Phase> extends Row {
  readonly phase: P
  readonly awaits: AskName
  readonly next: Edge
}

/** An interim response on the way (RFC 9110 §15.2). */
interface Interim<P extends Phase> extends Row {
  readonly phase: P
  readonly interim: StatusCode
  readonly next: Edge
}

/** A status that a declared fact, or the mere presence of a field, decides. */
interface Verdict<P extends Phase> extends Row {
  readonly phase: P
  readonly gives: StatusCode
}

type NodeOf<P extends Phase> = P extends Phase ? Question<P> | Ask<P> | Interim<P> | Verdict<P> : never

/** One row of the graph. */
export type Node = NodeOf<Phase>

/** The edges of a row, each of which must name a row of the same table. */
type Linked<N, Id> = (N extends { answers: object }
  ? { answers: { yes: Id | StatusCode; no: Id | StatusCode } }
  : unknown) &
  (N extends { next: unknown } ? { next: Id | StatusCode } : unknown) &
  (N extends { methods: unknown } | { needs: unknown } ? { without: Id } : unknown) &
  (N extends { field: unknown } ? { absent: Id } : unknown)

/** Checks that every edge leads to a row or a status; returns the table as it is. */
export function table<const T extends Record<string, Node>>(
  nodes: T & { [K in keyof T]: Linked<T[K], keyof T & string> },
): T {
  return nodes
}
