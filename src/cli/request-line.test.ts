import { expect, test } from 'vitest'
import { requestLine } from './request-line.ts'

const LINE = { reference: 'r', at: '', milliseconds: 1, status: 501, phrase: '', reason: 'no' }

test.each([
  [{ ...LINE, method: 'GET', path: '/a', decision: 'methodKnown' }, '501 GET /a  methodKnown: no  → u/.tenfour/x/r'],
  [{ ...LINE, method: '', path: '' }, '501  no  → u/.tenfour/x/r'],
] as const)('%j', (line, said) => {
  expect(requestLine(line, 'u', false)).toBe(said)
})
