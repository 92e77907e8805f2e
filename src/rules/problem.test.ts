import { expect, test } from 'vitest'
import { problem } from './problem.ts'

test('RFC 9457 §4.2.1: about:blank has the phrase of the status for its title', () => {
  expect(problem(404)).toEqual({ type: 'about:blank', title: 'Not Found', status: 404 })
})

test('RFC 9457 §3.1: type, title and status come first', () => {
  const errors = [{ pointer: '/email', detail: 'Choose another address.', code: 'taken' }]
  const text = JSON.stringify(problem(409, { errors, detail: 'Already taken.', title: 'Taken', type: '/taken' }))
  expect(text).toBe(
    '{"type":"/taken","title":"Taken","status":409,' +
      '"errors":[{"pointer":"/email","detail":"Choose another address.","code":"taken"}],"detail":"Already taken."}',
  )
})

test('RFC 9457 §3.1.2: the status is that of the response, whatever the parts say', () => {
  expect(problem(400, { status: 200 }).status).toBe(400)
})

test('RFC 9457 §3.2: extension members are kept', () => {
  expect(problem(500, { reference: 'a-1' })['reference']).toBe('a-1')
})
