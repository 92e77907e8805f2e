/** An operation as it is asked for, in every way that brings one of its statuses. */
import type { Ask } from '../scenario.ts'

export interface Subject {
  /** As in the API's description. */
  readonly operation: string
  /** Asked once, before all. */
  readonly once?: readonly Ask[]
  /** Asked before, each time. */
  readonly given?: readonly Ask[]
  /** What goes through. */
  readonly ask: Ask
  /** What brings a status of its own. */
  readonly more?: readonly More[]
  /** What is too much for one address when several come at once. */
  readonly burst?: Ask
  /** Writes that change the same item, for when it is to change while it is being judged. */
  readonly rival?: Ask
}

export interface More {
  readonly given?: readonly Ask[]
  readonly ask: Ask
  /** So often, one after the other. Once. */
  readonly times?: number
}

/** The same for each of several targets: `{id}` of the operation in place of its own. */
export const at = (ask: Ask, ...targets: readonly string[]): More[] =>
  targets.map((target) => ({ ask: withTarget(ask, target) }))

export const withTarget = ([method, , ...sent]: Ask, target: string): Ask => [method, target, ...sent]
