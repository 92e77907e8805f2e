/** Sends a step of a lesson: its preparation, then its request. */
import { fill, type Keys, type LessonRequest, type LessonStep } from './lesson-step.ts'

export interface Answered {
  /** Method and path as they were sent. */
  readonly request: string
  readonly status: number
  /** What the server calls this request by, if it says so. */
  readonly reference: string | undefined
  readonly content: string
}

export async function sendStep({ prepare, request }: LessonStep, url: string, keys: Keys): Promise<Answered> {
  const prepared = prepare === undefined ? undefined : await send(prepare, url, keys)
  const field = (name: string): string => prepared?.headers.get(name) ?? ''
  const path = fill(request.path, field)
  const response = await send({ ...request, path }, url, keys, field)
  return {
    request: `${request.method} ${path}`,
    status: response.status,
    reference: response.headers.get('Request-Id') ?? undefined,
    content: await response.text(),
  }
}

function send(
  { method, path, as, fields = {}, content }: LessonRequest,
  url: string,
  keys: Keys,
  field: (name: string) => string = () => '',
): Promise<Response> {
  const headers = new Headers(
    Object.entries(fields).map(([name, value]): [string, string] => [name, fill(value, field)]),
  )
  if (as !== undefined) headers.set('Authorization', `Bearer ${keys[as]}`)
  if (content !== undefined) headers.set('Content-Type', 'application/json')
  return fetch(`${url}${path}`, {
    method,
    headers,
    redirect: 'manual',
    ...(content !== undefined && { body: JSON.stringify(content) }),
  })
}
