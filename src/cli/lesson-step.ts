/** One code of a lesson, as data: what is declared, what is sent, and what a client makes of the answer. */

export interface LessonRequest {
  readonly method: string
  /** `{Location}` and `{ETag}` stand for that field of the answer to the preparation. */
  readonly path: string
  /** Whose key is sent. */
  readonly as?: 'basic' | 'admin'
  readonly fields?: Readonly<Record<string, string>>
  readonly content?: Readonly<Record<string, unknown>>
}

export interface LessonStep {
  /** What the request is answered with. */
  readonly code: number
  readonly title: string
  /** What is declared, so that this is the answer. */
  readonly fact: string
  /** What a client does with it. */
  readonly client: string
  /** A request to be sent before. */
  readonly prepare?: LessonRequest
  readonly request: LessonRequest
}

export type Keys = Readonly<Record<'basic' | 'admin', string>>

/** The answer's fields in place of their names in braces. */
export function fill(text: string, field: (name: string) => string): string {
  return text.replace(/\{([A-Z][\w-]*)\}/g, (_, name: string) => field(name))
}
