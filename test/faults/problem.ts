/** What every failure on the wire looks like: problem details with a reference, and nothing of the inside. */
import { expect } from 'vitest'
import type { WireResponse } from '../wire.ts'

/** Words of the inside: places in code, of the driver, of SQL, of the file system. */
const INSIDE = /SQLITE|sqlite|\.db|node_modules|\n\s+at |file:\/\/|\/tmp|Error:|secret/

/** Asserts the status, the form and the silence; returns the reference. */
export function failure(response: WireResponse, status: number): string {
  const { fields, content } = response
  expect({ status: response.status, content }).toMatchObject({ status })
  expect(fields['content-type']).toBe('application/problem+json')
  expect(fields['cache-control']).toBe('no-store')
  const problem = response.json<{ status: number; reference: string }>()
  expect(problem.status).toBe(status)
  expect(problem.reference).toBe(fields['request-id'])
  expect(`${content}\n${JSON.stringify(fields)}`).not.toMatch(INSIDE)
  // RFC 9110 §10.2.3: a number of seconds, and never none.
  if (status === 503) expect(fields['retry-after']).toMatch(/^[1-9]\d*$/)
  return problem.reference
}
