/** The lesson of the API, if it has one: a step for each code, sent from here. */
import { type Draft, EMPTY } from './draft.ts'
import type { Keys } from './keys.ts'
import { rememberSent } from './sent.ts'
import { type Reply, send } from './send.ts'

interface LessonRequest {
  readonly method: string
  /** `{Location}` and `{ETag}` stand for that field of the answer to the preparation. */
  readonly path: string
  readonly as?: string
  readonly fields?: Readonly<Record<string, string>>
  readonly content?: object
}

/** `GET lesson` has these, in order. */
export interface LessonStep {
  readonly code: number
  readonly title: string
  /** What is declared, so that this is the answer. */
  readonly fact: string
  /** What a client does with it. */
  readonly client: string
  readonly prepare?: LessonRequest
  readonly request: LessonRequest
}

export interface Lesson {
  readonly steps: readonly LessonStep[]
}

export interface Given {
  readonly draft: Draft
  readonly reply: Reply
}

/** Sends the preparation, then the request. Rejects when there is no reply. */
export async function give({ prepare, request }: LessonStep, keys: Keys): Promise<Given> {
  const prepared = prepare && (await sendDraft(draftOf(prepare), keys))
  const field = (name: string): string =>
    prepared?.reply.fields.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1] ?? ''
  return sendDraft(draftOf(request, field), keys)
}

async function sendDraft(draft: Draft, keys: Keys): Promise<Given> {
  const reply = await send(draft, keys)
  rememberSent(reply, draft)
  return { draft, reply }
}

/** Whose keys the step needs. */
export function rolesOf({ prepare, request }: LessonStep): readonly string[] {
  return [prepare?.as, request.as].filter((role) => role !== undefined)
}

function draftOf(request: LessonRequest, field: (name: string) => string = () => ''): Draft {
  const { method, path, as = '', fields = {}, content } = request
  const fill = (text: string): string => text.replace(/\{([A-Z][\w-]*)\}/g, (_, name: string) => field(name))
  return {
    ...EMPTY,
    method,
    path: fill(path),
    as,
    fields: Object.entries(fields)
      .map(([name, value]) => `${name}: ${fill(value)}`)
      .join('\n'),
    content: content === undefined ? '' : JSON.stringify(content, null, 2),
  }
}
