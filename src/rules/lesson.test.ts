import { expect, test } from 'vitest'
import { giveStep, type LessonRequest, type LessonStep } from './lesson.ts'

const WORDS = { code: 200, title: '', fact: '', client: '' }
const ANSWER: Readonly<Record<string, string>> = { Location: '/articles/7', ETag: '"7"' }

async function sent(step: Pick<LessonStep, 'prepare' | 'request'>): Promise<LessonRequest[]> {
  const all: LessonRequest[] = []
  const send = async (request: LessonRequest): Promise<number> => all.push(request)
  expect(await giveStep({ ...WORDS, ...step }, send, (_, name) => ANSWER[name])).toBe(all.length)
  return all
}

test('a request alone is sent as it is', async () => {
  const request = { method: 'GET', path: '/articles', as: 'basic' }
  expect(await sent({ request })).toEqual([request])
})

test('after a preparation the names in braces are fields of its answer, and nothing where it has none', async () => {
  const prepare = { method: 'POST', path: '/articles', content: { title: '{ETag}' } }
  const fields = { 'If-Match': '{ETag}', 'X-Other': '{Other}' }
  expect(await sent({ prepare, request: { method: 'PATCH', path: '{Location}?x={x}', fields } })).toEqual([
    prepare,
    { method: 'PATCH', path: '/articles/7?x={x}', fields: { 'If-Match': '"7"', 'X-Other': '' } },
  ])
  expect((await sent({ prepare, request: { method: 'GET', path: '{Location}' } })).at(-1)).toMatchObject({
    path: '/articles/7',
  })
})
