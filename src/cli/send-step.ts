/** Sends a step of a lesson: its preparation, then its request. */
import { giveStep } from '../rules/index.ts'
import type { Keys, LessonRequest, LessonStep } from './lesson-step.ts'

export interface Answered {
  /** Method and path as they were sent. */
  readonly request: string
  readonly status: number
  /** What the server calls this request by, if it says so. */
  readonly reference: string | undefined
  readonly content: string
}

export async function sendStep(step: LessonStep, url: string, keys: Keys): Promise<Answered> {
  const { sent, response } = await giveStep(
    step,
    async (request: LessonRequest) => ({ sent: request, response: await send(request, url, keys) }),
    (prepared, name) => prepared.response.headers.get(name),
  )
  return {
    request: `${sent.method} ${sent.path}`,
    status: response.status,
    reference: response.headers.get('Request-Id') ?? undefined,
    content: await response.text(),
  }
}

function send({ method, path, as, fields, content }: LessonRequest, url: string, keys: Keys): Promise<Response> {
  const headers = new Headers(fields)
  if (as !== undefined) headers.set('Authorization', `Bearer ${keys[as]}`)
  if (content !== undefined) headers.set('Content-Type', 'application/json')
  return fetch(`${url}${path}`, {
    method,
    headers,
    redirect: 'manual',
    ...(content !== undefined && { body: JSON.stringify(content) }),
  })
}
