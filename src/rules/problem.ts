/**
 * Problem details (RFC 9457): what went wrong, for programs and people.
 *
 * A problem never echoes a value that was sent: it may be a secret, and an echo is an injection waiting for a page.
 */
import { statusRow } from './status.ts'

/** One thing wrong with the request. */
export interface ProblemError {
  /** Where in the content, as a JSON Pointer (RFC 6901): `/email`. */
  readonly pointer?: string
  /** Or which query parameter or field. */
  readonly parameter?: string
  /** One sentence that says how to put it right. */
  readonly detail: string
  /** A stable word for programs: `required`, `taken`. */
  readonly code: string
}

export interface Problem extends ProblemParts {
  /** A URI that names the kind of problem; `about:blank` when the status says it all (§4.2.1). */
  readonly type: string
  /** The same for every problem of a type. */
  readonly title: string
  /** The status of the response that carries it (§3.1.2). */
  readonly status: number
}

export interface ProblemParts {
  readonly type?: string
  readonly title?: string
  /** What is particular to this occurrence, in words (§3.1.4). */
  readonly detail?: string
  /** A URI reference that identifies this occurrence (§3.1.5). */
  readonly instance?: string
  /** Everything wrong at once. */
  readonly errors?: readonly ProblemError[]
  /** Extension members (§3.2). */
  readonly [extension: string]: unknown
}

/** A problem of this status. Without a type of its own its title is the phrase of the status (§4.2.1). */
export function problem(status: number, parts: ProblemParts = {}): Problem {
  const { type = 'about:blank', title = statusRow(status).phrase, ...rest } = parts
  // Assigned last as well: a status that differs from the response's would lie (§3.1.2).
  return Object.assign({ type, title, status }, rest, { status })
}
