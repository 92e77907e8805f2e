/**
 * What the questions may look at, by the stage at which it is known.
 *
 * A stage extends the one before it, and a question is typed by its phase: one that reads a later
 * stage does not compile. Whoever answers (a server, a checker, a test) supplies these members;
 * getters are welcome, since a question that is not reached is not asked.
 */
import type { ProblemError } from './problem.ts'

/** Why a request could not be taken from the connection at all, if so. */
export type Broken = 'late' | 'syntax' | 'version' | 'target' | 'fields' | 'coding' | 'method'

export interface Limits {
  /** Octets of the request target. */
  readonly target: number
  /** Octets of content. */
  readonly content: number
  /** Requests in progress at once. */
  readonly requests: number
  /** Of these, from one address. */
  readonly requestsPerAddress: number
}

/** Known once the head section has arrived, or has failed to. */
export interface WireView {
  readonly broken: Broken | undefined
  /** How many Host field lines there are; 1 where the version asks for none. */
  readonly hosts: number
  readonly target: string
  readonly method: string
  readonly limits: Limits
  /** Requests in progress, this one included. */
  readonly requests: number
  /** Of these, from the address that this one came from. */
  readonly requestsOfAddress: number
  /** Is the authority of the target one that this server answers for, over this scheme? */
  readonly ours: boolean
  field(name: string): string | undefined
}

/** Known once the target is matched with a declaration. */
export interface HeadView extends WireView {
  /** The variables of the path have the declared form. */
  readonly pathValid: boolean
  /** False while the database is known to be unreachable. */
  readonly reachable: boolean
  /** Every query parameter that is unknown or wrong. */
  readonly queryErrors: readonly ProblemError[]
  /** Does the head announce content? */
  readonly hasContent: boolean
  /** Media types the operation takes. */
  readonly takes: readonly string[]
  /** Media types the operation can answer with. */
  readonly offers: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Known once the credentials, if any, are verified. */
export interface CallerView extends HeadView {
  readonly signedIn: boolean
  readonly credentials: 'none' | 'valid' | 'invalid'
  /** May this caller use this operation at all? */
  readonly classAllowed: boolean
}

/** What was found under the target. */
export type FoundKind = 'found' | 'missing' | 'gone' | 'moved' | 'movedForNow'

/** Known once the target's current state is loaded. */
export interface TargetView extends CallerView {
  readonly found: FoundKind
  /** The current entity tag as it would be sent. */
  readonly etag: string | undefined
  /** Milliseconds since the epoch. */
  readonly lastModified: number | undefined
  /** May this caller know that the item exists? */
  readonly itemVisible: boolean
  /** May this caller do this to this item? */
  readonly itemAllowed: boolean
  /** Why the item's present state forbids the operation. */
  readonly stateErrors: readonly ProblemError[]
  /** Did another request come with the same Idempotency-Key? */
  readonly keySeen: boolean
}

/** Known once the content is read. */
export interface ContentView extends TargetView {
  readonly content: 'late' | 'tooLarge' | 'malformed' | 'read'
  /** Every member that does not fit the declaration. */
  readonly contentErrors: readonly ProblemError[]
  /** Every member this caller may not set. */
  readonly forbiddenMembers: readonly ProblemError[]
  /** What is known of the request's Idempotency-Key. */
  readonly key: 'new' | 'running' | 'otherContent' | 'answered'
  /** Failed logins stay below the limit. */
  readonly mayTry: boolean
  /** There is no password to be hashed, or a place left for it among those of its address. */
  readonly mayHash: boolean
}

export type OutcomeKind =
  | 'created'
  | 'changed'
  | 'deleted'
  | 'done'
  | 'accepted'
  | 'seeOther'
  | 'stale'
  | 'conflict'
  | 'invalid'
  | 'wrongLogin'

/** Known once the operation was performed, or refused. */
export interface OutcomeView extends ContentView {
  readonly outcome: OutcomeKind
  /** Is there a representation to send, and does the client want it? */
  readonly wantsContent: boolean
}

export type FaultKind = 'unavailable' | 'full' | 'badUpstream' | 'upstreamTimeout' | 'unforeseen'

/** What is known after something was thrown: nothing but its kind. */
export interface FaultView {
  readonly fault: FaultKind
}

/** Phase → what its questions may read. */
export interface Views {
  wire: WireView
  route: HeadView
  caller: CallerView
  head: CallerView
  state: TargetView
  preconditions: TargetView
  content: ContentView
  perform: ContentView
  outcome: OutcomeView
  fault: FaultView
}

export type Phase = keyof Views
