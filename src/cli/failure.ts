/** A failure that is told in words, not with a stack: what is wrong, where, and what to type next. */

/** `failed`: what was asked for did not work. `misused`: it was asked for wrongly. */
export type FailureKind = 'failed' | 'misused'

interface FailureOptions {
  /** What to do or type next. */
  readonly next?: string | undefined
  readonly kind?: FailureKind
  /** The files in which it may be mended. */
  readonly files?: readonly string[]
  readonly cause?: unknown
}

export class Failure extends Error {
  override readonly name = 'Failure'
  readonly next: string | undefined
  readonly kind: FailureKind
  readonly files: readonly string[]

  constructor(message: string, options: FailureOptions = {}) {
    super(message, { cause: options.cause })
    this.next = options.next
    this.kind = options.kind ?? 'failed'
    this.files = options.files ?? []
  }
}

/** As it is shown, to its last line. */
export function formatFailure({ message, next }: Failure): string {
  return next === undefined ? message : `${message}\n\n${next}`
}
