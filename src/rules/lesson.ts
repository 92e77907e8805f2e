/** One code of a lesson, as data: what is declared, what is sent, and what a client makes of the answer. */

export interface LessonRequest<Role extends string = string> {
  readonly method: string
  /** `{Location}` and `{ETag}` stand for that field of the answer to the preparation. */
  readonly path: string
  /** Whose key is sent. */
  readonly as?: Role
  readonly fields?: Readonly<Record<string, string>>
  readonly content?: object
}

export interface LessonStep<Role extends string = string> {
  /** What the request is answered with. */
  readonly code: number
  readonly title: string
  /** What is declared, so that this is the answer. */
  readonly fact: string
  /** What a client does with it. */
  readonly client: string
  /** A request to be sent before. */
  readonly prepare?: LessonRequest<Role>
  readonly request: LessonRequest<Role>
}

/** `GET /.tenfour/lesson`: the steps, in order. */
export interface Lesson {
  readonly steps: readonly LessonStep[]
}

/** Has the preparation sent, then the request with what the first answer said; hands over the last answer. */
export async function giveStep<Role extends string, Answer>(
  { prepare, request }: LessonStep<Role>,
  send: (request: LessonRequest<Role>) => Promise<Answer>,
  fieldOf: (answer: Answer, name: string) => string | null | undefined,
): Promise<Answer> {
  if (prepare === undefined) return send(request)
  const prepared = await send(prepare)
  const filled = (text: string): string => fillFields(text, (name) => fieldOf(prepared, name) ?? '')
  const { path, fields = {} } = request
  return send({
    ...request,
    path: filled(path),
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, filled(value)])),
  })
}

/** The answer's fields in place of their names in braces. */
export function fillFields(text: string, field: (name: string) => string): string {
  return text.replace(/\{([A-Z][\w-]*)\}/g, (_, name: string) => field(name))
}
