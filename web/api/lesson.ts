/** The lesson of the API, if it has one: a step for each code, sent from here. */
import { giveStep, type LessonRequest, type LessonStep } from '../../src/rules/index.ts'
import { type Draft, EMPTY } from './draft.ts'
import type { Keys } from './keys.ts'
import { rememberSent } from './sent.ts'
import { type Reply, send } from './send.ts'

export interface Given {
  readonly draft: Draft
  readonly reply: Reply
}

/** Sends the preparation, then the request. Rejects when there is no reply. */
export function give(step: LessonStep, keys: Keys): Promise<Given> {
  return giveStep(
    step,
    (request) => sendDraft(draftOf(request), keys),
    ({ reply }, name) => reply.fields.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1],
  )
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

function draftOf({ method, path, as = '', fields = {}, content }: LessonRequest): Draft {
  return {
    ...EMPTY,
    method,
    path,
    as,
    fields: Object.entries(fields)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    content: content === undefined ? '' : JSON.stringify(content, null, 2),
  }
}
