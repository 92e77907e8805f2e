import { describe, expect, test } from 'vitest'
import { METHOD, methodRow } from './method.ts'
import { ARM, isSafe, isSuccess, mayRepeat, REACTION, reactionTo, redirectedMethod } from './reaction.ts'
import { STATUS_CODES, statusRow, type StatusRow } from './status.ts'

/** The same request later, but not by itself: a lock is somebody's, a connection the platform's, room does not appear. */
const LATER_BUT_NOT_BY_ITSELF: ReadonlySet<number> = new Set([421, 423, 507])

describe('a reaction is what the status row allows', () => {
  test.each(STATUS_CODES)('%i', (code) => {
    const row: StatusRow = statusRow(code)
    const reaction = reactionTo(code)
    expect(reaction.may === 'redirect').toBe(row.redirect !== undefined)
    const { redirect: method, permanent = false } = reaction
    expect(method && { permanent, method }).toEqual(row.redirect)
    expect(reaction.may === 'repeat').toBe(row.retry === 'later' && !LATER_BUT_NOT_BY_ITSELF.has(code))
    expect(isSuccess(code)).toBe(row.class === 'success')
    if (reaction.may === 'authenticate') expect(row.retry).toBe('authenticated')
    if (reaction.may === 'reread' || reaction.may === 'switch') expect(row.retry).toBe('changed')
  })

  test('every row is of a registered code', () => {
    for (const code of Object.keys({ ...REACTION, ...ARM })) expect(STATUS_CODES).toContain(Number(code))
  })

  test('what is absorbed is what the client reacts to by going on', () => {
    const absorbed = Object.entries(ARM).flatMap(([code, arm]) => (arm === 'absorbed' ? [Number(code)] : []))
    const leading = STATUS_CODES.filter((code) => ['redirect', 'reuse'].includes(reactionTo(code).may ?? ''))
    expect(absorbed).toEqual(leading)
  })
})

describe('an unknown code is its class’s x00 (RFC 9110 §15)', () => {
  test.each([
    [299, undefined],
    [399, undefined],
    [499, undefined],
    [599, 'repeat'],
    [999, 'repeat'],
  ])('%i', (code, may) => {
    expect(reactionTo(code).may).toBe(may)
  })
})

describe('what is repeated is idempotent or has a key (RFC 9110 §9.2.2)', () => {
  test.each([
    ['GET', false, true],
    ['PUT', false, true],
    ['DELETE', false, true],
    ['POST', false, false],
    ['PATCH', false, false],
    ['PURGE', false, false],
    ['POST', true, true],
    ['PATCH', true, true],
  ])('%s, key %s: %s', (method, keyed, expected) => {
    expect(mayRepeat(method, keyed)).toBe(expected)
  })
})

test.each([...Object.keys(METHOD), 'PURGE', 'constructor'])('%s: what its row promises', (method) => {
  expect(mayRepeat(method, false)).toBe(methodRow(method).idempotent)
  expect(isSafe(method)).toBe(methodRow(method).safe)
})

describe('the method after a redirect (RFC 9110 §15.4)', () => {
  test.each([
    [301, 'POST', 'GET'],
    [301, 'PUT', 'PUT'],
    [302, 'POST', 'GET'],
    [302, 'DELETE', 'DELETE'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
    [308, 'PATCH', 'PATCH'],
  ] as const)('%i: %s becomes %s', (code, method, expected) => {
    expect(redirectedMethod(REACTION[code], method)).toBe(expected)
  })
})
